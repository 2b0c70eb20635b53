"""Reader of a distribution as CSV, with semicolon, comma or tab.

The columns are those that `kodevagt catalog export` writes, or some of them, or those that the command names.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from validator.catalogue.editions.formats.distribution import (
    BrokenFileError,
    Distribution,
    DistributionRow,
    clean_title,
    parse_first_day,
    parse_last_day,
    quoted,
)
from validator.catalogue.editions.formats.table_text import TableOptions, decode_table, split_lines
from validator.support.errors import UserError
from validator.support.personal_data import any_has_cpr, has_cpr
from validator.support.spreadsheet_csv import unguarded
from validator.texts import danish_text

_TITLE_COLUMN = re.compile(r"title(?:_([a-z]{2}))?")
COLUMNS = ("code", "chapter", "component", "kind", "valid_from", "valid_to")
_DELIMITERS = ",;\t"  # where a first line has as many of several, the first is used
_MAX_HEADER = 400  # characters of column names in a message
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)  # Excel's


def read_csv(content: bytes, path: Path, language: str, options: TableOptions) -> Distribution:
    """Read a CSV file. Raises BrokenFileError."""
    label = str(path)
    text = decode_table(content, options.encoding, label)
    lines = split_lines(text)
    separator = _SEPARATOR_LINE.fullmatch(lines[0])
    if separator and separator[1] not in _DELIMITERS:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.separator', value=quoted(separator[1]))}")
    first = 2 if separator else 1
    delimiter = separator[1] if separator else _delimiter(lines[0])
    rows = tuple(read_rows(label, lines[first - 1 :], delimiter, language, options.columns, first))
    notes: tuple[str, ...] = ()
    if rows and rows[-1].line == len(lines) and not text.endswith(("\n", "\r")):
        shown = quoted(" ".join([rows[-1].code, *rows[-1].titles.values()]))
        notes = (danish_text("distribution.no-final-line-break", row=shown),)
    return Distribution(label, path.stem, path.stem, rows, notes=notes)


def parse_columns(text: str) -> dict[str, str]:
    """Return the file's column for each of ours, from "code=KODE,title_da=TEKST". Raises UserError."""
    columns: dict[str, str] = {}
    try:
        parts = next(csv.reader([text]), [])
    except csv.Error as error:  # a line break, or a field that is too long
        raise UserError(_columns_fault(text)) from error
    for part in parts:
        name, _, column = (word.strip() for word in part.partition("="))
        if not column or name in columns or not (name in COLUMNS or _TITLE_COLUMN.fullmatch(name)):
            raise UserError(_columns_fault(part))
        columns[name] = column
    if "code" not in columns or not any(map(_TITLE_COLUMN.fullmatch, columns)):
        raise UserError(danish_text("distribution.columns-incomplete"))
    return columns


def _columns_fault(part: str) -> str:
    return danish_text("distribution.columns-form", part=quoted(part), known=", ".join(COLUMNS[1:]))


def read_rows(
    label: str, lines: Iterable[str], delimiter: str, language: str, columns: Mapping[str, str] | None = None, first: int = 1
) -> Iterator[DistributionRow]:
    """Yield the rows of a table whose first line, number `first` of the file, has the column names. Raises BrokenFileError.

    With `columns`, the file's column for each of ours, its other columns are not read.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    read = 0  # lines of the rows before
    try:
        header = _without_personal_data(next(reader, []))
        used = _chosen_columns(header, columns) if columns else _own_columns(header)
        for fields in reader:
            _without_personal_data(fields)
            if fields and len(fields) != len(header):
                raise ValueError(danish_text("distribution.field-count", count=len(header)))
            if any(fields):
                yield _row(reader.line_num + first - 1, {name: fields[number] for name, number in used.items()}, language)
            read = reader.line_num
    except csv.Error as error:  # reported on the line where the row begins
        fault = "field-too-long" if "field limit" in str(error) else "open-quote"
        raise BrokenFileError(f"{label}:{read + first}: {danish_text(f'distribution.{fault}')}") from error
    except ValueError as error:
        raise BrokenFileError(f"{label}:{max(reader.line_num, 1) + first - 1}: {error}") from error


def _delimiter(header: str) -> str:
    """Return the delimiter that a line has most of, without those in quotation marks."""
    return max(_DELIMITERS, key=_QUOTED.sub("", header).count)


def _without_personal_data(fields: list[str]) -> list[str]:
    """Return the fields of a line. Raises ValueError for a CPR number, with its column."""
    if any_has_cpr(fields):
        number = next(number for number, field in enumerate(fields, 1) if has_cpr(field))
        place = danish_text("distribution.column", number=number)
        raise ValueError(danish_text("distribution.personal-data", place=place))
    return fields


def _own_columns(header: list[str]) -> dict[str, int]:
    """Return the number of each column, all of which have our names. Raises ValueError with a Danish text."""
    names = [name.strip().lower() for name in header]
    known = ", ".join(COLUMNS[1:])
    found = quoted(", ".join(header), _MAX_HEADER)
    if unknown := [name for name in names if name not in COLUMNS and not _TITLE_COLUMN.fullmatch(name)]:
        shown = quoted(", ".join(unknown), _MAX_HEADER)
        raise ValueError(danish_text("distribution.unknown-column", columns=shown, known=known))
    if duplicates := sorted(name for name, count in Counter(names).items() if count > 1):
        raise ValueError(danish_text("distribution.duplicate-column", column=quoted(duplicates[0])))
    if "code" not in names or not any(map(_TITLE_COLUMN.fullmatch, names)):
        raise ValueError(danish_text("distribution.missing-column", known=known, columns=found))
    return {name: number for number, name in enumerate(names)}


def _chosen_columns(header: list[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return the number of each chosen column. Raises ValueError with a Danish text."""
    names = [_folded(name) for name in header]
    for column in columns.values():
        if (count := names.count(_folded(column))) != 1:
            key = "duplicate-column" if count else "no-such-column"
            found = quoted(", ".join(header), _MAX_HEADER)
            raise ValueError(danish_text(f"distribution.{key}", column=quoted(column), columns=found))
    return {name: names.index(_folded(column)) for name, column in columns.items()}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _row(line: int, row: dict[str, str], language: str) -> DistributionRow:
    values = {name: unguarded(value.strip()) for name, value in row.items()}
    if not values["code"]:
        raise ValueError(danish_text("distribution.no-code"))
    texts = {(match[1] or language): values[name] for name in values if (match := _TITLE_COLUMN.fullmatch(name))}
    titles = {name: clean_title(text) for name, text in sorted(texts.items()) if text}
    component = values.get("component") or None
    if component is not None and component not in tuple("1234567"):
        raise ValueError(danish_text("distribution.component", value=quoted(component)))
    return DistributionRow(
        line,
        values["code"],
        titles,
        parse_first_day(values.get("valid_from", "")),
        parse_last_day(values.get("valid_to", "")),
        values.get("chapter") or None,
        int(component) if component else None,
        values.get("kind") or None,
    )
