"""The distribution in `catalog/`, read into a `Catalogue`.

A code stands once, a bridge or a note leads to a code that exists; a broken file is refused whole, with its name and line.
"""

import csv
import datetime
import json
from collections.abc import Iterator
from itertools import chain
from operator import itemgetter
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import CHAPTERS, Rubric, normal_form
from validator.catalogue.systems import ICD10_SE, canonical
from validator.catalogue.words import KINDS, LANGUAGES, NOTE_LANGUAGES, Notes, Synonym, elsewhere, notes_of, synonyms_of

_NOT_HERE = tuple(f"not_here_{language}" for language in NOTE_LANGUAGES)
_NOTES = (*(f"{part}_{language}" for part in ("includes", "use_when") for language in NOTE_LANGUAGES), *_NOT_HERE)
_TABLES: dict[str, tuple[dict[str, type], tuple[str, ...]]] = {
    "icpc2": (
        {
            "code": str,
            "chapter": str,
            "component": int,
            "kind": str,
            "title_da": str,
            "title_en": str,
            "short_da": str,
            "short_en": str,
        },
        ("code",),
    ),
    "process_dk": ({"code": str, "title_da": str, "title_en": str}, ("code",)),
    "bridges": ({"icd10": str, "icpc2": str, "preferred": int}, ("icd10", "icpc2")),
    "sex_pairs": ({"female": str, "male": str, "preferred": int}, ("female", "male")),
    "kva": ({"code": str, "title_sv": str, "title_da": str}, ("code",)),
    "icd10_se": ({"code": str, "title_sv": str, "title_en": str}, ("code",)),
    "synonyms": (
        {"code": str, "language": str, "term": str, "kind": str, "preferred": int},
        ("code", "language", "term"),
    ),
    "notes": ({"code": str, **dict.fromkeys(_NOTES, str)}, ("code",)),
}
_OPTIONAL = {"icpc2": {"valid_from": str, "valid_to": str}}
_CODES = {"bridges": ("icpc2",), "sex_pairs": ("female", "male"), "synonyms": ("code",), "notes": ("code",)}
_PLACES = {"notes": _NOT_HERE}
_NUMBERS = {table: tuple(column for column, kind in columns.items() if kind is int) for table, (columns, _) in _TABLES.items()}
_CHOICES = {"synonyms": {"language": LANGUAGES, "kind": KINDS}}


