"""Message catalogues in Danish, English and Swedish, and dates and lists in each language."""

import datetime
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel.dates import format_date
from babel.lists import format_list

from validator.texts import authoring, catalogue_files, command_line, da, en, operations, rules, sv, training

LANGUAGES: tuple[str, ...] = ("da", "en", "sv")
FINDINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {"da": da.FINDINGS, "en": en.FINDINGS, "sv": sv.FINDINGS}
PROBLEMS: Mapping[str, Mapping[str, str]] = {"da": da.PROBLEMS, "en": en.PROBLEMS, "sv": sv.PROBLEMS}
# Texts in Danish only: what the command line prints, and what authors of rules, cases and catalogues read.
DANISH: Mapping[str, str] = {
    **authoring.TEXTS,
    **catalogue_files.TEXTS,
    **command_line.TEXTS,
    **operations.TEXTS,
    **rules.TEXTS,
    **training.TEXTS,
}
_LOCALES = {"da": "da_DK", "en": "en_GB", "sv": "sv_SE"}


def problem_text(key: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """Return the text of a request's error, with its placeholders filled in."""
    return PROBLEMS[language][key].format_map(values or {})


def danish_text(key: str, **values: object) -> str:
    """Return a text that exists in Danish only, with its placeholders filled in."""
    return DANISH[key].format_map(values)


@lru_cache(maxsize=1024)
def written_date(date: datetime.date, language: str) -> str:
    """Return a date in a language, such as "1. april 2025"."""
    return str(format_date(date, "long", _LOCALES[language]))


@lru_cache(maxsize=1024)
def alternatives(items: Sequence[str], language: str) -> str:
    """Return a list of alternatives in a language, such as "L84, L86 eller L03"."""
    return str(format_list(items, "or", _LOCALES[language]))
