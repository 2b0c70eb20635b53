"""For every kind of finding in the contract: borderline contacts where it does not fire."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import free, kinds, main, referred
from tests.contract_table import CONTRACT, LIMITS, SWEDISH
from validator.catalogue.catalogue import Catalogue

Judge = Callable[..., dict[str, Any]]


BOTH = [{"code": "L89", "role": "main"}, {"code": "L90", "role": "main"}]

SILENT: dict[str, tuple[dict[str, Any], ...]] = {
    "unknown-code": (main("L84"), main("Z29"), main("M17.1"), {"diagnoses": [{"code": "M17.1", "system": "icd-10"}]}),
    "wrong-system": (main("L21"), main("L999"), main("L84"), main("N02"), main("XIII"), main("M15-M19")),
    "process-code": (main("L29"), main("L70"), main("L999")),
    "retired-code": (main("L84"), main("L84", date="1990-01-01")),
    "multiple-main": (
        {"course": "artrose", "diagnoses": BOTH},
        {"diagnoses": [{"code": "L84", "role": "main"}, {"code": "L90", "role": "secondary"}]},
        {"diagnoses": [{"code": "L84"}, {"code": "L90"}]},
        {"diagnoses": []},
    ),
    "main-missing": (
        {},
        {"course": "artrose-knae", "date": "2025-03-31"},
        {"course": "artrose-knae", "previous_diagnoses": [{"code": "L90", "role": "main", "date": "2027-01-01"}]},
        {"course": "artrose-knae", "previous_diagnoses": [{"code": "l90"}]},
        {"course": "nerverod", "previous_diagnoses": [{"code": "L83", "role": "secondary"}]},
        {"course": "artrose-knae", "specialty": "57"},
        {"course": "artrose-knæ"},
        free("sklerose", phase=1),
    ),
    "main-not-in-course-set": (
        main("L90", course="artrose-knae"),
        main("L90", course="artrose"),
        main("L92", course="artrose-knae", date="2025-03-31"),
        main("L92"),
        main("L92", course="artrose-knae", specialty="62"),
        {"course": "artrose-knae", "diagnoses": [{"code": "L90", "role": "main"}, {"code": "L92"}]},
    ),
    "required-code-only-secondary": (
        {"course": "artrose", "diagnoses": [{"code": "L89", "role": "main"}, {"code": "L90", "role": "secondary"}]},
        {"course": "artrose-knae", "diagnoses": [{"code": "L90"}]},
        {"course": "artrose-knae", "diagnoses": [{"code": "L90", "role": "secondary"}], "previous_diagnoses": [{"code": "L90"}]},
        {"course": "artrose-knae", "diagnoses": [{"code": "L90", "role": "secondary"}], "date": "2025-03-31"},
    ),
    "symptom-first": (main("L15", course="artrose-knae"), main("L03", course="laenderyg"), main("L15")),
    "new-code-wanted": (
        main("L84", course="lumbal-stenose", previous_diagnoses=[{"code": "L84", "role": "main", "date": "2025-10-01"}]),
        {"course": "artrose-knae", "previous_diagnoses": [{"code": "L90", "role": "main", "date": "2025-10-01"}]},
    ),
    "course-undecided": (
        main("L86", course="lumbal-nerverod"),
        main("L84", course="lumbal-stenose", date="2025-03-31"),
        main("L92", course="lumbal-stenose"),
        main("L84"),
    ),
    "course-specialty-mismatch": (main("L90", course="artrose-knae"), free("sklerose", phase=1), {"specialty": "62"}),
    "unknown-course": (main("L90", course="artrose-knae"), {}, {"course": None}),
    "unknown-specialty": tuple({"specialty": specialty} for specialty in ("51", "57", "62", "65")),
    "before-rollout": (
        {"course": "artrose-knae", "date": "2025-04-01"},
        free("leddegigt", date="2027-01-01"),
        {"date": "2020-01-01"},
    ),
    "via-referral": (
        free("leddegigt", date="2026-12-31"),
        free("stroke", referral={}),
        {"specialty": "62"},
        main("L90", course="artrose-knae"),
    ),
    "referral-diagnosis-missing": (
        free("stroke"),
        free("stroke", referral=None),
        free("stroke", **referred("DI69.3")),
        free("stroke", **referred("K91")),
        free("stroke", **referred("M17.1")),
        free("stroke", referral={}, date="2025-12-31"),
        {"specialty": "62", "referral": {}},
    ),
    "referral-course-mismatch": (
        free("sklerose", **referred("DG35")),
        free("sklerose", **referred("G35", system="icd-10")),
        free("sklerose", **referred("N86", system="icpc-2")),
        free("stroke", **referred("N18")),
        free("stroke", **referred("DI61.9")),
        free("leddegigt", **referred("DM05.8")),
        free("sklerose", **referred("DM17.1")),
        free("parkinson", referral={"diagnoses": [{"code": "DG35"}, {"code": "DG20"}]}),
    ),
    "phase-missing": (
        free("sklerose", phase=1),
        free("sklerose", phase=0),
        free("stroke"),
        free("leddegigt"),
        free("parkinson", date="2024-12-31"),
    ),
    "phase-invalid": (
        *(free("parkinson", phase=phase) for phase in (1, 2, 3, 4, 5)),
        free("stroke", phase=6),
        free("parkinson", phase=6, date="2024-12-31"),
        free("parkinson"),
    ),
    "phase-service": (
        free("parkinson", phase=1, services=["supervised-self-training", "self-training", "digital-follow-up", "group-training"]),
        free("parkinson", phase=2, services=["group-training", "supervised-self-training", "self-training", "digital-follow-up"]),
        free("parkinson", phase=3, services=["group-training", "supervised-self-training", "individual", "digital-follow-up"]),
        free("parkinson", phase=4, services=["individual", "group-training", "self-training", "video"]),
        free("parkinson", phase=5, services=["individual", "cross-sector", "digital-follow-up", "video"]),
        free("parkinson", phase=1, services=[]),
        free("parkinson", services=["video"]),
        free("parkinson", phase=6, services=["home-visit"]),
        free("sklerose", phase=1, services=["home-visit"]),
    ),
    "deleted-code": (
        main("L84", saved_diagnoses=[{"code": " l84"}]),
        main("L84", saved_diagnoses=[]),
        main("L86", previous_diagnoses=[{"code": "L84", "role": "main"}]),
        main("L84", saved_diagnoses=[{"code": "L21"}]),
        {"diagnoses": [{"code": "L86", "role": "main"}, {"code": "L84"}], "saved_diagnoses": [{"code": "L84", "role": "main"}]},
    ),
    "unknown-system": (
        main("L84", system="icpc-2") | {"saved_diagnoses": [{"code": "DM480", "system": "sks"}]},
        {"diagnoses": [{"code": "L84", "role": "main", "system": "urn:oid:1.2.208.176.2.31"}]},
    ),
    "duplicate-code": (
        {"diagnoses": [{"code": "L84"}, {"code": "L86"}]},
        main("L84", previous_diagnoses=[{"code": "L84"}], saved_diagnoses=[{"code": "L84"}]),
    ),
    "inconsistent-pair": ({"diagnoses": [{"code": "L84"}, {"code": "L03"}]}, main("L84"), main("L86")),
    "radiation-contradiction": (
        main("L84"),
        main("L86"),
        main("L84", observations={"radiating_pain": False}),
        main("L86", observations={"radiating_pain": True}),
        main("L03", observations={"radiating_pain": True}),
        main("L84", course="laenderyg", observations={"radiating_pain": True}),
        main("L84", course="lumbal-stenose", observations={"radiating_pain": True}, date="2025-03-31"),
        main("L86", course="nerverod", observations={"radiating_pain": False}),
    ),
    "site-contradiction": (
        main("L90", observations={"joints": ["hip", "knee"]}),
        main("L90", observations={"joints": []}),
        main("L90", observations={"joints": ["shoulder"]}),
        main("L90"),
        main("L89", observations={"joints": ["hip"]}),
        main("L90", course="artrose-knae", observations={"joints": ["hip"]}),
        main("L89", course="artrose", observations={"joints": ["knee"]}),
    ),
    "sex-conflict": (
        main("X76", patient={"sex": "female"}),
        main("Y78", patient={"sex": "male"}),
        *(main(code, patient={"sex": sex}) for code in ("X76", "W78", "Y78") for sex in ("other", "unknown", None)),
        main("L84", patient={"sex": "male"}),
    ),
    "age-implausible": (
        main("L89", patient={"age": 18}),
        main("L95", patient={"age": 30}),
        main("L90"),
        main("L84", course="lumbal-stenose", patient={"age": 30}),
        main("L84", course="laenderyg", patient={"age": 29}),
        main("L92", patient={"age": 5}),
    ),
    "residual-code": (
        *(main(code) for code in ("L99", "N99", "L28", "A28")),
        {"diagnoses": [{"code": "L92", "role": "main"}, {"code": "L29"}]},
    ),
    "symptom-persisting": (
        main("L15", contact_number=5),
        main("L15"),
        main("L90", contact_number=6),
        main("L03", contact_number=9, course="laenderyg"),
        {"contact_number": 9, "diagnoses": [{"code": "L90", "role": "main"}, {"code": "L15"}]},
    ),
    "normalised": (main("L84"), main("l21")),
    "unknown-field": (main("L84", id="c-1", visit_type="FYS002", plan=None),),
}

OVERRIDES: dict[str, tuple[dict[str, Any], ...]] = {
    "override-without-reason": ({"rule": "dk.restkode", "reason": "Ingen anden rubrik passer"},),
    "override-refused": ({"rule": "dk.restkode", "reason": "a"}, {"rule": "dk.restkode"}, {"rule": "dk.ukendt", "reason": "a"}),
    "unknown-override": (
        {"rule": "dk.restkode", "reason": ""},
        {"rule": "dk.restkode", "reason": "a", "path": "/encounter/diagnoses/0/code"},
    ),
}

CASES = [(kind, contact) for kind, contacts in SILENT.items() for contact in contacts]


@pytest.mark.parametrize(("kind", "contact"), CASES, ids=[kind for kind, _ in CASES])
def test_a_kind_stays_silent(kind: str, contact: dict[str, Any], judge: Judge) -> None:
    assert kind not in kinds(judge(**contact))


@pytest.mark.parametrize("kind", OVERRIDES)
def test_a_kind_of_override_stays_silent(kind: str, judge: Judge) -> None:
    for override in OVERRIDES[kind]:
        assert kind not in kinds(judge([override], **main("L29")))


def test_every_danish_kind_has_contacts_where_it_is_silent() -> None:
    assert SILENT.keys() | OVERRIDES.keys() == CONTRACT.keys() - SWEDISH - LIMITS


@pytest.mark.parametrize("specialty", ["51", "57", "62", "65"])
def test_a_missing_voluntary_code_is_not_reported(specialty: str, judge: Judge) -> None:
    answer = judge(specialty=specialty, diagnoses=[])
    assert (answer["status"], answer["savable"], answer["findings"]) == ("ok", True, [])


def test_every_icpc_code_is_accepted(judge: Judge, catalogue: Catalogue) -> None:
    expected = {"residual-code": {"A29", "A99", "L29"}}
    for code, rubric in catalogue.rubrics.items():
        if rubric.kind != "process":
            assert kinds(judge(**main(code))) == [kind for kind, codes in expected.items() if code in codes], code
