"""JSON decoding that records the line of every object, for error messages."""

import json
import re
from bisect import bisect_left
from collections import Counter
from importlib import import_module
from typing import Any

from validator.catalogue.editions.formats.distribution import BrokenFileError, quoted
from validator.support.json_pointer import unescape_token
from validator.support.personal_data import find_cpr_pointers, has_cpr
from validator.texts import danish_text


class LocatedObject(dict[str, Any]):
    """An object with the line on which it begins."""

    line = 1


class _DuplicateMemberError(json.JSONDecodeError):
    """An object with two members of one name; the message is in Danish."""


class _Decoder(json.JSONDecoder):
    """A decoder that records the line of objects.

    Only the scanner written in Python lets the parser of objects be replaced.
    """

    def __init__(self, text: str) -> None:
        super().__init__(parse_constant=_reject_constant)
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._parse_object = import_module("json.decoder").JSONObject
        self.parse_object = self._parse_located
        self.scan_once = import_module("json.scanner").py_make_scanner(self)

    def _parse_located(self, position: tuple[str, int], *arguments: Any) -> tuple[LocatedObject, int]:
        strict, scan, _, _, *memo = arguments
        pairs, end = self._parse_object(position, strict, scan, None, list, *memo)
        located = LocatedObject(pairs)
        located.line = bisect_left(self._line_ends, position[1]) + 1
        if len(located) != len(pairs):
            names = [name for name, _ in pairs]
            duplicate = next(name for name, count in Counter(names).items() if count > 1)
            name = danish_text("distribution.not-shown") if has_cpr(duplicate) else quoted(duplicate)
            raise _DuplicateMemberError(danish_text("distribution.duplicate-member", name=name), *position)
        return located, end


def read_json(content: bytes, label: str) -> Any:
    """Decode a file's content, with objects as `LocatedObject`. Raises BrokenFileError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(f"{label}:{line}: {danish_text('distribution.not-utf-8')}") from error
    try:
        value = _Decoder(text).decode(text)
        _refuse_personal_data(value, label)
        return value
    except _DuplicateMemberError as error:
        raise BrokenFileError(f"{label}:{error.lineno}: {error.msg}") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"{label}:{error.lineno}: {danish_text('distribution.not-json')}") from error
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.nested-too-deep')}") from error
    except ValueError as error:  # a number with thousands of digits, NaN or Infinity
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.invalid-number')}") from error


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
