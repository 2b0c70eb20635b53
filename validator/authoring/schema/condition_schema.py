"""The schema of conditions: every field of the vocabulary with the tests that its type allows."""

from typing import Any

from validator.rulebook.vocabulary import VOCABULARY, Field, Scope

Schema = dict[str, Any]
CODE: Schema = {"type": "string", "pattern": r"^[A-Z][A-Z0-9.]{1,7}$"}
_NAMED = {"any": "mindst én af disse betingelser", "not": "betingelsen kan afgøres og er ikke opfyldt"}
_BLOCKS = {
    "diagnosis": "der er en diagnose på kontakten, som alle disse tests passer på",
    "no_diagnosis": "der er ingen diagnose på kontakten, som alle disse tests passer på",
}
_CODED = ("code", "previous.codes")


def condition_schemas() -> dict[str, Schema]:
    """The conditions of rules that are asked for each diagnosis and of the others, and what stands under `diagnosis:`."""
    return {
        "condition": _condition("condition", ("encounter", "diagnosis")),
        "condition-of-contact": _condition("condition-of-contact", ("encounter",)),
        "diagnosis": {"type": "object", "properties": _tests(("diagnosis",)), "additionalProperties": False, "minProperties": 1},
    }


def one_or_several(schema: Schema) -> Schema:
    """A value, or a list of different ones."""
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1, "uniqueItems": True}]}


def _condition(name: str, scopes: tuple[Scope, ...]) -> Schema:
    itself = {"$ref": f"#/$defs/{name}"}
    block = {"$ref": "#/$defs/diagnosis"}
    properties = {
        **_tests(scopes),
        "any": {"type": "array", "items": itself, "minItems": 1, "description": sentence(_NAMED["any"])},
        "not": {**itself, "description": sentence(_NAMED["not"])},
        **{key: {**block, "description": sentence(text)} for key, text in _BLOCKS.items()},
    }
    return {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}


def _tests(scopes: tuple[Scope, ...]) -> dict[str, Schema]:
    return {
        name: {**_test(field), "description": sentence(field.meaning["da"])}
        for name, field in VOCABULARY.items()
        if field.scope in scopes
    }


def _test(field: Field) -> Schema:
    value = value_schema(field)
    if field.type == "flag":
        return value
    several = one_or_several(value)
    if field.type == "list":
        return _mapped(includes=several, includes_none=several, empty={"type": "boolean"})
    operators = {"not": several}
    if field.type == "integer":
        operators |= {"at_least": value, "at_most": value}
    return {"anyOf": [*several["anyOf"], _mapped(**operators)]}


def value_schema(field: Field) -> Schema:
    """One value of a field; of a list, one of its items."""
    if field.type == "flag":
        return {"type": "boolean"}
    if field.type == "integer":
        low, high = field.bounds
        return {"type": "integer", "minimum": low, "maximum": high}
    if field.values is not None:
        return {"enum": list(field.values)}
    return CODE if field.name in _CODED else {"type": "string", "pattern": r"\S"}


def _mapped(**operators: Schema) -> Schema:
    return {"type": "object", "properties": operators, "additionalProperties": False, "minProperties": 1}


def sentence(text: str) -> str:
    """A meaning as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."
