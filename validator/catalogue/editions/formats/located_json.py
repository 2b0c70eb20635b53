"""JSON in which every object knows its line, so that a fault in what it says can be told by it."""

import json
from bisect import bisect_left
from importlib import import_module
from typing import Any

from validator.catalogue.editions.formats.distribution import BrokenFileError


class LocatedObject(dict[str, Any]):
    """An object with the line on which it begins."""

    line = 1


class _Decoder(json.JSONDecoder):
    """The decoder of Python, whose way of reading an object can be replaced as long as its scanner is the one in Python."""

    def __init__(self, text: str) -> None:
        super().__init__(parse_constant=_refuse)
        self._ends = [place for place, character in enumerate(text) if character == "\n"]
        self._object = import_module("json.decoder").JSONObject
        self.parse_object = self._located
        self.scan_once = import_module("json.scanner").py_make_scanner(self)

    def _located(self, place: tuple[str, int], *given: Any) -> tuple[LocatedObject, int]:
        strict, scan, _, _, *memo = given
        pairs, end = self._object(place, strict, scan, None, list, *memo)
        found = LocatedObject(pairs)
        found.line = bisect_left(self._ends, place[1]) + 1
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise json.JSONDecodeError(f'feltet "{twice}" står to gange', *place)
        return found, end


def read_json(content: bytes, label: str) -> Any:
    """The value of a file's content, with `Located` for its objects. Raises BrokenFileError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(f"{label}:{line}: linjen er ikke i UTF-8. Gem filen som UTF-8") from error
    try:
        return _Decoder(text).decode(text)
    except json.JSONDecodeError as error:
        what = error.msg if error.msg.startswith("feltet") else "filen er ikke hel JSON; den er måske afkortet"
        raise BrokenFileError(f"{label}:{error.lineno}: {what}") from error
    except RecursionError as error:
        raise BrokenFileError(f"{label}:1: filen er for dybt indlejret") from error
    except ValueError as error:  # a number of thousands of digits, or one that is none
        raise BrokenFileError(f"{label}:1: filen har et tal, der ikke er JSON") from error


def _refuse(name: str) -> None:
    raise ValueError(name)
