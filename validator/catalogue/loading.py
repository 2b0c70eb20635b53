"""The distribution in `catalog/`, read into a `Catalogue`.

A code stands once, a bridge leads to a code that exists; a broken file is refused whole, with its name and line.
"""

import csv
import datetime
import json
from collections.abc import Iterator
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import CHAPTERS, Rubric, normal_form
from validator.catalogue.systems import ICD10_SE, canonical

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
}
_OPTIONAL = {"icpc2": {"valid_from": str, "valid_to": str}}
_CODES = {"bridges": ("icpc2",), "sex_pairs": ("female", "male")}


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
    danish, bridges, pairs, measures, swedish = (_read(table, folder, codes) for table in _TABLES if table != "icpc2")
    return Catalogue(
        [*map(_rubric, rubrics), *_danish_process_codes(danish, {row["code"]: int(row["component"]) for row in rubrics})],
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
    seen: set[tuple[str, ...]] = set()
    with path.open("rb") as file:
        # Decoded line by line, so that a wrong byte is told at its line.
        reader = csv.DictReader((line.decode() for line in file), strict=True)
        try:
            header = set(reader.fieldnames or ())
            if wrong := (columns.keys() - header) | (header - columns.keys() - _OPTIONAL.get(table, {}).keys()):
                raise ValueError(f"unknown or missing columns: {', '.join(sorted(wrong))}")
            for row in reader:
                _check(table, row, codes)
                identity = tuple(row[column] for column in key)
                if identity in seen:
                    raise ValueError(f"{' -> '.join(identity)} stands twice")
                seen.add(identity)
                yield row
        except UnicodeDecodeError as error:
            raise CatalogueError(f"{path}:{reader.line_num + 1}: not UTF-8") from error
        except (ValueError, csv.Error) as error:
            raise CatalogueError(f"{path}:{max(reader.line_num, 1)}: {error}") from error


def _check(table: str, row: dict[str, str], codes: set[str]) -> None:
    columns, key = _TABLES[table]
    if None in row or None in row.values():
        raise ValueError("the line has too many or too few columns")
    if blank := [column for column in key if not row[column]]:
        raise ValueError(f"{blank[0]} is empty")
    if table == "process_dk" and (row["code"][0] not in CHAPTERS or f"-{row['code'][1:]}" not in codes):
        raise ValueError(f"{row['code']} is not a chapter letter with a process code of icpc2.csv")
    if table == "icd10_se" and row["code"] != canonical(normal_form(row["code"]), ICD10_SE):
        raise ValueError(f"{row['code']} is not written as ICD-10-SE writes it, such as M17.1")
    if stray := [row[column] for column in _CODES.get(table, ()) if row[column] not in codes]:
        raise ValueError(f"{stray[0]} is not a code of icpc2.csv")
    if wrong := [column for column, kind in columns.items() if kind is int and not row[column].isdecimal()]:
        raise ValueError(f"{wrong[0]} is not a number: {row[wrong[0]]}")
    for column in _OPTIONAL.get(table, {}):
        if row.get(column):
            datetime.date.fromisoformat(row[column])


def _rubric(row: dict[str, str]) -> Rubric:
    titles = {"da": row["title_da"], "en": row["title_en"]}
    dates = _date(row.get("valid_from")), _date(row.get("valid_to"))
    return Rubric(row["code"], row["chapter"], int(row["component"]), row["kind"], titles, *dates)


def _danish_process_codes(rows: list[dict[str, str]], components: dict[str, int]) -> Iterator[Rubric]:
    for row in rows:
        code, titles = row["code"], {"da": row["title_da"], "en": row["title_en"]}
        yield Rubric(code, code[0], components[f"-{code[1:]}"], "process", titles)


def _targets(bridges: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """The ICPC-2 codes of each ICD-10 code, the preferred first."""
    targets: dict[str, tuple[str, ...]] = {}
    for row in sorted(bridges, key=lambda row: (row["icd10"], row["preferred"] != "1", row["icpc2"])):
        targets[row["icd10"]] = (*targets.get(row["icd10"], ()), row["icpc2"])
    return targets


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
