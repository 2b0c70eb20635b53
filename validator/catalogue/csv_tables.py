"""The CSV files of a catalogue folder: their columns, and the validation of their values.

Synonyms alone are thousands of lines, so values are validated column by column; the first invalid line is reported.
"""

import csv
import datetime
import io
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from validator.catalogue.code_systems import ICD10_SE, canonical_form
from validator.catalogue.rubric import CHAPTERS, normal_form
from validator.catalogue.synonyms_and_notes import NOTE_LANGUAGES, SYNONYM_KINDS, SYNONYM_LANGUAGES, parse_exclusions
from validator.support.errors import UserError
from validator.support.lookalikes import find_lookalikes, replace_lookalikes, show_invisible
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason
from validator.texts.lookalike_texts import lookalike_text

# Returns the fault of a value, None where it is valid; the second argument has the codes that exist.
_Check = Callable[[str, Container[str]], str | None]
_MAX_REASON_LENGTH = 100  # characters


class CatalogueError(UserError):
    """A catalogue folder that cannot be used; the text names file, line and fault, in Danish."""


class _Table(NamedTuple):
    """The columns of a file with their checks; `key` columns identify a line."""

    columns: Mapping[str, _Check | None]
    key: tuple[str, ...]
    optional: Mapping[str, _Check] = MappingProxyType({})


def read_table(name: str, folder: Path, codes: Container[str]) -> list[dict[str, str]]:
    """Read the lines of a file. Raises CatalogueError.

    `codes` are those of the files read before.
    """
    columns = read_columns(name, folder, codes)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def read_columns(name: str, folder: Path, codes: Container[str]) -> dict[str, tuple[str, ...]]:
    """Read a file by column, which is faster where lines are many. Raises CatalogueError."""
    path = folder / f"{name}.csv"
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as error:
        raise CatalogueError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(danish_text("catalogue.not-utf-8", file=path, line=line)) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, lines = next(reader, []), list(filter(None, reader))
    except csv.Error as error:
        raise CatalogueError(danish_text("catalogue.not-csv", file=path, line=reader.line_num, reason=error)) from error
    table = _TABLES[name]
    if wrong := table.columns.keys() ^ set(header) - table.optional.keys():
        raise CatalogueError(danish_text("catalogue.wrong-columns", file=path, columns=", ".join(sorted(wrong))))
    columns, faults = _split_columns(table, header, lines, codes)
    if faults:
        index, fault = min(faults)
        raise CatalogueError(f"{path}:{_line_number(text, index)}: {fault}")
    return columns


