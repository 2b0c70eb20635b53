"""Every change between two releases gives a sentence, in each language."""

import dataclasses
import datetime
from dataclasses import replace
from typing import Any

import pytest

from validator.authoring.compare.release_differences import find_differences
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Source
from validator.rulebook.conditions import All, AnyOf, Not, Test
from validator.rulebook.course import Course, MainDiagnosis, Phases, ReferralCodes, Services
from validator.rulebook.release import Release
from validator.rulebook.rule import Proposal, Rule

DAY, LATER = datetime.date(2025, 4, 1), datetime.date(2026, 1, 1)
DA = {"da": "Et", "en": "One"}
OTHER = {"da": "To", "en": "Two"}
COURSE = Course(
    "knae",
    DA,
    ("51",),
    (MainDiagnosis(DAY, None, "moede", ("L90",)),),
    (ReferralCodes(DAY, None, "moede", ("DG20",), ("N87",)),),
    (Phases(DAY, None, "moede", 1, 5),),
    (Services(DAY, None, "moede", {1: ("video",)}),),
)
RULE = Rule("dk.regel", "residual-code", Severity.INFORMATION, Test("code", "is", "L90"), DA, DA, "moede", each="diagnosis")
RELEASE = Release("dk", "et", "current", ("da", "en"), DA, DAY, {"moede": Source("Møde")}, {"51": DA}, {"knae": COURSE}, (RULE,))


def sentences(old: Release, new: Release, language: str = "da") -> list[str]:
    return [item.text for item in find_differences(old, new, language)]


UNCONFIRMED = {**RELEASE.sources, "side": Source("Siden", status="unconfirmed")}


def with_course(sources: dict[str, Source] | None = None, **changed: Any) -> Release:
    return replace(RELEASE, sources=sources or RELEASE.sources, courses={"knae": replace(COURSE, **changed)})


def with_entry(column: str, **changed: Any) -> Release:
    (entry,) = getattr(COURSE, column)
    return with_course(**{column: (replace(entry, **changed),)})


def with_rule(**changed: Any) -> Release:
    return replace(RELEASE, rules=(replace(RULE, **changed),))


def test_a_release_does_not_differ_from_itself() -> None:
    assert find_differences(RELEASE, replace(RELEASE, name="to", status="draft"), "da") == []


