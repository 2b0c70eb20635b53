"""For every kind of finding in the contract: a contact where it fires, and its finding.

test_silence.py has the contacts where a kind does not fire.
"""

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from tests.altered import judge_by, with_mandate, with_validity
from tests.contacts import free, main, proposed, random_contact
from tests.contract_table import CONTRACT, LIMITS, SWEDISH
from validator import RequestError, Validator, read_request
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

FIRST = "/encounter/diagnoses/0/code"
Judge = Callable[..., dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """A contact where `kind` fires; `besides` are the other kinds in the answer, in order."""

    kind: str
    rule: str
    path: str
    contact: dict[str, Any]
    suggestions: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    milder: str | None = None
    overrides: list[dict[str, Any]] = field(default_factory=list)


KNEE = {"course": "artrose-knae"}
PAIR = [{"code": "L84", "role": "main"}, {"code": "L86", "role": "secondary"}]
REFERRED = {"diagnoses": [{"code": "DG20", "system": "sks"}]}

ROWS = (
    Row("unknown-code", "core.unknown-code", FIRST, main("L21"), tuple(f"replace L{number}" for number in (20, 26, 27, 28, 29))),
    Row("wrong-system", "core.wrong-system", FIRST, main("M17.1"), ("replace L90",)),
    Row("process-code", "core.process-code", FIRST, main("L57")),
    Row("process-code", "core.process-code", FIRST, main("-30")),
    Row("process-code", "core.process-code", FIRST, main("A30"), milder="warning"),
    Row("retired-code", "core.retired-code", FIRST, main("L70")),
    Row(
        "multiple-main",
        "core.multiple-main",
        "/encounter/diagnoses/1/role",
        {"diagnoses": [{"code": "L84", "role": "main"}, {"code": "L90", "role": "main"}]},
    ),
    Row("main-missing", "dk.51.artrose-knae", "/encounter/diagnoses", KNEE, ("add L90",)),
    Row("main-not-in-course-set", "dk.51.nerverod", FIRST, main("L92", course="nerverod"), ("replace L83", "replace L86")),
    Row(
        "required-code-only-secondary",
        "dk.51.artrose-knae",
        "/encounter/diagnoses/1/role",
        {**KNEE, "diagnoses": [{"code": "L92", "role": "main"}, {"code": "L90", "role": "secondary"}]},
        ("make-main L90",),
    ),
    Row("symptom-first", "dk.51.artrose-hofte", FIRST, main("L13", course="artrose-hofte")),
    Row(
        "new-code-wanted",
        "dk.51.lumbal-nerverod",
        "/encounter/diagnoses",
        {"course": "lumbal-nerverod", "previous_diagnoses": [{"code": "L86", "role": "main", "date": "2025-10-01"}]},
        ("add L83",),
    ),
    Row("course-undecided", "dk.51.lumbal-stenose", FIRST, main("L84", course="lumbal-stenose")),
    Row("course-specialty-mismatch", "core.course-specialty-mismatch", "/encounter/course", {**KNEE, "specialty": "57"}),
    Row(
        "unknown-course",
        "core.unknown-course",
        "/encounter/course",
        main("L90", course="artrose-kne"),
        ("replace artrose-knae", "replace artrose"),
    ),
    Row("unknown-specialty", "core.unknown-specialty", "/encounter/specialty", main("L84", specialty="15")),
    Row("before-rollout", "dk.51.artrose-knae", "/encounter/date", {**KNEE, "date": "2025-03-31"}),
    Row("via-referral", "dk.62.stroke", "/encounter/referral", free("stroke")),
    Row("referral-diagnosis-missing", "dk.62.stroke", "/encounter/referral/diagnoses", free("stroke", referral={"diagnoses": []})),
    Row(
        "referral-course-mismatch",
        "dk.62.stroke",
        "/encounter/referral/diagnoses/0/code",
        free("stroke", referral=REFERRED),
        besides=("via-referral",),
    ),
    Row("phase-missing", "dk.62.sklerose.phase", "/encounter/phase", free("sklerose"), besides=("via-referral",)),
    Row("phase-invalid", "dk.62.sklerose.phase", "/encounter/phase", free("sklerose", phase=6), besides=("via-referral",)),
    Row(
        "phase-service",
        "dk.62.parkinson.services",
        "/encounter/services/1",
        free("parkinson", phase=5, services=["video", "group-training"]),
        besides=("via-referral",),
    ),
    Row(
        "deleted-code",
        "core.deleted-code",
        "/encounter/diagnoses",
        main("L84", saved_diagnoses=[{"code": "L84", "role": "main"}, {"code": "L90", "role": "secondary"}]),
        ("restore L90",),
    ),
    Row(
        "duplicate-code",
        "core.duplicate-code",
        "/encounter/diagnoses/1/code",
        {"diagnoses": [{"code": "L84", "role": "main"}, {"code": "L84", "role": "secondary"}]},
        ("remove L84",),
    ),
    Row("inconsistent-pair", "dk.l84-og-l86", "/encounter/diagnoses/1/code", {"diagnoses": PAIR}),
    Row(
        "radiation-contradiction",
        "dk.l84-med-udstraaling",
        FIRST,
        main("L84", observations={"radiating_pain": True}),
        ("replace L86",),
    ),
    Row(
        "radiation-contradiction",
        "dk.l86-uden-udstraaling",
        FIRST,
        main("L86", observations={"radiating_pain": False}),
        ("replace L84",),
    ),
    Row("site-contradiction", "dk.l90-kun-hofte", FIRST, main("L90", observations={"joints": ["hip"]}), ("replace L89",)),
    Row("site-contradiction", "dk.l89-kun-knae", FIRST, main("L89", observations={"joints": ["knee", "back"]}), ("replace L90",)),
    Row("sex-conflict", "dk.kvindekapitel-mand", FIRST, main("X76", patient={"sex": "male"}), ("replace Y78",)),
    Row("sex-conflict", "dk.kvindekapitel-mand", FIRST, main("W78", patient={"sex": "male"})),
    Row("sex-conflict", "dk.mandekapitel-kvinde", FIRST, main("Y78", patient={"sex": "female"}), ("replace X76",)),
    Row("age-implausible", "dk.artrose-under-18", FIRST, main("L89", patient={"age": 17})),
    Row("age-implausible", "dk.artrose-under-18", FIRST, main("L90", patient={"age": 0})),
    Row("age-implausible", "dk.osteoporose-under-30", FIRST, main("L95", patient={"age": 29})),
    Row(
        "age-implausible",
        "dk.stenose-under-30",
        "/encounter/course",
        main("L84", course="lumbal-stenose", patient={"age": 29}),
        besides=("course-undecided",),
    ),
    *(Row("residual-code", "dk.restkode", FIRST, main(code)) for code in ("A29", "A99", "L29")),
    Row("symptom-persisting", "dk.knaesymptom-vedvarer", FIRST, main("L15", contact_number=6), ("replace L90",)),
    Row("symptom-persisting", "dk.hoftesymptom-vedvarer", FIRST, main("L13", contact_number=7), ("replace L89",)),
    Row("symptom-persisting", "dk.skuldersymptom-vedvarer", FIRST, main("L08", contact_number=99), ("replace L92",)),
    Row(
        "override-without-reason",
        "core.override-without-reason",
        "/overrides/0/reason",
        main("L29"),
        besides=("residual-code",),
        overrides=[{"rule": "dk.restkode", "reason": "  "}],
    ),
    Row(
        "override-refused",
        "core.override-refused",
        "/overrides/0/rule",
        main("XXX"),
        besides=("unknown-code",),
        overrides=[{"rule": "core.unknown-code", "reason": "Koden er rigtig"}],
    ),
    Row(
        "unknown-override",
        "core.unknown-override",
        "/overrides/0/rule",
        main("L84"),
        overrides=[{"rule": "dk.restkode", "reason": "Ingen bedre kode"}],
    ),
    Row("normalised", "core.normalised", FIRST, main(" l 83")),
    Row(
        "unknown-system",
        "core.unknown-system",
        "/encounter/diagnoses/1/system",
        {"diagnoses": [{"code": "L84", "role": "main"}, {"code": "57773001", "system": "http://snomed.info/sct"}]},
    ),
    Row("unknown-field", "core.unknown-field", "/encounter/diagnosis", main("L84", diagnosis="L84")),
)


@pytest.fixture(scope="module")
def judge(release: Release, catalogue: Catalogue) -> Judge:
    """A judge by a release where L13 may come first on artrose-hofte, and a catalogue where L70 has ended.

    Lumbar nerve roots are coded with L83 from 2026 on, and patients under way are asked for it.
    """
    changed = with_mandate(release, "artrose-hofte", start_codes=("L13",))
    root = changed.courses["lumbal-nerverod"]
    asking = replace(root.main_diagnosis[0], start=datetime.date(2026, 1, 1), codes=("L83",), running="ask")
    asked = replace(root, main_diagnosis=(*root.main_diagnosis, asking))
    changed = replace(changed, courses={**changed.courses, root.id: asked})
    ended = with_validity(catalogue, "L70", end="2026-12-31")
    return lambda **contact: judge_by(changed, ended, **contact)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind} {row.rule}")
