"""The verdict: status, savable, overridden findings, and the form of the response."""

import datetime
import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.altered import verdict_by
from tests.contacts import main, several
from validator import Validator, Verdict
from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Audience
from validator.contract.verdict import Finding, Hit, Source, Suggestion, VerdictBasis
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
SOURCE = Source("Kilde")
BASIS = VerdictBasis(pack="dk", release="ekm-2024-11", digest="sha256:0", system="icpc-2", edition="1")


def finding(kind: str, *, override_reason: str | None = None) -> Finding:
    return Finding(Hit(kind, f"core.{kind}", "/encounter", SOURCE, override_reason=override_reason), "besked", "forklaring", ())


def verdict(*findings: Finding) -> Verdict:
    return Verdict(findings, BASIS, datetime.date(2025, 10, 14), "plain")


@pytest.mark.parametrize(
    ("kinds", "status", "savable"),
    [
        ((), "ok", True),
        (("normalised",), "information", True),
        (("normalised", "sex-conflict"), "warning", True),
        (("sex-conflict", "main-missing", "normalised"), "error", True),
        (("normalised", "unknown-code"), "error", False),
    ],
)
def test_the_worst_severity_is_the_status(kinds: tuple[str, ...], status: str, savable: bool) -> None:
    judged = verdict(*map(finding, kinds))
    assert (judged.status, judged.savable) == (status, savable)


def test_an_overridden_finding_does_not_count() -> None:
    assert verdict(finding("main-missing", override_reason="a")).status == "ok"
    assert verdict(finding("main-missing", override_reason="a"), finding("sex-conflict")).status == "warning"


def test_a_blocking_kind_with_lowered_severity_does_not_block(catalogue: Catalogue, release: Release) -> None:
    judged = verdict_by(Validator(release, catalogue), **main("A30"))
    assert (judged.status, judged.savable, judged.findings[0].hit.blocking) == ("warning", True, False)


@pytest.mark.parametrize("audience", Audience)
def test_an_audience_gets_its_findings_and_the_status_of_all(audience: Audience, catalogue: Catalogue, release: Release) -> None:
    validator = Validator(release, catalogue)
    judged = verdict_by(validator, **several(" l21", "L29", "l84", course="findes-ikke"))
    whole, part = judged.to_json(), judged.to_json(audience)
    assert {item["audience"] for item in whole["findings"]} == {"clinician", "vendor", "record"}
    assert part["findings"] == [item for item in whole["findings"] if item["audience"] == audience]
    assert {**part, "findings": None} == {**whole, "findings": None}


def test_the_answer_has_the_members_of_the_contract(judge: Judge, release: Release, catalogue: Catalogue) -> None:
    answer = judge(**main("L92", course="artrose-knae"))
    assert list(answer) == ["status", "savable", "findings", "rules", "catalogue"]
    assert list(answer["findings"][0]) == [
        *(
            "kind",
            "rule",
            "severity",
            "blocking",
            "audience",
            "message",
            "explanation",
            "path",
            "suggestions",
            "source",
            "overridden",
        ),
    ]
    assert list(answer["findings"][0]["source"]) == ["title", "date", "url", "status"]
    assert answer["catalogue"] == {"system": "icpc-2", "edition": catalogue.edition}
    assert answer["rules"] == {
        "pack": "dk",
        "release": release.name,
        "digest": release.digest(catalogue.edition),
        "as_of": "2027-06-01",
        "engine": "durable 2.0.28",
    }


def test_the_json_text_is_one_line_with_the_same_content(catalogue: Catalogue, release: Release) -> None:
    judged = verdict_by(
        Validator(release, catalogue), [{"rule": 'æ "\\ \u2028', "reason": "\n"}], **main("L92", course="laenderyg")
    )
    text = judged.json_text()
    assert json.loads(text) == judged.to_json()
    assert "\n" not in text
    assert "passer ikke til forløbet Smerter i lænderyg" in text


def test_the_date_of_the_contact_is_the_as_of_date(judge: Judge) -> None:
    assert judge(date="2019-02-28")["rules"]["as_of"] == "2019-02-28"


def test_a_suggestion_has_a_code_or_a_course_with_its_title() -> None:
    assert Suggestion("replace", "L90", title="Artrose").to_json() == {"action": "replace", "code": "L90", "title": "Artrose"}
    course = Suggestion("replace", course="artrose", title="Artrose")
    assert course.to_json() == {"action": "replace", "course": "artrose", "title": "Artrose"}


def test_the_same_contact_gives_the_same_answer(judge: Judge, release: Release, catalogue: Catalogue) -> None:
    contact = several("L84", "L86", "L21", "l84", patient={"age": 10, "sex": "male"}, observations={"radiating_pain": True})
    first = json.dumps(judge(**contact), ensure_ascii=False)
    again = json.dumps(verdict_by(Validator(release, catalogue), **contact).to_json(), ensure_ascii=False)
    assert first == json.dumps(judge(**contact), ensure_ascii=False) == again


def test_hits_are_sorted_by_severity_path_kind_and_rule() -> None:
    one = Hit("sex-conflict", "b", "/b", SOURCE)
    order = [
        replace(one, kind="unknown-code", path="/z"),
        replace(one, path="/a", rule="z"),
        replace(one, kind="deleted-code"),
        replace(one, rule="a"),
        one,
        replace(one, kind="normalised", path="/"),
    ]
    assert sorted(random.Random(1).sample(order, len(order)), key=lambda hit: hit.sort_key) == order
