"""JSON decoding that records the line of every object, for error messages."""

import json
import re
from collections import Counter
from typing import Any

from validator.catalogue.editions.formats.distribution import BrokenFileError, quoted
from validator.support.json_pointer import unescape_token
from validator.support.personal_data import find_cpr_pointers, has_cpr
from validator.texts import danish_text

# Up to the next brace outside a text; possessive, so that the time is linear.
_BRACE = re.compile(r'[^"{}]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}]*+)*+([{}])')


class LocatedObject(dict[str, Any]):
    """An object with the line on which it begins."""

    line = 1


class _ObjectCollector:
    """The objects of a text in the order in which they end, and the first member that an object has twice."""

    def __init__(self) -> None:
        self.objects: list[LocatedObject] = []
        self.has_floats = False
        self.duplicate: tuple[LocatedObject, str] | None = None

    def collect(self, pairs: list[tuple[str, Any]]) -> LocatedObject:
        located = LocatedObject(pairs)
        self.objects.append(located)
        if len(located) != len(pairs) and self.duplicate is None:
            names = Counter(name for name, _ in pairs)
            self.duplicate = located, next(name for name, count in names.items() if count > 1)
        return located

    def read_float(self, text: str) -> float:
        self.has_floats = True
        return float(text)

    def locate(self, text: str) -> None:
        """Set the lines of the objects."""
        open_lines: list[int] = []
        ended = iter(self.objects)
        line, counted = 1, 0
        for brace in _BRACE.finditer(text):
            if brace[1] == "{":
                line += text.count("\n", counted, brace.end())
                counted = brace.end()
                open_lines.append(line)
            else:
                next(ended).line = open_lines.pop()


def read_json(content: bytes, label: str) -> Any:
    """Decode a file's content, with objects as `LocatedObject`. Raises BrokenFileError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(f"{label}:{line}: {danish_text('distribution.not-utf-8')}") from error
    collector = _ObjectCollector()
    try:
        value = json.loads(
            text, object_pairs_hook=collector.collect, parse_float=collector.read_float, parse_constant=_reject_constant
        )
        collector.locate(text)
        _refuse_duplicate(collector, label)
        # Without escapes and powers of ten, a number within a value is also one within the file, which is searched faster.
        if "\\" in text or collector.has_floats or has_cpr(text):
            _refuse_personal_data(value, label)
        return value
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"{label}:{error.lineno}: {danish_text('distribution.not-json')}") from error
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.nested-too-deep')}") from error
    except ValueError as error:  # a number with thousands of digits, NaN or Infinity
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.invalid-number')}") from error


def _refuse_duplicate(collector: _ObjectCollector, label: str) -> None:
    if collector.duplicate:
        located, member = collector.duplicate
        name = danish_text("distribution.not-shown") if has_cpr(member) else quoted(member)
        raise BrokenFileError(f"{label}:{located.line}: {danish_text('distribution.duplicate-member', name=name)}")


def _refuse_personal_data(value: Any, label: str) -> None:
    """Raise BrokenFileError, with its JSON Pointer, for the first CPR number; the names of members are searched too."""
    pointers = find_cpr_pointers(value)
    if pointers:
        place = danish_text("distribution.member", pointer=pointers[0] or "/")
        raise BrokenFileError(f"{label}:{_line_of(value, pointers[0])}: {danish_text('distribution.personal-data', place=place)}")


def _line_of(value: Any, pointer: str) -> int:
    """Return the line of the innermost object that a JSON Pointer passes."""
    line = 1
    for token in ["", *pointer.split("/")[1:]]:
        if token and isinstance(value, list):
            value = value[int(token)]
        elif token and isinstance(value, dict):
            value = value.get(unescape_token(token))
        if isinstance(value, LocatedObject):
            line = value.line
    return line


def _reject_constant(name: str) -> None:
    raise ValueError(name)
