"""The JSON Schema of rule files (draft 2020-12), so that an editor completes and explains every key in Danish as one types.

It is made from the same tables as the readers: `rulebook/keys.py` and the vocabulary. It says what form a file has; what only the
catalogue and the rest of the release can tell is for `kodevagt rules check`.
"""

from collections.abc import Iterable
from typing import Any

from validator.authoring.schema.condition_schema import CODE, condition_schemas, one_or_several, sentence
from validator.authoring.schema.encounter_schema import encounter_schema
from validator.contract.encounter import JURISDICTIONS, SERVICES
from validator.contract.finding_kinds import BUILT_IN_KINDS, KINDS, Severity
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES
from validator.rulebook.yaml.file_keys import KEYS
from validator.rulebook.yaml.head_reader import RELEASE_STATUSES, STATUSES
from validator.rulebook.yaml.node_reader import MAX_MESSAGE_LENGTH
from validator.rulebook.yaml.rule_reader import ACTIONS, TABLES
from validator.texts import LANGUAGES

Schema = dict[str, Any]
_LANGUAGE_NAMES = {"da": "dansk", "en": "engelsk", "sv": "svensk"}
_NAME: Schema = {"type": "string", "pattern": "^[a-z0-9][a-z0-9.-]*$"}
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}
_NULL: Schema = {"type": "null"}


def rule_schema() -> Schema:
    """The schema of every file of a release: `pack.yaml`, and those that hold courses and rules."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:kodevagt:schema:rules",
        "title": "Kodevagts regelfiler",
        "description": "pack.yaml og de filer, som rummer en udgaves forløb og regler.",
        "if": {"required": ["pack"]},
        "then": {"$ref": "#/$defs/pack"},
        "else": {"$ref": "#/$defs/file"},
        "$defs": {**{name: _shape(name) for name in KEYS}, **condition_schemas(), "encounter": encounter_schema()},
    }


def _shape(name: str) -> Schema:
    """The mapping with the keys of one shape, and what those say of each other."""
    keys = KEYS[name]
    schema: Schema = {
        "type": "object",
        "properties": {key.name: {**_holds(key.form), "description": sentence(key.meaning["da"])} for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }
    return {**schema, **_BETWEEN.get(name, {})}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True, **more}


def _table(values: Schema) -> Schema:
    """Things under their names."""
    return {"type": "object", "propertyNames": _NAME, "additionalProperties": values}


def _texts(**limits: object) -> Schema:
    properties = {name: {**_TEXT, **limits, "description": f"På {_LANGUAGE_NAMES[name]}."} for name in LANGUAGES}
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def _choice(values: Iterable[object]) -> Schema:
    return {"enum": [str(value) for value in values]}


def _holds(form: str) -> Schema:
    """The schema of what a key holds."""
    return dict(_FORMS[form])


_FORMS: dict[str, Schema] = {
    "text": _TEXT,
    "address-or-null": {"anyOf": [{"type": "string", "pattern": "^https?://"}, _NULL]},
    "name": _NAME,
    "pack-name": _choice(JURISDICTIONS),
    "date": _DATE,
    "date-or-null": {"anyOf": [_DATE, _NULL]},
    "flag": {"type": "boolean"},
    "texts": _texts(),
    "message": _texts(maxLength=MAX_MESSAGE_LENGTH),
    "languages": _list(_choice(LANGUAGES)),
    "release-status": _choice(RELEASE_STATUSES),
    "decision-status": _choice(STATUSES),
    "source-name": _TEXT,
    "sources": {"type": "object", "additionalProperties": _ref("source")},
    "specialties": {"type": "object", "additionalProperties": _texts()},
    "specialty": one_or_several(_TEXT),
    "courses": _table(_ref("course")),
    "rules": {"type": "array", "items": _ref("rule")},
    "main-diagnoses": _list(_ref("main_diagnosis")),
    "referrals": _list(_ref("referral")),
    "phases": _list(_ref("phases")),
    "services-entries": _list(_ref("services")),
    "codes": _list(CODE),
    "code": CODE,
    "sks-codes": _list(_TEXT),
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

_WITH_BASE = [key.name for key in KEYS["pack"] if not key.required and key.name != "extends"]
# What the keys of a shape say of each other.
_BETWEEN: dict[str, Schema] = {
    "pack": {"if": {"not": {"required": ["extends"]}}, "then": {"required": _WITH_BASE}},
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
        "if": {"properties": {"status": {"const": "undecided"}}, "required": ["status"]},
        "then": {"required": ["note"]},
    },
    "suggestion": {"oneOf": [{"required": ["code"]}, {"required": ["table"]}]},
}
