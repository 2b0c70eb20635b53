"""A code of SKS or ICD-10 beside its ICPC-2 code counts as the same diagnosis."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import found, kinds, proposed
from validator import Validator
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Diagnosis, Encounter
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
KNEE = {"course": "artrose-knae"}


def coded(*codes: tuple[str, str | None, str | None]) -> dict[str, Any]:
    return {"diagnoses": [{"code": code, "system": system, "role": role} for code, system, role in codes]}


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        (coded(("L90", None, "main"), ("DM171", "sks", "main")), []),
        (coded(("DM171", "sks", "main"), ("L90", None, "main")), []),
        (coded(("L90", None, "secondary"), ("DM171+TUL1", "sks", "main")), []),
        (coded(("L90", None, "main"), ("M17.1", "icd-10", "main")), []),
        (coded(("L90", None, None), ("M171", "icd-10", None)), []),
        (coded(("L90", None, "main"), ("DM171", "sks", "main"), ("M17.1", "icd-10", "main")), []),
        (coded(("L90", None, None), ("P76", None, None), ("DM171", "sks", None)), ["required-code-only-secondary"]),
        (coded(("L90", None, "main"), ("L92", None, "main"), ("DM171", "sks", None)), ["multiple-main"]),
        (coded(("L90", None, "main"), ("DM545", "sks", "main")), ["multiple-main"]),
        (coded(("DM171", "sks", "main"), ("M17.1", "icd-10", "main")), ["multiple-main"]),
        (coded(("DM171", "sks", "main")), ["main-not-in-course-set"]),
        (coded(("L90", None, "main"), ("DM171", None, "main")), ["wrong-system"]),
        (coded(("L90", None, "main"), ("DM171", "sks", None), ("DM171", "sks", None)), ["duplicate-code"]),
    ],
)
def test_a_pair_is_one_diagnosis(contact: dict[str, Any], expected: list[str], judge: Judge) -> None:
    assert kinds(judge(**KNEE, **contact)) == expected


def test_the_pair_is_judged_by_its_icpc_2_code(judge: Judge) -> None:
    contact = coded(("L84", None, None), ("DM480", "sks", None))
    assert kinds(judge(**contact, observations={"radiating_pain": True})) == ["radiation-contradiction"]
    finding = found(judge(**KNEE, **contact), "main-not-in-course-set")
    assert (finding["path"], proposed(finding)) == ("/encounter/diagnoses/0/code", ["replace L90"])


def test_a_code_that_would_leave_two_main_diagnoses_is_not_suggested(judge: Judge) -> None:
    contact = coded(("L84", None, "main"), ("DM480", "sks", "main"))
    assert proposed(found(judge(**KNEE, **contact), "main-not-in-course-set")) == []


def test_the_pair_of_a_main_diagnosis_is_preferred(judge: Judge, catalogue: Catalogue) -> None:
    assert catalogue.bridges_of("DM480", "sks")[:1] != ()
    other = catalogue.bridges_of("DM480", "sks")[0]
    assert kinds(judge(**coded((other, None, "main"), ("DM480", "sks", "main")))) == []


def test_the_rules_see_one_diagnosis(release: Release, catalogue: Catalogue) -> None:
    encounter = Encounter(release.start, "51", (Diagnosis("DM171", "sks", "main"), Diagnosis("L90", None, "secondary")))
    (facts,) = Validator(release, catalogue).facts(encounter).diagnoses
    assert (facts["code"], facts["role"]) == ("L90", "main")


def test_a_saved_code_of_the_pair_that_an_edit_drops_is_reported(judge: Judge) -> None:
    saved = {"saved_diagnoses": [{"code": "DM171", "system": "sks"}, {"code": "L90", "role": "main"}]}
    assert kinds(judge(**coded(("L90", None, "main")), **saved)) == ["deleted-code"]
    assert kinds(judge(**coded(("DM171", "sks", "main")), **saved)) == ["deleted-code"]
