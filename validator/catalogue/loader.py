"""Loading of a catalogue folder into a `Catalogue`.

Codes are unique, and bridges and notes lead to existing codes; a file with a fault is rejected with its name and line.
"""

import datetime
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.csv_tables import CatalogueError, read_columns, read_table
from validator.catalogue.rubric import Rubric
from validator.catalogue.synonyms_and_notes import Notes, Synonym, parse_notes, parse_synonyms
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason


def load_catalogue(folder: Path) -> Catalogue:
    """Load a folder with `edition.json` and the CSV files of `catalog/`. Raises CatalogueError."""
    path = folder / "edition.json"
    try:
        edition = json.loads(path.read_text(encoding="utf-8"))
        name, source = edition["name"], {"title": edition["title"], "date": edition["date"]}
        if not all(isinstance(text, str) for text in (name, *source.values())):
            raise ValueError(danish_text("catalogue.head-not-text"))
    except OSError as error:
        raise CatalogueError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CatalogueError(danish_text("catalogue.unusable", file=path, reason=error)) from error
    codes: set[str] = set()
    rubrics = read_table("icpc2", folder, codes)
    codes.update(row["code"] for row in rubrics)
    danish, bridges, pairs, measures, swedish = (
        read_table(table, folder, codes) for table in ("process_dk", "bridges", "sex_pairs", "kva", "icd10_se")
    )
    codes.update(row["code"] for row in danish)
    synonyms, notes = parse_synonyms(read_columns("synonyms", folder, codes)), parse_notes(read_table("notes", folder, codes))
    danish_rows = _process_rows(danish, {row["code"]: row["component"] for row in rubrics})
    return Catalogue(
        [_build_rubric(row, synonyms.get(row["code"], ()), notes.get(row["code"], {})) for row in chain(rubrics, danish_rows)],
        edition=name,
        source=source,
        bridges=_bridge_targets(bridges),
        bridge_reasons={(row["icd10"], row["icpc2"]): row["reason"] for row in bridges if row.get("reason")},
        counterparts={
            **{row["female"]: row["male"] for row in pairs},
            **{row["male"]: row["female"] for row in pairs if row["preferred"] == "1"},
        },
        measures={row["code"]: {"sv": row["title_sv"], "da": row["title_da"]} for row in measures},
        icd10_se={row["code"]: {"sv": row["title_sv"], "en": row["title_en"]} for row in swedish},
    )


def _build_rubric(row: dict[str, str], synonyms: tuple[Synonym, ...], notes: dict[str, Notes]) -> Rubric:
    titles = {"da": row["title_da"], "en": row["title_en"]}
    short = {language: row[f"short_{language}"] for language in titles if row.get(f"short_{language}")}
    dates = _parse_date(row.get("valid_from")), _parse_date(row.get("valid_to"))
    return Rubric(row["code"], row["chapter"], int(row["component"]), row["kind"], titles, *dates, short, synonyms, notes)


def _process_rows(rows: list[dict[str, str]], components: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield the Danish process codes as rows of `icpc2.csv`, without short titles."""
    for row in rows:
        code = row["code"]
        yield {**row, "chapter": code[0], "component": components[f"-{code[1:]}"], "kind": "process"}


def _bridge_targets(bridges: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the ICPC-2 codes of each ICD-10 code, the preferred one first."""
    targets: dict[str, tuple[str, ...]] = {}
    for row in sorted(bridges, key=lambda row: (row["icd10"], row["preferred"] != "1", row["icpc2"])):
        targets[row["icd10"]] = (*targets.get(row["icd10"], ()), row["icpc2"])
    return targets


def _parse_date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
