"""The JSON Schema accepts the shipped files and rejects other forms; the reference pages are up to date."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import ROOT
from tests.rulebook.problem_cases import CASES, SIGN, Case
from tests.rulebook.rule_folder import RuleFolder
from tests.rulebook.test_problems import spoil
from validator.authoring.schema.json_schema import rule_schema
from validator.authoring.schema.language_reference import render_reference
from validator.rulebook.vocabulary import VOCABULARY
from validator.rulebook.yaml.file_keys import KEYS
from validator.rulebook.yaml.located_yaml import read_yaml

SCHEMA = rule_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = sorted(path for path in (ROOT / "rules").rglob("*.yaml"))
# What only the catalogue, the other files of the release or the meaning of the values can tell.
BEYOND_FORM = {
    *("unknown-code", "not-category", "process-code", "unknown-source", "unknown-specialty", "unknown-course", "missing-language"),
    *("wrong-folder", "unknown-pack", "unknown-base", "no-current", "two-current", "missing-file", "double-rule", "double-course"),
    *("same-rule", "reserved-id", "entries-order", "entries-overlap", "entries-gap", "ends-before-start", "unknown-phase"),
    *("never-fires", "too-many-branches", "suggests-itself", "no-examples", "bad-example", "unknown-placeholder", "phase-range"),
    *("placeholder-without-each", "suggestion-without-each", "only-icpc", "other-system", "entries-same-day"),
    *("too-many-tests", "costly-tests", "costly-findings", "costly-suggestions", "costly-texts"),
    *(
        "extends-itself",
        "unknown-sks",
        "sks-add-on",
        "stray-brace",
        "start-code-required",
        "start-code-no-symptom",
        "control-character",
    ),
}
# What cannot be read as YAML, or not by this name.
BEYOND_READING = {
    "not-utf8",
    "unreadable-file",
    "yaml",
    "no-blank",
    "curly-quotes",
    "too-deep",
    "anchor",
    "tag",
    "key-not-text",
    "double-key",
    "file-ending",
}
OF_FORM = [case for case in CASES if case.id not in BEYOND_FORM | BEYOND_READING and case.new != SIGN]


def plain(path: Path) -> Any:
    located, _ = read_yaml(path.read_text(encoding="utf-8"), str(path))
    assert located is not None
    return located.plain()


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_shipped_files_are_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(path))] == []


def test_the_small_release_is_valid(folder: RuleFolder) -> None:
    for file in ("pack.yaml", "courses.yaml", "general.yaml"):
        assert VALIDATOR.is_valid(plain(folder.path(file)))


@pytest.mark.parametrize("system", ["icd-10", "http://hl7.org/fhir/sid/icd-10", "https://example.org/skader"])
def test_an_example_may_name_a_system_by_its_uri(system: str, folder: RuleFolder) -> None:
    path = folder.path("general.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("code: A29, ", f"code: A29, system: {system!r}, "), encoding="utf-8")
    assert VALIDATOR.is_valid(plain(path))


@pytest.mark.parametrize("case", OF_FORM, ids=lambda case: case.id)
def test_a_file_of_another_form_is_not_valid(case: Case, folder: RuleFolder) -> None:
    spoil(folder, case)
    assert not VALIDATOR.is_valid(plain(folder.path(case.file)))


def test_there_are_many_cases() -> None:
    assert len({case.id for case in OF_FORM}) >= 20


def test_every_key_and_field_is_described_in_danish() -> None:
    for shape, keys in KEYS.items():
        properties = SCHEMA["$defs"][shape]["properties"]
        assert properties.keys() == {key.name for key in keys}
        assert all(properties[key.name]["description"].endswith(".") for key in keys)
    fields = SCHEMA["$defs"]["condition"]["properties"]
    assert VOCABULARY.keys() <= fields.keys()
    assert all(field["description"] for field in fields.values())


def test_an_example_can_have_every_field_of_the_contact() -> None:
    contact = SCHEMA["$defs"]["encounter"]["properties"]
    for field in VOCABULARY.values():
        place = contact
        for step in field.pointer.strip("/").split("/") if field.scope == "encounter" else []:
            place = place[step].get("properties", place[step])
        assert place


@pytest.mark.parametrize(("language", "page"), [("da", "regelsprog.md"), ("en", "rule-language.md")])
def test_the_reference_page_is_up_to_date(language: str, page: str) -> None:
    written = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert written == f"{render_reference(language)}\n", f"run: kodevagt rules schema --reference {language} > docs/{page}"
