"""The CSV files of a catalogue folder: the columns of each, and what may stand in them.

They are checked column by column, since the words alone are thousands of lines; what is told is the first line that is wrong.
"""

import csv
import datetime
import io
from collections.abc import Callable, Container, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from validator.catalogue.code_systems import ICD10_SE, canonical
from validator.catalogue.rubric import CHAPTERS, normal_form
from validator.catalogue.synonyms_and_notes import KINDS, LANGUAGES, NOTE_LANGUAGES, elsewhere
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

# What is wrong with a value, given the codes that exist; None where nothing is.
_Check = Callable[[str, Container[str]], str | None]


class CatalogueError(Exception):
    """A catalogue folder that cannot be used; the text names file, line and what is wrong."""


class _Table(NamedTuple):
    """The columns of a file with their checks, those that no two lines have in common, and those that may be left out."""

    columns: Mapping[str, _Check | None]
    key: tuple[str, ...]
    optional: Mapping[str, _Check] = MappingProxyType({})


def read_table(name: str, folder: Path, codes: Container[str]) -> list[dict[str, str]]:
    """The lines of a file; `codes` are those that exist so far. Raises CatalogueError."""
    columns = read_columns(name, folder, codes)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def read_columns(name: str, folder: Path, codes: Container[str]) -> dict[str, tuple[str, ...]]:
    """The same by column, where lines are many."""
    path = folder / f"{name}.csv"
    try:
        content = path.read_bytes()
        text = content.decode()
    except OSError as error:
        raise CatalogueError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{path}:{line}: linjen er ikke UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header, lines = next(reader, []), list(filter(None, reader))
    except csv.Error as error:
        raise CatalogueError(f"{path}:{reader.line_num}: filen er ikke CSV ({error})") from error
    table = _TABLES[name]
    if wrong := table.columns.keys() ^ set(header) - table.optional.keys():
        raise CatalogueError(f"{path}:1: kolonner, der mangler eller ikke kendes: {', '.join(sorted(wrong))}")
    columns, faults = _checked(table, header, lines, codes)
    if faults:
        place, told = min(faults)
        raise CatalogueError(f"{path}:{_line(text, place)}: {told}")
    return columns


def _line(text: str, place: int) -> int:
    """The number of the line that ends what stands at a place behind the header."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader)
    next(islice(filter(None, reader), place, None))
    return int(reader.line_num)


def _checked(
    table: _Table, header: list[str], lines: list[list[str]], codes: Container[str]
) -> tuple[dict[str, tuple[str, ...]], list[tuple[int, str]]]:
    """The columns, and what is wrong with its place: the first fault of each column, of a line's length, and of the key."""
    whole = next((place for place, length in enumerate(map(len, lines)) if length != len(header)), len(lines))
    faults = [(whole, "linjen har for mange eller for få kolonner")] if whole < len(lines) else []
    columns = dict(zip(header, zip(*lines[:whole], strict=True), strict=False)) or dict.fromkeys(header, ())
    checks = {**table.columns, **table.optional}
    for column, values in columns.items():
        check = checks[column]
        if check and (told := {value: wrong for value in set(values) if (wrong := check(value, codes))}):
            place = next(place for place, value in enumerate(values) if value in told)
            faults.append((place, f"{column} {told[values[place]]}"))
    faults += _doubles(list(zip(*(columns[column] for column in table.key), strict=True)))
    return columns, faults


def _doubles(keys: list[tuple[str, ...]]) -> Iterator[tuple[int, str]]:
    seen: set[tuple[str, ...]] = set()
    for place, key in enumerate(keys if len(set(keys)) < len(keys) else ()):
        if key in seen:
            yield place, f"{' -> '.join(key)} står to gange"
        seen.add(key)


def _given(value: str, _codes: Container[str]) -> str | None:
    return None if value else "er tom"


def _number(value: str, _codes: Container[str]) -> str | None:
    return None if value.isdecimal() else f"er ikke et tal: {value}"


def _date(value: str, _codes: Container[str]) -> str | None:
    try:
        datetime.date.fromisoformat(value or "0001-01-01")
    except ValueError:
        return f"er ikke en dato: {value}"
    return None


def _code(value: str, codes: Container[str]) -> str | None:
    return None if value in codes else f"er ikke en kode i kataloget: {value}"


def _danish_process(value: str, codes: Container[str]) -> str | None:
    known = value[:1] in CHAPTERS and f"-{value[1:]}" in codes
    return None if known else f"er ikke et kapitels bogstav med en proceskode fra icpc2.csv: {value}"


def _swedish(value: str, _codes: Container[str]) -> str | None:
    if value == canonical(normal_form(value), ICD10_SE):
        return None
    return f"er ikke skrevet som i ICD-10-SE, fx M17.1: {value}"


def _one_of(allowed: tuple[str, ...]) -> _Check:
    return lambda value, _codes: None if value in allowed else f"er ingen af {', '.join(allowed)}: {value}"


def _places(value: str, codes: Container[str]) -> str | None:
    try:
        stray = [place.code for place in elsewhere(value) if place.code not in codes]
    except ValueError as error:
        return str(error)
    return f"fører ikke til en kode i kataloget: {stray[0]}" if stray else None


_TITLES: dict[str, _Check | None] = {"title_da": None, "title_en": None}
_TABLES: dict[str, _Table] = {
    "icpc2": _Table(
        {"code": _given, "chapter": None, "component": _number, "kind": None, **_TITLES, "short_da": None, "short_en": None},
        ("code",),
        {"valid_from": _date, "valid_to": _date},
    ),
    "process_dk": _Table({"code": _danish_process, **_TITLES}, ("code",)),
    "bridges": _Table({"icd10": _given, "icpc2": _code, "preferred": _number}, ("icd10", "icpc2")),
    "sex_pairs": _Table({"female": _code, "male": _code, "preferred": _number}, ("female", "male")),
    "kva": _Table({"code": _given, "title_sv": None, "title_da": None}, ("code",)),
    "icd10_se": _Table({"code": _swedish, "title_sv": None, "title_en": None}, ("code",)),
    "synonyms": _Table(
        {"code": _code, "language": _one_of(LANGUAGES), "term": _given, "kind": _one_of(KINDS), "preferred": _number},
        ("code", "language", "term"),
    ),
    "notes": _Table(
        {
            "code": _code,
            **dict.fromkeys(f"{part}_{language}" for part in ("includes", "use_when") for language in NOTE_LANGUAGES),
            **dict.fromkeys((f"not_here_{language}" for language in NOTE_LANGUAGES), _places),
        },
        ("code",),
    ),
}
