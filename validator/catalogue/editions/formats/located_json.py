"""JSON decoding that records the line of every object, for error messages."""

import json
from bisect import bisect_left
from importlib import import_module
from typing import Any

from validator.catalogue.editions.formats.distribution import BrokenFileError
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
        self._line_ends = [index for index, character in enumerate(text) if character == "\n"]
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
            duplicate = next(name for name in names if names.count(name) > 1)
            raise _DuplicateMemberError(danish_text("distribution.duplicate-member", name=duplicate), *position)
        return located, end


def read_json(content: bytes, label: str) -> Any:
    """Decode a file's content, with objects as `LocatedObject`. Raises BrokenFileError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(f"{label}:{line}: {danish_text('distribution.not-utf-8')}") from error
    try:
        return _Decoder(text).decode(text)
    except _DuplicateMemberError as error:
        raise BrokenFileError(f"{label}:{error.lineno}: {error.msg}") from error
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"{label}:{error.lineno}: {danish_text('distribution.not-json')}") from error
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.nested-too-deep')}") from error
    except ValueError as error:  # a number with thousands of digits, NaN or Infinity
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.invalid-number')}") from error


def _reject_constant(name: str) -> None:
    raise ValueError(name)