def test_a_kind_fires_as_the_contract_says(row: Row, judge: Judge) -> None:
    answer = judge(overrides=row.overrides, **row.contact)
    (finding,) = (finding for finding in answer["findings"] if finding["kind"] == row.kind)
    severity, blocking, audience = CONTRACT[row.kind]
    assert (finding["rule"], finding["path"]) == (row.rule, row.path)
    assert (finding["severity"], finding["blocking"]) == ((row.milder, False) if row.milder else (severity, blocking))
    assert finding["audience"] == audience
    assert proposed(finding) == list(row.suggestions)
    assert all(item["title"] for item in finding["suggestions"])
    assert finding["message"]
    assert finding["explanation"]
    assert finding["source"]["title"]
    assert finding["overridden"] is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind} {row.rule}")
def test_one_fault_gives_one_finding(row: Row, judge: Judge) -> None:
    kinds = [finding["kind"] for finding in judge(overrides=row.overrides, **row.contact)["findings"]]
    assert sorted(kinds) == sorted((row.kind, *row.besides))


@pytest.mark.parametrize("specialty", ["57", "62", "65"])
def test_the_general_edits_are_for_every_specialty(specialty: str, judge: Judge, release: Release) -> None:
    general = {rule.id for rule in release.rules}
    rows = [row for row in ROWS if row.rule in general and "course" not in row.contact]
    assert general - {row.rule for row in rows} == {"dk.stenose-under-30"}
    for row in rows:
        answer = judge(**{**row.contact, "specialty": specialty})
        assert [(item["kind"], item["rule"]) for item in answer["findings"]] == [(row.kind, row.rule)]


