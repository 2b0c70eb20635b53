"""Message catalogues in Danish, English and Swedish, and dates and lists in each language.

The texts are in TOML files beside this module: `da.toml`, `en.toml` and `sv.toml` for what exists in every language, and
`danish_*.toml` for what only the command line and the authors of rules, cases and catalogues read.
"""

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.lists import format_list

LANGUAGES: tuple[str, ...] = ("da", "en", "sv")
_LOCALES = {"da": "da_DK", "en": "en_GB", "sv": "sv_SE"}
_DANISH_AREAS = ("authoring", "catalogue_files", "command_line", "operations", "rules", "training")


def read_catalogue(name: str) -> dict[str, Any]:
    """Read a message catalogue."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def _read_findings(catalogue: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the message and explanation of each built-in finding.

    Many explanations end in the same note.
    """
    texts: Mapping[str, Mapping[str, str]] = catalogue["findings"]
    return {
        key: (text["message"], text["explanation"].replace("{coding_only}", catalogue["coding_only"]))
        for key, text in texts.items()
    }


_CATALOGUES = {language: read_catalogue(language) for language in LANGUAGES}
FINDINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {key: _read_findings(texts) for key, texts in _CATALOGUES.items()}
PROBLEMS: Mapping[str, Mapping[str, str]] = {language: texts["problems"] for language, texts in _CATALOGUES.items()}
RELEASES: Mapping[str, Mapping[str, str]] = {language: texts["releases"] for language, texts in _CATALOGUES.items()}
LOOKALIKES: Mapping[str, Mapping[str, str]] = {language: texts["lookalikes"] for language, texts in _CATALOGUES.items()}
DANISH: Mapping[str, str] = {key: text for area in _DANISH_AREAS for key, text in read_catalogue(f"danish_{area}").items()}


def problem_text(key: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """Return the text of a request's error, with its placeholders filled in."""
    return PROBLEMS[language][key].format_map(values or {})


def training_text(key: str, language: str, **values: object) -> str:
    """Return a text about coding cases, with its placeholders filled in."""
    text: str = _CATALOGUES[language]["training"][key]
    return text.format_map(values)


def release_text(key: str, language: str, /, **values: object) -> str:
    """Return a text about the entries of a release, or what differs between two releases, with its placeholders filled in."""
    return RELEASES[language][key].format_map(values)


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


@lru_cache(maxsize=1024)
def enumeration(items: Sequence[str], language: str) -> str:
    """Return a list in a language, such as "L84, L86 og L03"."""
    return str(format_list(items, "standard", _LOCALES[language]))
