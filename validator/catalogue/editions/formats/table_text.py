"""The text of a table, in the encoding that its file begins with or that was chosen."""

import re
from typing import NamedTuple

from validator.catalogue.editions.formats.distribution import BrokenFileError
from validator.texts import danish_text

ENCODINGS = ("utf-8", "cp1252")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class TableOptions(NamedTuple):
    """What a command says about a table: its encoding, and the file's column for each of ours."""

    encoding: str = ""
    columns: dict[str, str] | None = None


def decode_table(content: bytes, encoding: str, label: str) -> str:
    """Return the text of a file; a byte order mark takes precedence over `encoding`. Raises BrokenFileError with the line."""
    declared = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "")
    used = declared or encoding or "utf-8"
    try:
        text = content.decode(used)
    except UnicodeDecodeError as error:
        key = "not-in-encoding" if declared or encoding else "cut-character" if error.end == len(content) else "table-not-utf-8"
        name = used.removesuffix("-sig").upper() if declared else encoding
        line = line_number(content[: error.start].decode(used, "ignore"))
        raise BrokenFileError(f"{label}:{line}: {danish_text(f'distribution.{key}', encoding=name)}") from error
    if "\0" in text:
        raise BrokenFileError(f"{label}:{line_number(text.partition(chr(0))[0])}: {danish_text('distribution.null-character')}")
    if not text.strip():
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.empty')}")
    return text


def split_lines(text: str) -> list[str]:
    """Return the lines with their line breaks, which are those of files only."""
    return _LINE.findall(text)


def line_number(before: str) -> int:
    """Return the line on which the text after `before` begins."""
    return len(_LINE_BREAK.findall(before)) + 1
