"""Synonyms and notes of rubrics, parsed from the tables `synonyms.csv` and `notes.csv`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import NamedTuple

SYNONYM_LANGUAGES = ("da", "en", "sv")
SYNONYM_KINDS = ("lay", "clinical", "latin", "abbreviation")
NOTE_LANGUAGES = ("da", "en")
_EXCLUSION = re.compile(r"(.+) \((-?[A-Z]?[0-9]{2})\)")


class Synonym(NamedTuple):
    """Another name of a rubric; `preferred` on the one to offer first where several share it."""

    term: str
    language: str
    kind: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What does not belong to a rubric, and the code that it belongs to."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What a rubric includes and excludes, and when to use it, in one language."""

    includes: str | None
    not_here: tuple[Exclusion, ...]
    use_when: str | None


def parse_synonyms(columns: Mapping[str, Iterable[str]]) -> dict[str, tuple[Synonym, ...]]:
    """Return the synonyms of each code in order, from the columns of `synonyms.csv`."""
    by_code: defaultdict[str, list[Synonym]] = defaultdict(list)
    languages, kinds = map(intern, columns["language"]), map(intern, columns["kind"])
    rows = zip(columns["code"], columns["term"], languages, kinds, columns["preferred"], strict=True)
    for code, term, language, kind, preferred in rows:
        by_code[code].append(Synonym(term, language, kind, preferred == "1"))
    return {code: tuple(synonyms) for code, synonyms in by_code.items()}


def parse_notes(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, Notes]]:
    """Return the notes of each code by language, from the rows of `notes.csv`."""
    return {row["code"]: {language: _notes(row, language) for language in NOTE_LANGUAGES} for row in rows}


@cache  # called twice for every line: for validation, then for loading
def parse_exclusions(text: str) -> tuple[Exclusion, ...]:
    """Parse a text such as "strålende smerter i benet (L86); nakken (L83)".

    Raises ValueError with a part without a code.
    """
    matches = [(part, _EXCLUSION.fullmatch(part)) for part in text.split("; ") if text]
    if wrong := [part for part, match in matches if match is None]:
        raise ValueError(wrong[0])
    return tuple(Exclusion(match[1], match[2]) for _, match in matches if match)


def _notes(row: Mapping[str, str], language: str) -> Notes:
    includes, use_when = row[f"includes_{language}"] or None, row[f"use_when_{language}"] or None
    return Notes(includes, parse_exclusions(row[f"not_here_{language}"]), use_when)
