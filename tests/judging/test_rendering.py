"""Findings in the reader's language: titles, courses, dates, lists, and quoted values of the caller."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.altered import judge_by
from tests.contacts import found, main
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("language", "message", "title"),
    [
        ("da", "L92 passer ikke til forløbet Artrose i knæ, som kodes med L90.", "Artrose i knæet"),
        ("en", "L92 does not fit the course Knee osteoarthritis, which is coded with L90.", "Osteoarthritis of the knee"),
        ("sv", "L92 passar inte förloppet Artrose i knæ, som kodas med L90.", "Artrose i knæet"),
        (None, "L92 passer ikke til forløbet Artrose i knæ, som kodes med L90.", "Artrose i knæet"),
    ],
)
def test_a_finding_is_in_the_reader_s_language(
    language: str | None, message: str, title: str, judge: Judge, catalogue: Catalogue
) -> None:
    finding = judge(language=language, **main("L92", course="artrose-knae"))["findings"][0]
    assert finding["message"] == message
    assert finding["suggestions"][0]["title"] == catalogue.title("L90", language or "da")
    if language != "en":
        assert finding["suggestions"][0]["title"] == title


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_rule_has_texts_in_the_pack_s_languages(language: str, judge: Judge, release: Release) -> None:
    rule = next(rule for rule in release.rules if rule.id == "dk.l84-og-l86")
    finding = judge(language=language, diagnoses=[{"code": "L84"}, {"code": "L86"}])["findings"][0]
    assert (finding["message"], finding["explanation"]) == (rule.message[language], rule.explanation[language])


def test_a_rule_without_the_reader_s_language_uses_the_pack_s_own(judge: Judge) -> None:
    contact = main("L29")
    assert judge(language="sv", **contact)["findings"] == judge(language="da", **contact)["findings"]


def test_the_language_changes_nothing_but_words(judge: Judge) -> None:
    contact = main("L84", course="laenderyg", patient={"sex": "male"}, ekstra=1)

    def rest(language: str) -> list[dict[str, Any]]:
        words = ("message", "explanation", "suggestions")
        return [
            {key: value for key, value in finding.items() if key not in words}
            for finding in judge(language=language, **contact)["findings"]
        ]

    assert rest("da") == rest("en") == rest("sv")


def test_a_title_is_filled_in_behind_its_code(judge: Judge, catalogue: Catalogue) -> None:
    assert judge(**main("L29"))["findings"][0]["message"].startswith(f"L29 ({catalogue.title('L29', 'da')}) ")


def test_codes_are_written_as_a_list_to_choose_from(judge: Judge) -> None:
    assert "L84, L86 eller L03" in judge(course="laenderyg")["findings"][0]["message"]


def test_a_date_is_written_out(judge: Judge) -> None:
    assert "1. april 2025" in judge(course="artrose-knae", date="2025-01-01")["findings"][0]["message"]


@pytest.mark.parametrize("value", ["{code}", "{title}", "{0.__class__}", "%s", "{", "}", "{{}}", "\\1"])
def test_values_of_a_caller_are_quoted_and_not_interpreted(value: str, judge: Judge) -> None:
    assert f'"{value}"' in found(judge(course=value), "unknown-course")["message"]
    assert f'"{value}"' in found(judge(specialty=value), "unknown-specialty")["message"]
    assert f'"{value}"' in found(judge(**{value: 1}), "unknown-field")["message"]


def test_long_values_of_a_caller_are_truncated(judge: Judge) -> None:
    long = "a" * 200
    for answer in (
        judge(course=long),
        judge(specialty=long),
        judge(**{long: 1}),
        judge(**main(long)),
        judge([{"rule": long, "reason": "a"}]),
    ):
        (finding,) = answer["findings"]
        assert len(finding["message"]) <= 200
        assert "a" * 30 in finding["message"] or "A" * 30 in finding["message"]
        assert "…" in finding["message"]


def test_a_hundred_main_diagnoses_are_truncated(judge: Judge, catalogue: Catalogue) -> None:
    codes = [code for code, rubric in catalogue.rubrics.items() if rubric.kind != "process"][:100]
    answer = judge(diagnoses=[{"code": code, "role": "main"} for code in codes])
    assert len(found(answer, "multiple-main")["message"]) <= 200


def test_no_placeholder_is_left_in_any_text(judge: Judge) -> None:
    contacts = [
        {"course": "laenderyg"},
        main("L92", course="artrose-knae", saved_diagnoses=[{"code": "M17.1", "system": "icd-10"}, {"code": "P76"}]),
        main("L84", course="lumbal-stenose", patient={"age": 5}),
        {"specialty": "62", "course": "parkinson", "phase": 9, "referral": {"diagnoses": [{"code": "DG35"}]}},
        {"specialty": "62", "course": "parkinson", "phase": 1, "services": ["video"]},
    ]
    for contact in contacts:
        for language in ("da", "en", "sv"):
            for finding in judge(language=language, **contact)["findings"]:
                text = finding["message"] + finding["explanation"]
                assert "{" not in text
                assert "None" not in text
                assert "()" not in text


def test_a_rule_text_has_access_to_its_placeholders_only(release: Release, catalogue: Catalogue) -> None:
    rules = tuple(replace(rule, message={"da": "{code.__class__} {code!r} {x}{code}"}) for rule in release.rules)
    answer = judge_by(replace(release, rules=rules), catalogue, **main("L29"))
    assert answer["findings"][0]["message"] == "{code.__class__} {code!r} L29"
