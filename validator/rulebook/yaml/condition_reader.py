"""Read `when:` into a Condition and check fields and tests against the vocabulary."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from validator.catalogue.code_systems import ICPC
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Operator, Test
from validator.rulebook.vocabulary import VOCABULARY, Field
from validator.rulebook.yaml.located_yaml import UNREAD, Located
from validator.rulebook.yaml.problems import Place, hint
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.texts import danish_text

BLOCKS = ("diagnosis", "no_diagnosis")
_NO_FIELDS = (*BLOCKS, "any", "not")
_DATES = ("date", "from", "to")
_BETWEEN = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_BEYOND = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\d{1,3})")


def read_condition(reader: NodeReader, node: Located, *, each: bool) -> Condition:
    """Read a mapping of tests, all of which must be met.

    With `each`, fields of diagnoses are allowed too. Unreadable parts are noted and omitted.
    """
    parts: list[Condition] = []
    for key, value in _tests(reader, node).items():
        place = node.keys[key]
        if key == "any":
            branches = [read_condition(reader, item, each=each) for item in reader.items(value, example="[{phase: 1}, {phase: 2}]")]
            parts += [AnyOf(tuple(branches))] if branches else []
        elif key == "not":
            parts.append(Not(read_condition(reader, value, each=each)))
        elif key in BLOCKS:
            tests = _block_tests(reader, value, key)
            parts += [Exists(tests, key == "diagnosis")] if tests else []
        else:
            parts.extend(_field_tests(reader, key, value, place, each=each))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _tests(reader: NodeReader, node: Located) -> Row:
    rows = reader.mapping(node)
    if not rows and isinstance(node.value, dict):
        reader.note("empty", node.place)
    return rows


def _block_tests(reader: NodeReader, node: Located, block: str) -> tuple[Test, ...]:
    tests: list[Test] = []
    for key, value in _tests(reader, node).items():
        if key in _NO_FIELDS or (key in VOCABULARY and VOCABULARY[key].scope != "diagnosis"):
            reader.note("only-own-fields", node.keys[key], block=block, field=key)
        else:
            tests.extend(_field_tests(reader, key, value, node.keys[key], each=True))
    return tuple(tests)


def _field_tests(reader: NodeReader, name: str, node: Located, place: Place, *, each: bool) -> list[Test]:
    field = VOCABULARY.get(name)
    if field is None:
        advice = danish_text("rules.hint.dates") if name in _DATES else hint(name, [*VOCABULARY, *_NO_FIELDS])
        reader.note("unknown-field", place, field=name, hint=advice)
        return []
    if field.icpc and reader.system != ICPC:
        reader.note("only-icpc", place, field=name)
        return []
    if field.scope == "diagnosis" and not each:
        reader.note("field-out-of-place", place, field=name)
        return []
    if node.value is UNREAD:
        return []
    if field.type == "flag":
        value = reader.truth(node)
        return [] if value is None else [Test(name, "is", value)]
    if isinstance(node.value, dict):
        return _mapped_tests(reader, field, node)
    if field.type == "list":
        reader.note("test-mismatch", node.place, test=node.written(), field=name, allowed=_list_tests(node))
        return []
    bounds = _bounds(node) if field.type == "integer" else ""
    if bounds:
        reader.note("bounds-as-text", node.place, given=node.value, bounds=bounds)
        return []
    read = _constant(reader, field)
    if isinstance(node.value, list):
        values = reader.several(node, read)
        return [Test(name, "one_of", values)] if values else []
    constant = read(node)
    return [] if constant is None else [Test(name, "is", constant)]


def _list_tests(node: Located) -> str:
    """Return the tests allowed on a list, with the author's values."""
    items = node.value if isinstance(node.value, list) else [node]
    if not items or not all(isinstance(item.value, str) for item in items):
        return danish_text("rules.tests.list")
    value = (items[0] if len(items) == 1 else node).written()
    return danish_text("rules.tests.list-with-values", value=value)


def _bounds(node: Located) -> str:
    """Return the bounds that a text such as "18-30" or "<18" means; empty for any other text."""
    text = node.value.strip() if isinstance(node.value, str) else ""
    if parts := _BETWEEN.fullmatch(text):
        return f"{{at_least: {parts[1]}, at_most: {parts[2]}}}"
    parts = _BEYOND.fullmatch(text)
    if parts is None:
        return ""
    number = int(parts[2]) + {"<": -1, ">": 1}.get(parts[1], 0)
    return f"{{{'at_most' if parts[1] in ('<', '<=', '≤') else 'at_least'}: {max(number, 0)}}}"


def _mapped_tests(reader: NodeReader, field: Field, node: Located) -> list[Test]:
    operators: dict[str, Operator] = {"not": "is_not"}
    if field.type == "integer":
        operators |= {"at_least": "at_least", "at_most": "at_most"}
    if field.type == "list":
        operators = {"includes": "includes", "includes_none": "includes_none", "empty": "empty"}
    tests: list[Test] = []
    read = _constant(reader, field)
    for key, value in node.value.items():
        if key not in operators:
            allowed = danish_text(f"rules.tests.{field.type}")
            reader.note("test-mismatch", node.keys[key], test=key, field=field.name, allowed=allowed)
        elif key == "empty":
            truth = reader.truth(value)
            tests += [] if truth is None else [Test(field.name, "empty", truth)]
        elif key in ("at_least", "at_most"):
            bound = read(value)
            tests += [] if bound is None else [Test(field.name, operators[key], bound)]
        elif values := reader.one_or_several(value, read):
            tests.append(Test(field.name, operators[key], values))
    if not node.value:
        reader.note("empty", node.place)
    return tests


def _constant(reader: NodeReader, field: Field) -> Callable[[Located], Any]:
    """Return the reader of constants of a field."""
    if field.type == "integer":
        low, high = field.bounds
        return partial(reader.number, low=low, high=high)
    if field.values is not None:
        return partial(reader.choice, allowed=field.values)
    if field.name in ("code", "previous.codes"):
        return reader.code
    if field.name == "category":
        return reader.category
    if field.name == "course":
        return partial(reader.known, known=reader.courses, problem="unknown-course")
    if field.name == "specialty":
        return partial(reader.known, known=reader.specialties, problem="unknown-specialty")
    normalise = field.form
    return reader.text if normalise is None else lambda node: normalise(text) if (text := reader.text(node)) else None