def test_every_danish_kind_has_a_row() -> None:
    assert {row.kind for row in ROWS} == CONTRACT.keys() - SWEDISH - LIMITS


def test_findings_are_sorted_by_severity_path_kind_and_rule(judge: Judge) -> None:
    answer = judge(
        date="2027-06-01",
        course="artrose-knae",
        diagnoses=[{"code": "l29", "role": "main"}, {"code": "L84"}, {"code": "L86"}, {"code": "L84"}, {"code": "X99"}],
        observations={"radiating_pain": True},
        patient={"sex": "male", "age": 16},
        overrides=[{"rule": "dk.ingen", "reason": "a"}],
        ekstra=1,
    )
    order = {"error": 0, "warning": 1, "information": 2}
    keys = [(order[finding["severity"]], finding["path"], finding["kind"], finding["rule"]) for finding in answer["findings"]]
    assert len(keys) > 8
    assert keys == sorted(keys)


def test_cached_work_changes_no_answer(release: Release, catalogue: Catalogue) -> None:
    """Contacts with the same coding share cached work; each is judged with and without the cache."""
    caching, uncached = Validator(release, catalogue, cache_size=5_000), Validator(release, catalogue, cache_size=0)
    chance = random.Random(51)
    contacts = [random_contact(chance) for _ in range(80)]
    for contact in contacts + chance.sample(contacts, 80):
        near = {**contact, chance.choice(list(contact)): chance.choice(contacts)[chance.choice(["course", "phase"])]}
        for encounter in (contact, {**contact, "date": "2027-12-31"}, {**contact, "patient": {"age": chance.randint(0, 99)}}, near):
            try:
                submission = read_request({"encounter": encounter})
            except RequestError:
                continue
            with_cache, without_cache = (validator.validate(submission.encounter).to_json() for validator in (caching, uncached))
            assert with_cache == without_cache, encounter


def test_a_verdict_says_whether_its_outcome_was_cached_and_the_answer_does_not(release: Release, catalogue: Catalogue) -> None:
    caching, uncached = Validator(release, catalogue), Validator(release, catalogue, cache_size=0)
    encounter = read_request({"encounter": {"date": "2027-06-01", "specialty": "51", **main("A29")}}).encounter
    assert [caching.validate(encounter).cached for _ in range(3)] == [False, True, True]
    assert [uncached.validate(encounter).cached for _ in range(3)] == [False] * 3
    assert caching.validate(encounter).to_json() == uncached.validate(encounter).to_json()
