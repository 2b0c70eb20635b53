"""The JSON of a request, decoded strictly: each fault has its line and column.

A member must not be repeated in its object (the decoders keep only the last one), and numbers must be finite (RFC 8259).
"""

import json
import re
from collections.abc import Callable

import orjson

from validator.requests.errors import Fault, RequestError
from validator.support.json_pointer import is_nested_deeper
from validator.support.personal_data import has_cpr

MAX_DEPTH = 500  # levels of lists and objects; a contact has five
_SHOWN_NAME_LENGTH = 60
_BACKSLASH = ord("\\")  # searching for one byte is ten times as fast as for two
# A string, with the colon after it if it is a member's name; a brace; a number that Python cannot read. Possessive, so that the
# time is linear.
_TOKEN = re.compile(
    r'"(?P<text>[^"\\]*+(?:\\.[^"\\]*+)*+)"(?P<colon>\s*+:)?'
    r"|(?P<brace>[{}])"
    r"|(?P<number>NaN|-?Infinity|(?<![\d.eE+-])-?\d{4301,}(?![\d.eE]))",
    re.ASCII | re.DOTALL,
)


def decode_json(body: bytes) -> object:
    """Decode UTF-8 JSON. Raises RequestError."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        data = _decode_with_json_module(body)
    else:
        if _may_repeat_members(body, data):
            _refuse_repeated_members(body.decode())
    if body.count(b"[") + body.count(b"{") > MAX_DEPTH and is_nested_deeper(data, MAX_DEPTH):
        raise RequestError([Fault("", "nested-too-deep")])
    return data


def _may_repeat_members(body: bytes, data: object) -> bool:
    """Return whether members may be missing in the data.

    Each has a colon in the body; the other colons are in strings, and counted in both.
    """
    try:
        return (_BACKSLASH in body and b"\\u" in body) or body.count(b":") != orjson.dumps(data).count(b":")
    except orjson.JSONEncodeError:  # nested deeper than orjson encodes
        return True


def _decode_with_json_module(body: bytes) -> object:
    """Decode JSON that orjson refuses: with a byte order mark or a surrogate. Raises RequestError."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8-sig")
        raise _fault_at("not-utf8", before, len(before)) from None
    try:
        data: object = _STRICT_DECODER(text)
    except json.JSONDecodeError as error:
        fault = Fault("", "not-json", {"line": error.lineno, "column": error.colno})
        raise RequestError([fault]) from None
    except RecursionError:
        raise RequestError([Fault("", "nested-too-deep")]) from None
    except ValueError:  # NaN, Infinity, or a whole number of thousands of digits
        start = next((token.start() for token in _TOKEN.finditer(text) if token["number"]), 0)
        raise _fault_at("not-json", text, start) from None
    _refuse_repeated_members(text)
    return data


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


_STRICT_DECODER: Callable[[str], object] = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _refuse_repeated_members(text: str) -> None:
    """Raise RequestError for the first member of valid JSON that its object has already."""
    names: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token["colon"]:
            name = token["text"]
            if "\\" in name:
                name = json.loads(f'"{name}"')
            if name in names[-1]:
                if has_cpr(text):
                    raise RequestError([Fault("", "personal-data")])
                raise _fault_at("repeated-member", text, token.start(), name=_shown_name(name))
            names[-1].add(name)
        elif token["brace"] == "{":
            names.append(set())
        elif token["brace"]:
            names.pop()


def _shown_name(name: str) -> str:
    if has_cpr(name):
        return "…"
    shown = name if len(name) <= _SHOWN_NAME_LENGTH else f"{name[:_SHOWN_NAME_LENGTH]}…"
    return shown.encode(errors="replace").decode()


def _fault_at(key: str, text: str, index: int, **values: object) -> RequestError:
    """Return the error with the line and column of a character, both from 1."""
    line, column = text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
    return RequestError([Fault("", key, {"line": line, "column": column, **values})])
