"""Slips of the pen that YAML reports elsewhere or not at all: curly quotes, and a colon without a blank after it."""

import re
from typing import NamedTuple

_CURLY_DOUBLE = "“”„‟"
_CURLY = f"{_CURLY_DOUBLE}‘’‚‛"
_NO_BLANK = re.compile(r"(?:^|[{,]|(?:^|\s)-)\s*([a-z_]+):(?=[^\s/,}\]])")
_NO_BLANK_IN_TEXT = re.compile(r"([a-z_]+):([^\s/].*)", re.DOTALL)
_ANY_CURLY = re.compile(f"[{_CURLY_DOUBLE}]")
_QUOTED = re.compile('"[^"]*"')
_SKIPPED = re.compile(r"\s*(#.*)?")


class Slip(NamedTuple):
    """A slip as the id of its problem, its place from 1, and the values of its text."""

    problem: str
    line: int
    column: int
    values: dict[str, str]


def find_slip(text: str, line: int) -> Slip | None:
    """Return the slip that a parser's error on a line comes from; None where none is likely.

    The parser notices a missing blank only at the end of the text that it makes of the line, which may be lines below.
    """
    lines = text.split("\n")
    curly = _curly_used_as_quote(_line(lines, line))
    if curly is not None:
        return Slip("curly-quotes", line, curly.start() + 1, {"character": curly[0]})
    found: Slip | None = None
    for number in range(min(line, len(lines)), 0, -1):
        slip = _NO_BLANK.search(_line(lines, number))
        if slip is not None:
            found = Slip("no-blank", number, slip.start(1) + 1, {"key": slip[1]})
        elif number < line and _SKIPPED.fullmatch(_line(lines, number)) is None:
            break
    return found


def key_without_blank(value: object) -> str | None:
    """Return the key of a text such as "codes:[L86]" where a mapping is expected."""
    slip = _NO_BLANK_IN_TEXT.match(value) if isinstance(value, str) else None
    return slip[1] if slip else None


def curly_quote(text: str) -> str | None:
    """Return the curly quote that an unquoted text begins or ends with, so that YAML makes it a part of the text."""
    if text[:1] and text[0] in _CURLY:
        return text[0]
    return text[-1] if text[-1:] and text[-1] in _CURLY_DOUBLE and not set(text[:-1]) & set(_CURLY_DOUBLE) else None


def without_curly_quotes(text: str) -> str:
    """Return a text without the curly quotes around it."""
    return text.strip(_CURLY)


def _curly_used_as_quote(line: str) -> re.Match[str] | None:
    """Return the first curly quote of a line outside of quoted texts, or the first of all where a quoted text does not end."""
    unclosed = line.count('"') % 2 == 1
    return _ANY_CURLY.search(line if unclosed else _QUOTED.sub(lambda quoted: " " * len(quoted[0]), line))


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if number <= len(lines) else ""