class CatalogueError(Exception):
    """A catalogue folder that cannot be used; the text names file, line and what is wrong."""


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder that holds `edition.json` and the CSV files of `catalog/`. Raises CatalogueError."""
    try:
        edition = json.loads((folder / "edition.json").read_text(encoding="utf-8"))
        name, source = edition["name"], {"title": edition["title"], "date": edition["date"]}
        if not all(isinstance(text, str) for text in (name, *source.values())):
            raise ValueError("name, title and date must be texts")
    except OSError as error:
        raise CatalogueError(f"{folder / 'edition.json'}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CatalogueError(f"{folder / 'edition.json'}: {error}") from error
    codes: set[str] = set()
    rubrics = _read("icpc2", folder, codes)
    codes.update(row["code"] for row in rubrics)
    danish, bridges, pairs, measures, swedish = (
        _read(table, folder, codes) for table in ("process_dk", "bridges", "sex_pairs", "kva", "icd10_se")
    )
    codes.update(row["code"] for row in danish)
    synonyms, notes = synonyms_of(_read("synonyms", folder, codes)), notes_of(_read("notes", folder, codes))
    danish_rows = _as_rubrics(danish, {row["code"]: row["component"] for row in rubrics})
    return Catalogue(
        [_rubric(row, synonyms.get(row["code"], ()), notes.get(row["code"], {})) for row in chain(rubrics, danish_rows)],
        edition=name,
        source=source,
        bridges=_targets(bridges),
        counterparts={
            **{row["female"]: row["male"] for row in pairs},
            **{row["male"]: row["female"] for row in pairs if row["preferred"] == "1"},
        },
        measures={row["code"]: {"sv": row["title_sv"], "da": row["title_da"]} for row in measures},
        icd10_se={row["code"]: {"sv": row["title_sv"], "en": row["title_en"]} for row in swedish},
    )


def _read(table: str, folder: Path, codes: set[str]) -> list[dict[str, str]]:
    path = folder / f"{table}.csv"
    try:
        return list(_rows(table, path, codes))
    except OSError as error:
        raise CatalogueError(f"{path}: {error.strerror}") from error


def _rows(table: str, path: Path, codes: set[str]) -> Iterator[dict[str, str]]:
    columns, key = _TABLES[table]
    identify = itemgetter(*key)
    seen: set[str | tuple[str, ...]] = set()
    with path.open("rb") as file:
        # Decoded line by line, so that a wrong byte is told at its line.
        reader = csv.reader((line.decode() for line in file), strict=True)
        try:
            header = next(reader, [])
            if wrong := columns.keys() ^ set(header) - _OPTIONAL.get(table, {}).keys():
                raise ValueError(f"unknown or missing columns: {', '.join(sorted(wrong))}")
            for values in filter(None, reader):
                if len(values) != len(header):
                    raise ValueError("the line has too many or too few columns")
                row = dict(zip(header, values, strict=True))
                _check(table, row, codes)
                identity = identify(row)
                if identity in seen:
                    raise ValueError(f"{identity if len(key) == 1 else ' -> '.join(identity)} stands twice")
                seen.add(identity)
                yield row
        except UnicodeDecodeError as error:
            raise CatalogueError(f"{path}:{reader.line_num + 1}: not UTF-8") from error
        except (ValueError, csv.Error) as error:
            raise CatalogueError(f"{path}:{max(reader.line_num, 1)}: {error}") from error


def _check(table: str, row: dict[str, str], codes: set[str]) -> None:
    """Raises ValueError for a row that is wrong in itself. Plain loops, since the words alone are thousands of rows."""
    for column in _TABLES[table][1]:
        if not row[column]:
            raise ValueError(f"{column} is empty")
    if table == "process_dk" and (row["code"][0] not in CHAPTERS or f"-{row['code'][1:]}" not in codes):
        raise ValueError(f"{row['code']} is not a chapter letter with a process code of icpc2.csv")
    if table == "icd10_se" and row["code"] != canonical(normal_form(row["code"]), ICD10_SE):
        raise ValueError(f"{row['code']} is not written as ICD-10-SE writes it, such as M17.1")
    for column in _CODES.get(table, ()):
        if row[column] not in codes:
            raise ValueError(f"{row[column]} is not a code of the catalogue")
    for column in _PLACES.get(table, ()):
        for place in elsewhere(row[column]):
            if place.code not in codes:
                raise ValueError(f"{place.code} is not a code of the catalogue")
    for column in _NUMBERS[table]:
        if not row[column].isdecimal():
            raise ValueError(f"{column} is not a number: {row[column]}")
    for column, allowed in _CHOICES.get(table, {}).items():
        if row[column] not in allowed:
            raise ValueError(f"{column} is none of {', '.join(allowed)}: {row[column]}")
    for column in _OPTIONAL.get(table, {}):
        if row.get(column):
            datetime.date.fromisoformat(row[column])


def _rubric(row: dict[str, str], synonyms: tuple[Synonym, ...], notes: dict[str, Notes]) -> Rubric:
    titles = {"da": row["title_da"], "en": row["title_en"]}
    short = {language: row[f"short_{language}"] for language in titles if row.get(f"short_{language}")}
    dates = _date(row.get("valid_from")), _date(row.get("valid_to"))
    return Rubric(row["code"], row["chapter"], int(row["component"]), row["kind"], titles, *dates, short, synonyms, notes)


def _as_rubrics(rows: list[dict[str, str]], components: dict[str, str]) -> Iterator[dict[str, str]]:
    """The Danish process codes as rows of `icpc2.csv`, without short titles."""
    for row in rows:
        code = row["code"]
        yield {**row, "chapter": code[0], "component": components[f"-{code[1:]}"], "kind": "process"}


def _targets(bridges: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """The ICPC-2 codes of each ICD-10 code, the preferred first."""
    targets: dict[str, tuple[str, ...]] = {}
    for row in sorted(bridges, key=lambda row: (row["icd10"], row["preferred"] != "1", row["icpc2"])):
        targets[row["icd10"]] = (*targets.get(row["icd10"], ()), row["icpc2"])
    return targets


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
