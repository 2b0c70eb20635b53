"""The schema of conditions: every field of the vocabulary with the tests of its type."""

from typing import Any

from validator.rulebook.vocabulary import VOCABULARY, Field, Scope

Schema = dict[str, Any]
CODE: Schema = {"type": "string", "pattern": r"^[A-Z][A-Z0-9.]{1,7}$"}
TEXT: Schema = {"type": "string", "pattern": r"\S"}
_CODE_FIELDS = ("code", "previous.codes")
_COMPOUNDS = {
    "any": "Mindst én af disse betingelser.",
    "not": "Betingelsen kan afgøres og er ikke opfyldt.",
    "diagnosis": "Der er en diagnose på kontakten, som alle disse tests passer på.",
    "no_diagnosis": "Der er ingen diagnose på kontakten, som alle disse tests passer på.",
}


def condition_schemas() -> dict[str, Schema]:
    """Return the definitions of conditions.

    They are for rules for each diagnosis, for other rules, and for `diagnosis:` blocks.
    """
    return {
        "condition": _condition("condition", ("encounter", "diagnosis")),
        "condition-of-contact": _condition("condition-of-contact", ("encounter",)),
        "diagnosis": closed_object(_tests(("diagnosis",)), minProperties=1),
    }


def closed_object(properties: Schema, **more: object) -> Schema:
    """Return the schema of an object with these properties and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def one_or_several(schema: Schema) -> Schema:
    """Return the schema of a value or a list of different values."""
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1, "uniqueItems": True}]}


def value_schema(field: Field) -> Schema:
    """Return the schema of one value of a field; for a list, of one item."""
    if field.type == "flag":
        return {"type": "boolean"}
    if field.type == "integer":
        low, high = field.bounds
        return {"type": "integer", "minimum": low, "maximum": high}
    if field.values is not None:
        return {"enum": list(field.values)}
    return CODE if field.name in _CODE_FIELDS else TEXT


def sentence(text: str) -> str:
    """Return a text with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def _condition(name: str, scopes: tuple[Scope, ...]) -> Schema:
    itself, block = {"$ref": f"#/$defs/{name}"}, {"$ref": "#/$defs/diagnosis"}
    compounds: dict[str, Schema] = {
        "any": {"type": "array", "items": itself, "minItems": 1},
        "not": itself,
        "diagnosis": block,
        "no_diagnosis": block,
    }
    described = {key: {**schema, "description": _COMPOUNDS[key]} for key, schema in compounds.items()}
    return closed_object({**_tests(scopes), **described}, minProperties=1)


def _tests(scopes: tuple[Scope, ...]) -> dict[str, Schema]:
    fields = (field for field in VOCABULARY.values() if field.scope in scopes)
    return {field.name: {**_test(field), "description": sentence(field.meaning["da"])} for field in fields}


def _test(field: Field) -> Schema:
    value = value_schema(field)
    if field.type == "flag":
        return value
    several = one_or_several(value)
    if field.type == "list":
        return closed_object({"includes": several, "includes_none": several, "empty": {"type": "boolean"}}, minProperties=1)
    operators = {"not": several}
    if field.type == "integer":
        operators |= {"at_least": value, "at_most": value}
    return {"anyOf": [*several["anyOf"], closed_object(operators, minProperties=1)]}