@pytest.mark.parametrize(
    ("new", "text"),
    [
        (replace(RELEASE, start=LATER), "Udgaven gælder kontakter fra 1. januar 2026 i stedet for fra 1. april 2025."),
        (replace(RELEASE, languages=("da",)), "Sprogene er da i stedet for da, en."),
        (replace(RELEASE, owner=OTHER), "Ejeren er To i stedet for Et."),
        (replace(RELEASE, sources={"moede": Source("Møde", "2024-11-01")}), "Datoen er 2024-11-01 i stedet for ingen."),
        (replace(RELEASE, specialties={"51": OTHER}), 'Navnet på "da" er nu: To. Før: Et.'),
        (replace(RELEASE, sources={**RELEASE.sources, "side": Source("Siden")}), "Kilden er ny."),
        (replace(RELEASE, specialties={}), "Specialet er slettet."),
        (replace(RELEASE, courses={}), "Forløbet er slettet."),
        (replace(RELEASE, rules=()), "Reglen er slettet."),
        (with_course(specialties=("51", "57")), "Specialerne er 51, 57 i stedet for 51."),
        (with_course(title=OTHER), 'Navnet på "da" er To i stedet for Et.'),
        (with_entry("main_diagnosis", start=LATER), "Hoveddiagnosen: perioden begynder 1. januar 2026 i stedet for 1. april 2025."),
        (
            with_entry("main_diagnosis", to=LATER),
            "Hoveddiagnosen: perioden fra 1. april 2025 slutter 1. januar 2026 i stedet for ikke.",
        ),
        (with_entry("main_diagnosis", codes=("L89",)), "Hoveddiagnosen: fra 1. april 2025 er koderne L89 i stedet for L90."),
        (
            with_entry("main_diagnosis", status="undecided"),
            "Hoveddiagnosen: fra 1. april 2025 er status under afklaring i stedet for afgjort.",
        ),
        (with_entry("main_diagnosis", note=DA), "Hoveddiagnosen: fra 1. april 2025 er noten nu: Et. Før: ingen."),
        (
            with_entry("main_diagnosis", several=True),
            "Hoveddiagnosen: fra 1. april 2025 er flere hoveddiagnoser sammen tilladt i stedet for ikke tilladt.",
        ),
        (
            with_entry("main_diagnosis", start_codes=("L15",)),
            "Hoveddiagnosen: fra 1. april 2025 er symptomkoderne i begyndelsen L15 i stedet for ingen.",
        ),
        (
            with_entry("main_diagnosis", running="ask"),
            "Hoveddiagnosen: fra 1. april 2025 er det, der sker med patientforløb i gang, at de bliver bedt om den nye kode"
            " i stedet for at de beholder deres kode.",
        ),
        (with_entry("main_diagnosis", source="side"), "Hoveddiagnosen: fra 1. april 2025 er kilden side i stedet for moede."),
        (
            with_entry("referral", sks=("DG35",)),
            "Henvisningens diagnoser: fra 1. april 2025 er SKS-koderne DG35 i stedet for DG20.",
        ),
        (with_entry("phases", last=4), "Faserne: fra 1. april 2025 er faserne 1 til 4 i stedet for 1 til 5."),
        (
            with_entry("services", by_phase={1: ("video", "individual"), 2: ("video",)}),
            "De primære ydelser: fra 1. april 2025 er ydelserne i fase 1 video, individual i stedet for video.",
        ),
        (with_course(main_diagnosis=()), "Hoveddiagnosen: perioden fra 1. april 2025 er slettet: hoveddiagnose L90 (afgjort)."),
        (
            with_course(main_diagnosis=(*COURSE.main_diagnosis, MainDiagnosis(LATER, None, "moede", ("L89",)))),
            "Hoveddiagnosen: ny periode fra 1. januar 2026: hoveddiagnose L89 (afgjort).",
        ),
        (
            with_rule(when=All((Test("code", "is", "L90"), AnyOf((Test("phase", "is", 1), Not(Test("plan", "is", True))))))),
            "Betingelsen er nu: code: L90, any: [{phase: 1}, {not: {plan: true}}]. Før: code: L90.",
        ),
        (
            with_course(main_diagnosis=(*COURSE.main_diagnosis, MainDiagnosis(LATER, None, "side", ("L89",))), sources=UNCONFIRMED),
            "Hoveddiagnosen: ny periode fra 1. januar 2026: hoveddiagnose L89 (ubekræftet).",
        ),
        (with_rule(specialties=("51",)), "Specialet er 51 i stedet for alle."),
        (with_rule(specialties=("51", "57")), "Specialerne er 51, 57 i stedet for alle."),
        (with_rule(suggest=(Proposal("replace", "L84"),)), "Forslagene er replace L84 i stedet for ingen."),
        (with_rule(valid_from=LATER), "Første dag er 1. januar 2026 i stedet for ingen."),
        (with_rule(message=OTHER), 'Beskeden på "da" er nu: To. Før: Et.'),
        (with_rule(message={"da": "Skal det stå?"}), 'Beskeden på "da" er nu: Skal det stå? Før: Et.'),
    ],
)
def test_each_change_is_one_sentence(new: Release, text: str) -> None:
    assert text in sentences(RELEASE, new)


@pytest.mark.parametrize(
    ("new", "english", "swedish"),
    [
        (
            replace(RELEASE, start=LATER),
            "The release covers the time from 1 January 2026 instead of from 1 April 2025.",
            "Utgåvan gäller tiden från 1 januari 2026 i stället för från 1 april 2025.",
        ),
        (with_course(title=OTHER), 'Name in "en": Two instead of One.', 'Namn på "en": Two i stället för One.'),
        (with_course(title={"da": "Et"}), 'Name in "en": none instead of One.', 'Namn på "en": ingen i stället för One.'),
        (with_rule(specialties=("51",)), "Specialty: 51 instead of all.", "Specialitet: 51 i stället för alla."),
        (with_rule(message=OTHER), 'The message in "en" is now: Two. Before: One.', 'Meddelandet på "en" är nu: Two. Före: One.'),
        (
            with_entry("main_diagnosis", running="ask"),
            "Main diagnosis: from 1 April 2025, running patient courses: being asked for the new code instead of"
            " keeping their code.",
            "Huvuddiagnos: från 1 april 2025, pågående patientförlopp: den nya koden efterfrågas i stället för koden behålls.",
        ),
        (
            with_entry("main_diagnosis", several=True),
            "Main diagnosis: from 1 April 2025, several main diagnoses together: allowed instead of not allowed.",
            "Huvuddiagnos: från 1 april 2025, flera huvuddiagnoser tillsammans: tillåtet i stället för inte tillåtet.",
        ),
        (
            with_entry("main_diagnosis", note=DA),
            "Main diagnosis: from 1 April 2025, the note is now: One. Before: none.",
            "Huvuddiagnos: från 1 april 2025 är anteckningen nu: Et. Före: ingen.",
        ),
        (
            with_course(main_diagnosis=()),
            "Main diagnosis: the period from 1 April 2025 is removed: main diagnosis L90 (decided).",
            "Huvuddiagnos: perioden från 1 april 2025 är borttagen: huvuddiagnos L90 (fastställd).",
        ),
        (replace(RELEASE, rules=()), "The rule is removed.", "Regeln är borttagen."),
    ],
)
def test_a_change_is_a_sentence_in_each_language(new: Release, english: str, swedish: str) -> None:
    assert english in sentences(RELEASE, new, "en")
    assert swedish in sentences(RELEASE, new, "sv")


