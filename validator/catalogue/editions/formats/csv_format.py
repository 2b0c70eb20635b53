"""Reader of a distribution as CSV in UTF-8, with comma or semicolon.

The columns are those that `kodevagt catalog export` writes, or some of them.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.catalogue.editions.formats.distribution import (
    MAX_FILE_BYTES,
    BrokenFileError,
    Distribution,
    DistributionRow,
    clean_title,
    parse_day,
    quoted,
)
from validator.support.bounded_files import read_bounded
from validator.support.personal_data import has_cpr
from validator.texts import danish_text

_TITLE_COLUMN = re.compile(r"title(?:_([a-z]{2}))?")
COLUMNS = ("code", "chapter", "component", "kind", "valid_from", "valid_to")


def read_csv(path: Path, language: str) -> Distribution:
    """Read a CSV file. Raises BrokenFileError or OSError."""
    content = read_bounded(path, MAX_FILE_BYTES)
    label = str(path)
    if not content.strip():
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.empty')}")
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    decoded = list(_decode(label, lines[:-1]))  # first, since another encoding may have other line breaks too
    if not lines[-1].endswith((b"\n", b"\r")):
        raise BrokenFileError(f"{label}:{len(lines)}: {danish_text('distribution.no-final-line-break')}")
    delimiter = ";" if lines[0].count(b";") > lines[0].count(b",") else ","
    decoded += _decode(label, lines[-1:], len(lines))
    rows = tuple(read_rows(label, decoded, delimiter, language))
    return Distribution(label, path.stem, path.stem, rows)


def read_rows(label: str, lines: Iterable[str], delimiter: str, language: str) -> Iterator[DistributionRow]:
    """Yield the rows of a table whose first line has the column names. Raises BrokenFileError."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    read = 0  # lines of the rows before
    try:
        columns = [name.strip().lower() for name in _without_personal_data(next(reader, []))]
        _check_columns(columns)
        read = reader.line_num
        for fields in reader:
            read = reader.line_num
            _without_personal_data(fields)
            if fields and len(fields) != len(columns):
                raise ValueError(danish_text("distribution.field-count", count=len(columns)))
            if any(fields):
                yield _row(reader.line_num, dict(zip(columns, fields, strict=True)), language)
    except csv.Error as error:  # reported on the line where the row begins
        fault = "field-too-long" if "field limit" in str(error) else "open-quote"
        raise BrokenFileError(f"{label}:{read + 1}: {danish_text(f'distribution.{fault}')}") from error
    except ValueError as error:
        raise BrokenFileError(f"{label}:{max(reader.line_num, 1)}: {error}") from error


def _without_personal_data(fields: list[str]) -> list[str]:
    """Return the fields of a line. Raises ValueError for a CPR number, with its column."""
    if has_cpr("\n".join(fields)):
        number = next((number for number, field in enumerate(fields, 1) if has_cpr(field)), 1)
        place = danish_text("distribution.column", number=number)
        raise ValueError(danish_text("distribution.personal-data", place=place))
    return fields


def _decode(label: str, lines: list[bytes], first: int = 1) -> Iterator[str]:
    for number, line in enumerate(lines, first):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise BrokenFileError(f"{label}:{number}: {danish_text('distribution.not-utf-8')}") from error


def _check_columns(columns: list[str]) -> None:
    known = ", ".join(COLUMNS[1:])
    if unknown := [name for name in columns if name not in COLUMNS and not _TITLE_COLUMN.fullmatch(name)]:
        raise ValueError(danish_text("distribution.unknown-column", columns=quoted(", ".join(unknown)), known=known))
    if duplicates := sorted(name for name, count in Counter(columns).items() if count > 1):
        raise ValueError(danish_text("distribution.duplicate-column", column=quoted(duplicates[0])))
    if "code" not in columns or not any(map(_TITLE_COLUMN.fullmatch, columns)):
        raise ValueError(danish_text("distribution.missing-column", known=known))


def _row(line: int, row: dict[str, str], language: str) -> DistributionRow:
    values = {name: value.strip() for name, value in row.items()}
    if not values["code"]:
        raise ValueError(danish_text("distribution.no-code"))
    texts = {(match[1] or language): values[name] for name in values if (match := _TITLE_COLUMN.fullmatch(name))}
    titles = {name: clean_title(text) for name, text in sorted(texts.items()) if text}
    component = values.get("component") or None
    if component is not None and component not in tuple("1234567"):
        raise ValueError(danish_text("distribution.component", value=quoted(component)))
    start, end = (values.get(name) for name in ("valid_from", "valid_to"))
    return DistributionRow(
        line,
        values["code"],
        titles,
        parse_day(start) if start else None,
        parse_day(end) if end else None,
        values.get("chapter") or None,
        int(component) if component else None,
        values.get("kind") or None,
    )
