"""Which display or designation of a FHIR concept is its title in a language."""

from typing import Any

import pytest

from tests.catalogue.code_systems import read_concept

SNOMED = "http://snomed.info/sct"
USAGE = "http://terminology.hl7.org/CodeSystem/designation-usage"


def designation(text: str, language: str | None = "en", **use: str) -> dict[str, Any]:
    return {"value": text, **({"language": language} if language else {}), **({"use": use} if use else {})}


def titles(*designations: dict[str, Any], display: str | None = "Knæ", **more: Any) -> dict[str, str]:
    shown = {"display": display} if display else {}
    return dict(read_concept({"code": "A", **shown, "designation": list(designations)}, **more).titles)


@pytest.mark.parametrize(
    "use",
    [
        {},
        {"system": USAGE, "code": "display"},
        {"system": SNOMED, "code": "900000000000548007", "display": "Preferred"},
        {"system": SNOMED, "code": "900000000000003001", "display": "Fully specified name"},
        {"code": "preferredForLanguage"},
        {"code": "official"},
        {"display": "Officiel betegnelse"},
        {"code": "noget-andet"},
    ],
)
def test_a_designation_with_a_language_is_a_title_with_any_use_of_a_title(use: dict[str, str]) -> None:
    assert titles(designation("Knee", "en-GB", **use)) == {"da": "Knæ", "en": "Knee"}


@pytest.mark.parametrize(
    "use",
    [
        {"system": SNOMED, "code": "900000000000013009", "display": "Synonym"},
        {"code": "synonym"},
        {"display": "Synonym"},
        {"code": "abbreviation"},
        {"system": SNOMED, "code": "900000000000550004", "display": "Definition"},
    ],
)
def test_a_synonym_or_a_definition_is_no_title(use: dict[str, str]) -> None:
    assert titles(designation("Knee", **use)) == {"da": "Knæ"}


def test_of_several_titles_in_a_language_the_preferred_one_is_used() -> None:
    candidates = [
        designation("Other", code="noget-andet"),
        designation("Knee (structure)", code="900000000000003001"),
        designation("Knee"),
        designation("Preferred", code="display"),
        designation("Second preferred", code="display"),
    ]
    expected = ["Preferred", "Knee", "Knee (structure)", "Other"]
    found = []
    for _ in expected:
        found.append(titles(*candidates)["en"])
        candidates = [one for one in candidates if one["value"] not in (found[-1], "Second preferred")]
    assert found == expected


def test_the_display_comes_first_in_a_language_that_the_file_declares() -> None:
    assert titles(designation("Andet", "da", code="display"), language="da-DK") == {"da": "Knæ"}


def test_a_designation_comes_before_a_display_whose_language_is_not_declared() -> None:
    assert titles(designation("Knæ", "da"), display="Knee") == {"da": "Knæ"}
    assert titles(designation("Knæet hos patienten", "da", code="noget-andet")) == {"da": "Knæ"}


def test_a_designation_without_a_language_is_used_where_there_is_no_display() -> None:
    assert titles(designation("Andet", None)) == {"da": "Knæ"}
    assert titles(designation("Knæ", None), display=None) == {"da": "Knæ"}