def test_a_note_that_changes_in_another_language_is_shown_in_that_language() -> None:
    old, new = with_entry("main_diagnosis", note=DA), with_entry("main_diagnosis", note={**DA, "en": "Two"})
    assert sentences(old, new) == ["Hoveddiagnosen: fra 1. april 2025 er noten nu: Two. Før: One."]


def other(value: Any) -> Any:
    """Return another value of the same type."""
    match value:
        case bool():
            return not value
        case datetime.date():
            return LATER
        case None:
            return LATER
        case int():
            return value + 1
        case dict():
            return OTHER if "da" in value else {1: ("video", "individual")}
        case tuple():
            return (*value, "L84")
        case _:
            return f"{value}-andet"


@pytest.mark.parametrize(
    ("column", "name"),
    [
        (column, part.name)
        for column in ("main_diagnosis", "referral", "phases", "services")
        for part in dataclasses.fields(getattr(COURSE, column)[0])
        if part.name not in ("note", "status", "running")
    ],
)
def test_every_field_of_an_entry_is_compared(column: str, name: str) -> None:
    (entry,) = getattr(COURSE, column)
    assert sentences(RELEASE, with_entry(column, **{name: other(getattr(entry, name))}))


CHANGED_RULES = {
    "id": "dk.anden",
    "kind": "sex-conflict",
    "severity": Severity.WARNING,
    "when": Test("code", "is", "L89"),
    "each": None,
    "at": "course",
    "unless": ("course-names-code",),
    "suggest": (Proposal("replace", "L84"),),
    "specialties": ("51",),
    "valid_from": LATER,
    "valid_to": LATER,
    "source": "side",
    "message": OTHER,
    "explanation": OTHER,
}


def test_every_field_of_a_rule_is_compared() -> None:
    assert {part.name for part in dataclasses.fields(Rule)} - {"examples"} == CHANGED_RULES.keys()
    for name, value in CHANGED_RULES.items():
        base = replace(RELEASE, rules=(replace(RULE, each=None),)) if name == "at" else RELEASE
        (rule,) = base.rules
        assert sentences(base, replace(base, rules=(replace(rule, **{name: value}),))), name


def test_differences_are_grouped_by_course_and_rule() -> None:
    new = replace(with_entry("main_diagnosis", codes=("L89",)), rules=(RULE, replace(RULE, id="dk.ny")))
    found = find_differences(RELEASE, new, "da")
    assert [(item.subject, item.id, item.title, item.change) for item in found] == [
        ("course", "knae", "Et", "changed"),
        ("rule", "dk.ny", "Et", "added"),
    ]
    assert found[0].text.endswith("er koderne L89 i stedet for L90.")


def test_the_shipped_draft_differs_in_its_courses_and_sources(releases: list[Release]) -> None:
    by_name = {release.name: release for release in releases}
    found = find_differences(by_name["ekm-2024-11"], by_name["ekm-2025-06"], "da")
    back = find_differences(by_name["ekm-2025-06"], by_name["ekm-2024-11"], "da")
    assert "Hoveddiagnosen: fra 30. juni 2025 er koderne L03 i stedet for L84, L86, L03." in [
        item.text for item in found if item.id == "laenderyg"
    ]
    assert {item.subject for item in found} == {item.subject for item in back} == {"source", "course"}