def _line_number(text: str, index: int) -> int:
    """Return the number of the last line of a row, by the row's index after the header."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader)
    next(islice(filter(None, reader), index, None))
    return int(reader.line_num)


def _split_columns(
    table: _Table, header: list[str], lines: list[list[str]], codes: Container[str]
) -> tuple[dict[str, tuple[str, ...]], list[tuple[int, str]]]:
    """Return the columns, and the faults with their row index.

    Faults are the first of each column, of line length and of the key.
    """
    valid = next((index for index, length in enumerate(map(len, lines)) if length != len(header)), len(lines))
    faults = [(valid, danish_text("catalogue.column-count"))] if valid < len(lines) else []
    columns = dict(zip(header, zip(*lines[:valid], strict=True), strict=False)) or dict.fromkeys(header, ())
    checks = {**table.columns, **table.optional}
    for column, values in columns.items():
        check = checks[column]
        if check and (invalid := {value: fault for value in set(values) if (fault := check(value, codes))}):
            index = next(index for index, value in enumerate(values) if value in invalid)
            faults.append((index, f"{column} {invalid[values[index]]}"))
    faults += _duplicates(list(zip(*(columns[column] for column in table.key), strict=True)))
    return columns, faults


def _duplicates(keys: list[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    seen: set[tuple[str, ...]] = set()
    for index, key in enumerate(keys if len(set(keys)) < len(keys) else ()):
        if key in seen:
            yield index, danish_text("catalogue.duplicate", value=" -> ".join(key))
        seen.add(key)


def _required(value: str, _codes: Container[str]) -> str | None:
    return None if value else danish_text("catalogue.empty")


def _number(value: str, _codes: Container[str]) -> str | None:
    return None if value.isdecimal() else danish_text("catalogue.not-a-number", value=value)


def _date(value: str, _codes: Container[str]) -> str | None:
    try:
        datetime.date.fromisoformat(value or "0001-01-01")
    except ValueError:
        return danish_text("catalogue.not-a-date", value=value)
    return None


def _lookalikes(value: str) -> str | None:
    found = find_lookalikes(value)
    meant, characters = replace_lookalikes(value), lookalike_text(found, "da")
    return danish_text("catalogue.lookalike", characters=characters, value=meant) if found else None


def _reason(value: str, _codes: Container[str]) -> str | None:
    return None if len(value) <= _MAX_REASON_LENGTH else danish_text("catalogue.too-long", limit=_MAX_REASON_LENGTH)


def _code(value: str, codes: Container[str]) -> str | None:
    return None if value in codes else _lookalikes(value) or danish_text("catalogue.not-a-code", value=show_invisible(value))


def _danish_process_code(value: str, codes: Container[str]) -> str | None:
    is_valid = value[:1] in CHAPTERS and f"-{value[1:]}" in codes
    return None if is_valid else danish_text("catalogue.not-a-process-code", value=value)


def _new_code(value: str, codes: Container[str]) -> str | None:
    return _required(value, codes) or _lookalikes(value)


def _icd10_se_code(value: str, _codes: Container[str]) -> str | None:
    form = canonical_form(normal_form(replace_lookalikes(value)), ICD10_SE)
    return None if value == form else danish_text("catalogue.not-in-icd-10-se-form", value=show_invisible(value), form=form)


def _choice(allowed: tuple[str, ...]) -> _Check:
    return lambda value, _codes: (
        None if value in allowed else danish_text("catalogue.not-allowed", allowed=", ".join(allowed), value=value)
    )


def _exclusions(value: str, codes: Container[str]) -> str | None:
    try:
        unknown = [exclusion.code for exclusion in parse_exclusions(value) if exclusion.code not in codes]
    except ValueError as error:
        return danish_text("catalogue.exclusion-without-code", value=error)
    return danish_text("catalogue.exclusion-to-unknown-code", value=unknown[0]) if unknown else None


_TITLES: dict[str, _Check | None] = {"title_da": None, "title_en": None}
_TABLES: dict[str, _Table] = {
    "icpc2": _Table(
        {"code": _new_code, "chapter": None, "component": _number, "kind": None, **_TITLES, "short_da": None, "short_en": None},
        ("code",),
        {"valid_from": _date, "valid_to": _date},
    ),
    "process_dk": _Table({"code": _danish_process_code, **_TITLES}, ("code",)),
    "bridges": _Table({"icd10": _new_code, "icpc2": _code, "preferred": _number}, ("icd10", "icpc2"), {"reason": _reason}),
    "sex_pairs": _Table({"female": _code, "male": _code, "preferred": _number}, ("female", "male")),
    "kva": _Table({"code": _new_code, "title_sv": None, "title_da": None}, ("code",)),
    "icd10_se": _Table({"code": _icd10_se_code, "title_sv": None, "title_en": None}, ("code",)),
    "synonyms": _Table(
        {
            "code": _code,
            "language": _choice(SYNONYM_LANGUAGES),
            "term": _required,
            "kind": _choice(SYNONYM_KINDS),
            "preferred": _number,
        },
        ("code", "language", "term"),
    ),
    "notes": _Table(
        {
            "code": _code,
            **dict.fromkeys(f"{part}_{language}" for part in ("includes", "use_when") for language in NOTE_LANGUAGES),
            **dict.fromkeys((f"not_here_{language}" for language in NOTE_LANGUAGES), _exclusions),
        },
        ("code",),
    ),
}
