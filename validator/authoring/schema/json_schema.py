"""The JSON Schema of rule files (draft 2020-12).

An editor uses it to complete and explain every key in Danish. It is built from the tables that the readers use:
`rulebook/yaml/file_keys.py` and the vocabulary. It describes the form of a file; `kodevagt rules check` checks what
depends on the catalogue and on other files.
"""

from collections.abc import Iterable
from typing import Any

from validator.authoring.schema.condition_schema import CODE, TEXT, closed_object, condition_schemas, one_or_several, sentence
from validator.authoring.schema.encounter_schema import encounter_schema
from validator.contract.encounter import JURISDICTIONS, SERVICES
from validator.contract.finding_kinds import BUILT_IN_KINDS, KINDS, Severity
from validator.rulebook.course import STATUS_WORDS
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES
from validator.rulebook.yaml.course_reader import RUNNING
from validator.rulebook.yaml.file_keys import INHERITED_KEYS, KEYS
from validator.rulebook.yaml.head_reader import RELEASE_STATUSES
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
from validator.rulebook.yaml.rule_reader import ACTIONS, TABLES
from validator.rulebook.yaml.value_reader import MAX_MESSAGE_LENGTH, MAX_NAME_LENGTH, MAX_TEXT_LENGTH, MAX_TITLE_LENGTH
from validator.texts import LANGUAGES

Schema = dict[str, Any]
_LANGUAGE_NAMES = {"da": "dansk", "en": "engelsk", "sv": "svensk"}
_NAME: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$", "maxLength": MAX_NAME_LENGTH}
_FREE_NAME: Schema = {"type": "string", "pattern": r"^[^/\n]*[^/\s][^/\n]*$", "maxLength": MAX_NAME_LENGTH}
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
_NULL: Schema = {"type": "null"}


def rule_schema() -> Schema:
    """Return the schema of every file of a release.

    The files are `pack.yaml` and those with courses and rules.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kodevagt:schema:rules",
        "title": "Kodevagts regelfiler",
        "description": "pack.yaml og de filer, som rummer en udgaves forløb og regler.",
        "if": {"required": ["pack"]},
        "then": {"$ref": "#/$defs/pack"},
        "else": {"$ref": "#/$defs/file"},
        "$defs": {**{name: _mapping(name) for name in KEYS}, **condition_schemas(), "encounter": encounter_schema()},
    }


def _mapping(name: str) -> Schema:
    """Return the schema of one of the mappings in KEYS."""
    keys = KEYS[name]
    properties = {key.name: {**_FORMS[key.form], "description": sentence(key.meaning["da"])} for key in keys}
    required = [key.name for key in keys if key.required]
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {**schema, **_DEPENDENCIES.get(name, {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}


def _texts(**limits: object) -> Schema:
    properties = {name: {**TEXT, **limits, "description": f"På {_LANGUAGE_NAMES[name]}."} for name in LANGUAGES}
    return closed_object(properties, minProperties=1)


def _choice(values: Iterable[object]) -> Schema:
    return {"enum": [str(value) for value in values]}


_FORMS: dict[str, Schema] = {
    "title": {**TEXT, "maxLength": MAX_TITLE_LENGTH},
    "titles": _texts(maxLength=MAX_TITLE_LENGTH),
    "address-or-null": {"anyOf": [{"type": "string", "pattern": r"^https?://[^\s/]\S*$"}, _NULL]},
    "name": _NAME,
    "pack-name": _choice(JURISDICTIONS),
    "date": _DATE,
    "date-or-null": {"anyOf": [_DATE, _NULL]},
    "flag": {"type": "boolean"},
    "texts": _texts(maxLength=MAX_TEXT_LENGTH),
    "message": _texts(maxLength=MAX_MESSAGE_LENGTH),
    "languages": _list(_choice(LANGUAGES)),
    "release-status": _choice(RELEASE_STATUSES),
    "acceptable": _list(_choice(ACCEPTABLE)),
    "decision-status": _choice(STATUS_WORDS),
    "source-name": TEXT,
    "sources": {"type": "object", "propertyNames": _FREE_NAME, "additionalProperties": _ref("source")},
    "specialties": {"type": "object", "propertyNames": _FREE_NAME, "additionalProperties": _texts(maxLength=MAX_TITLE_LENGTH)},
    "specialty": one_or_several(TEXT),
    "courses": {"type": "object", "propertyNames": _NAME, "additionalProperties": _ref("course")},
    "rules": {"type": "array", "items": _ref("rule")},
    "main-diagnoses": _list(_ref("main_diagnosis")),
    "referrals": _list(_ref("referral")),
    "phases": _list(_ref("phases")),
    "services-entries": _list(_ref("services")),
    "codes": _list(CODE),
    "running": _choice(RUNNING),
    "code": CODE,
    "sks-codes": _list(TEXT),
    "range": {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 99}, "minItems": 2, "maxItems": 2},
    "services-by-phase": {
        "type": "object",
        "patternProperties": {r"^\d+$": _list(_choice(SERVICES))},
        "additionalProperties": False,
    },
    "kind": _choice(sorted(KINDS.keys() - BUILT_IN_KINDS)),
    "severity": _choice(Severity),
    "condition": _ref("condition"),
    "examples": {"type": "array", "items": _ref("example"), "minItems": 2},
    "each": _choice(["diagnosis"]),
    "encounter-field": _choice(PLACES),
    "exceptions": one_or_several(_choice(EXCEPTIONS)),
    "suggestions": _list(_ref("suggestion")),
    "action": _choice(ACTIONS),
    "table": _choice(TABLES),
    "encounter": _ref("encounter"),
}

# Which keys of a mapping depend on each other.
_DEPENDENCIES: dict[str, Schema] = {
    "pack": {"if": {"not": {"required": ["extends"]}}, "then": {"required": list(INHERITED_KEYS)}},
    "course": {
        "oneOf": [{"required": ["main_diagnosis"]}, {"required": ["referral"]}],
        "dependentRequired": {"phases": ["referral"], "services": ["referral", "phases"]},
    },
    "rule": {
        "oneOf": [{"required": ["each"]}, {"required": ["at"]}],
        "dependentRequired": {"unless": ["each"]},
        "if": {"required": ["at"]},
        "then": {"properties": {"when": _ref("condition-of-contact")}},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"properties": {"severity": {"const": str(KINDS[name].severity)}}},
            }
            for name in sorted(KINDS.keys() - BUILT_IN_KINDS)
        ],
    },
    "main_diagnosis": {
        "if": {
            "properties": {"status": _choice([word for word, status in STATUS_WORDS.items() if status == "undecided"])},
            "required": ["status"],
        },
        "then": {"required": ["note"]},
    },
    "suggestion": {"oneOf": [{"required": ["code"]}, {"required": ["table"]}]},
}
