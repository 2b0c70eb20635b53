"""The words of a rubric beside its titles: what it is also called, and notes on when it is right; from the rows of their tables."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from sys import intern
from typing import NamedTuple

LANGUAGES = ("da", "en", "sv")
KINDS = ("lay", "clinical", "latin", "abbreviation")
NOTE_LANGUAGES = ("da", "en")
_PLACE = re.compile(r"(.+) \((-?[A-Z]?[0-9]{2})\)")


class Synonym(NamedTuple):
    """What a rubric is also called; `preferred` where, of several rubrics called so, it is the one to offer first."""

    term: str
    language: str
    kind: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What does not belong to a rubric, and the code where it does."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What a rubric includes, what does not belong to it, and when to use it, in one language; None where nothing is said."""

    includes: str | None
    not_here: tuple[Elsewhere, ...]
    use_when: str | None


def synonyms_of(columns: Mapping[str, Iterable[str]]) -> dict[str, tuple[Synonym, ...]]:
    """The synonyms of each code, in the order of the lines of `synonyms.csv`, from its columns."""
    found: defaultdict[str, list[Synonym]] = defaultdict(list)
    languages, kinds = map(intern, columns["language"]), map(intern, columns["kind"])
    rows = zip(columns["code"], columns["term"], languages, kinds, columns["preferred"], strict=True)
    for code, term, language, kind, preferred in rows:
        found[code].append(Synonym(term, language, kind, preferred == "1"))
    return {code: tuple(synonyms) for code, synonyms in found.items()}


def notes_of(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, Notes]]:
    """The notes of each code by language, from the rows of `notes.csv`."""
    return {row["code"]: {language: _notes(row, language) for language in NOTE_LANGUAGES} for row in rows}


@cache  # the lines are checked first, and then read
def elsewhere(text: str) -> tuple[Elsewhere, ...]:
    """The places of a line such as "strålende smerter i benet (L86); nakken (L83)". Raises ValueError for one without a code."""
    places = [(part, _PLACE.fullmatch(part)) for part in text.split("; ") if text]
    if wrong := [part for part, match in places if match is None]:
        raise ValueError(f"mangler en kode i parentes til sidst: {wrong[0]}")
    return tuple(Elsewhere(match[1], match[2]) for _, match in places if match)


def _notes(row: Mapping[str, str], language: str) -> Notes:
    includes, use_when = row[f"includes_{language}"] or None, row[f"use_when_{language}"] or None
    return Notes(includes, elsewhere(row[f"not_here_{language}"]), use_when)
