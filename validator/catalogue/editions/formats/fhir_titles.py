"""Titles of a FHIR concept: its display, and the designations that are titles.

Of several titles in one language, the first of these is used, and the first in the file among equals:

1. the display, where the file says its language (`language` of the CodeSystem);
2. a designation whose `use` is display, preferred or official (of HL7, SNOMED CT or by that name);
3. a designation without a `use`;
4. the display, where the file does not say its language;
5. a fully specified name;
6. a designation with a `use` that is not known.

Synonyms, abbreviations, definitions and notes are no titles. A designation without a language has that of the display, and comes
after all others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator.catalogue.editions.formats.distribution import clean_title

_DECLARED_DISPLAY, _PREFERRED, _WITHOUT_USE, _DISPLAY, _FULL_NAME, _OTHER_USE, _WITHOUT_LANGUAGE = range(7)
# Codes and displays of `use`, as letters and digits only.
_NO_TITLES = frozenset(
    {
        *("synonym", "synonymer", "900000000000013009"),
        *("abbreviation", "forkortelse", "index", "searchterm", "soegeord"),
        *("definition", "textdefinition", "900000000000550004", "description", "beskrivelse"),
        *("note", "comment", "inclusion", "exclusion"),
    }
)
_PREFERRED_USES = (
    *("display", "preferred", "preferredterm", "preferredforlanguage", "900000000000548007", "foretrukkenterm"),
    *("official", "officialdesignation", "officielbetegnelse"),
)
_FULL_NAMES = ("fullyspecifiedname", "fsn", "900000000000003001")
_RANKS = {**dict.fromkeys(_PREFERRED_USES, _PREFERRED), **dict.fromkeys(_FULL_NAMES, _FULL_NAME)}


def read_titles(
    concept: Mapping[str, Any], designations: Sequence[Mapping[str, Any]], language: str, *, declared: bool
) -> dict[str, str]:
    """Return the titles of a concept by language, which is that of the display unless a designation has its own.

    `declared` is true where the file says that language. Raises ValueError with a Danish text.
    """
    best: dict[str, tuple[int, str]] = {}
    for rank, own_language, text in _candidates(concept, designations, declared=declared):
        key = own_language or language
        if key not in best or rank < best[key][0]:
            best[key] = rank, text
    return {key: clean_title(text) for key, (_, text) in sorted(best.items())}


def _candidates(
    concept: Mapping[str, Any], designations: Sequence[Mapping[str, Any]], *, declared: bool
) -> Iterator[tuple[int, str | None, str]]:
    """Yield the rank, the language and the text of each title; None is the language of the display."""
    display = concept.get("display")
    if isinstance(display, str) and display.strip():
        yield (_DECLARED_DISPLAY if declared else _DISPLAY), None, display
    for designation in designations:
        text, language, rank = designation.get("value"), designation.get("language"), _rank(designation.get("use"))
        if rank is None or not isinstance(text, str) or not text.strip():
            continue
        if isinstance(language, str) and language.strip():
            yield rank, primary_language(language), text
        else:
            yield _WITHOUT_LANGUAGE + rank, None, text


def primary_language(tag: str) -> str:
    """Return the language of a tag ("da-DK" gives "da")."""
    return tag.strip().partition("-")[0].lower()


def _rank(use: Any) -> int | None:
    """Return the rank of a designation with a use, None where it is no title."""
    if not isinstance(use, Mapping):
        return _WITHOUT_USE
    names = [normal_name(text) for text in (use.get("code"), use.get("display")) if isinstance(text, str)]
    if not names:
        return _WITHOUT_USE
    if not _NO_TITLES.isdisjoint(names):
        return None
    return next((_RANKS[name] for name in names if name in _RANKS), _OTHER_USE)


def normal_name(text: str) -> str:
    """Return the letters and digits of a name, in small letters without Danish ones ("valid-to" and "validTo" are equal)."""
    lower = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]", "", lower)
