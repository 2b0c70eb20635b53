"""A diagnosis whose code system is a URI that nobody knows is left out, and absence concludes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import found, free, kinds, main, referred
from validator import RequestError, Validator
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Diagnosis, Encounter
from validator.rulebook.release import Release

Judge = Callable[..., dict[str, Any]]
SNOMED = {"code": "57773001", "system": "http://snomed.info/sct"}
OTHER = {"code": "L84", "system": "urn:oid:1.2.3.4"}
L84, L90 = {"code": "L84", "role": "main"}, {"code": "L90", "role": "main"}
KNEE = {"course": "artrose-knae"}


@pytest.mark.parametrize(
    ("contact", "path"),
    [
        ({"diagnoses": [SNOMED]}, "/encounter/diagnoses/0/system"),
        ({"diagnoses": [L84, SNOMED]}, "/encounter/diagnoses/1/system"),
        (main("L84", previous_diagnoses=[L84, SNOMED]), "/encounter/previous_diagnoses/1/system"),
        (main("L84", saved_diagnoses=[L84, SNOMED]), "/encounter/saved_diagnoses/1/system"),
        (main("L84", **referred("57773001", system="http://snomed.info/sct")), "/encounter/referral/diagnoses/0/system"),
    ],
)
def test_the_finding_points_at_the_system(contact: dict[str, Any], path: str, judge: Judge) -> None:
    answer = judge(**contact)
    assert (kinds(answer), answer["status"], answer["savable"]) == (["unknown-system"], "warning", True)
    finding = found(answer, "unknown-system")
    assert (finding["rule"], finding["path"], finding["suggestions"]) == ("core.unknown-system", path, [])
    assert "http://snomed.info/sct" in finding["message"]


@pytest.mark.parametrize(
    ("contact", "besides"),
    [
        ({**KNEE, "diagnoses": [SNOMED | {"role": "main"}]}, []),
        ({**KNEE, "diagnoses": [SNOMED, {"code": "L90", "role": "secondary"}]}, []),
        ({**KNEE, "diagnoses": [SNOMED, L84]}, ["main-not-in-course-set"]),
        ({**KNEE, "diagnoses": [], "previous_diagnoses": [SNOMED]}, []),
        ({**KNEE, "diagnoses": [], "previous_diagnoses": [L84, SNOMED]}, []),
        ({**KNEE, "diagnoses": [], "saved_diagnoses": [SNOMED]}, ["main-missing"]),
        ({"diagnoses": [SNOMED | {"role": "main"}, L84]}, []),
        (main("L90", saved_diagnoses=[L84, SNOMED]), ["deleted-code"]),
        ({"diagnoses": [SNOMED, L90], "saved_diagnoses": [L84, SNOMED]}, ["deleted-code"]),
        ({"diagnoses": [SNOMED, L90], "saved_diagnoses": [L84]}, []),
        ({"diagnoses": [OTHER], "saved_diagnoses": [L84]}, []),
        (free("stroke", **referred("57773001", system="http://snomed.info/sct")), ["via-referral"]),
        (free("stroke", referral={"diagnoses": [{"code": "DG20"}, SNOMED]}), ["via-referral"]),
    ],
)
def test_nothing_is_concluded_from_absence(contact: dict[str, Any], besides: list[str], judge: Judge) -> None:
    answer = judge(**contact)
    assert [kind for kind in kinds(answer) if kind != "unknown-system"] == besides
    assert "unknown-system" in kinds(answer)


def test_rules_about_earlier_codes_are_silent(release: Release, catalogue: Catalogue) -> None:
    encounter = Encounter(release.start, "51", (Diagnosis("L84"),), previous_diagnoses=(Diagnosis("L90"),))
    unknown = encounter._replace(previous_diagnoses=(Diagnosis("L90"), Diagnosis("57773001", "http://snomed.info/sct")))
    validator = Validator(release, catalogue)
    assert validator.facts(encounter).encounter["previous.codes"] == ("L90",)
    assert validator.facts(unknown).encounter["previous.codes"] is None


def test_a_name_that_is_no_uri_is_refused(release: Release, catalogue: Catalogue) -> None:
    with pytest.raises(RequestError) as refused:
        Validator(release, catalogue).validate(Encounter(release.start, "51", (Diagnosis("57773001", "snomed"),)))
    assert [fault.path for fault in refused.value.faults] == ["/encounter/diagnoses/0/system"]
