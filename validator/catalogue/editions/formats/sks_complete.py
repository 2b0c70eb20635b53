"""Reader of SKScomplete.txt, the register of the Danish Health Data Authority, of which the diagnoses are read.

Lines have a fixed width: kind of record (3 characters), code (20), first day (8), day of the last change (8), last day (8),
text (120), and fields that are not read. The layout is that of the authority's description of its tables (sks-tabelstruktur).
Unverified: the register itself was not available. The last day is taken to be a day on which the code is valid.
"""

import re
from collections import Counter
from pathlib import Path

from validator.catalogue.code_systems import SKS
from validator.catalogue.editions.formats.distribution import (
    BrokenFileError,
    Distribution,
    DistributionRow,
    clean_title,
    parse_first_day,
    parse_last_day,
)
from validator.catalogue.editions.formats.table_text import decode_table, split_lines
from validator.support.personal_data import any_has_cpr
from validator.texts import danish_text

_LINE = re.compile(r"(?P<kind>[A-Za-z]{3})(?P<code>\S.{19})(?P<first>[0-9 ]{8})[0-9 ]{8}(?P<last>[0-9 ]{8})(?P<text>.{0,120})")
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?[A-Za-z]{3}[^\s;,].{19}[0-9]{24}")
_DIAGNOSIS = "dia"
_CATEGORY_LENGTH = 4  # "D" and a category of ICD-10; shorter codes are headings


def is_sks_complete(content: bytes) -> bool:
    """Return whether a file begins with a line of the register."""
    return _BEGINNING.match(content) is not None


def read_sks_complete(content: bytes, path: Path, encoding: str) -> Distribution:
    """Read the diagnoses of the register, in UTF-8 or else in Windows-1252. Raises BrokenFileError."""
    label = str(path)
    text = decode_table(content, encoding or _encoding(content), label)
    lines = [line.rstrip("\r\n") for line in split_lines(text)]
    _refuse_truncation(lines, label)
    rows: list[DistributionRow] = []
    other_kinds: Counter[str] = Counter()
    headings: list[str] = []
    never_valid: list[str] = []
    for number, line in enumerate(lines, 1):
        parts = _LINE.match(line)
        if parts is None:
            if line.strip():
                raise BrokenFileError(f"{label}:{number}: {danish_text('distribution.sks-form')}")
            continue
        if parts["kind"].lower() != _DIAGNOSIS:
            other_kinds[parts["kind"]] += 1
            continue
        row = _row(parts, number, label)
        if len(row.code) < _CATEGORY_LENGTH or not row.code.isalnum():
            headings.append(row.code)
        elif row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            never_valid.append(row.code)
        else:
            rows.append(row)
    if not rows:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.sks-no-diagnoses')}")
    title = danish_text("distribution.sks-title", file=path.name)
    left_out = {
        danish_text(f"distribution.{key}"): tuple(codes)
        for key, codes in (("sks-headings", headings), ("sks-never-valid", never_valid))
        if codes
    }
    notes = _notes(other_kinds)
    return Distribution(label, path.stem, title, tuple(rows), SKS, verified=False, left_out=left_out, notes=notes)


def _row(parts: re.Match[str], number: int, label: str) -> DistributionRow:
    if any_has_cpr([parts["code"], parts["text"]]):  # codes that are left out are shown too
        raise BrokenFileError(f"{label}:{number}: {danish_text('edition.personal-data')}")
    try:
        titles = {"da": clean_title(parts["text"])} if parts["text"].strip() else {}
        return DistributionRow(
            number, parts["code"].strip(), titles, parse_first_day(parts["first"]), parse_last_day(parts["last"])
        )
    except ValueError as error:
        raise BrokenFileError(f"{label}:{number}: {error}") from error


def _encoding(content: bytes) -> str:
    """Return Windows-1252, as the authority writes the file, or UTF-8 where it was saved so."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _refuse_truncation(lines: list[str], label: str) -> None:
    """Raise BrokenFileError where the last line is shorter than the others, which are as long as each other."""
    widths = set(map(len, lines[:-1]))
    if len(widths) == 1 and 0 < len(lines[-1]) < min(widths):
        fault = danish_text("distribution.sks-truncated", length=len(lines[-1]), width=min(widths))
        raise BrokenFileError(f"{label}:{len(lines)}: {fault}")


def _notes(other_kinds: Counter[str]) -> tuple[str, ...]:
    """Return a sentence about the lines that are not diagnoses, none where there are none."""
    if not other_kinds:
        return ()
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(other_kinds.items()))
    return (danish_text("distribution.sks-other-kinds", number=other_kinds.total(), kinds=kinds),)
