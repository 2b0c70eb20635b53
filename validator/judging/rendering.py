"""Render hits as findings.

Fixed texts and rule texts have their placeholders filled in the reader's language.
"""

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Finding, Hit
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule, Texts
from validator.support.lookalikes import show_invisible
from validator.texts import FINDINGS, alternatives, written_date

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_MAX_QUOTE = 40  # characters of a value that a caller sent


class FindingRenderer:
    """Render hits with the texts of one release."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._rules: dict[str, Rule] = {rule.id: rule for rule in release.rules}

    def render(self, hit: Hit, language: str, catalogue: Catalogue) -> Finding:
        """Render a hit in a language, with a catalogue's titles.

        A text that lacks the language is in the pack's own.
        """
        if hit.wording is not None:
            message, explanation = FINDINGS[language][hit.wording]
        else:
            rule = self._rules[hit.rule]
            message, explanation = self._translate(rule.message, language), self._translate(rule.explanation, language)
        values = {name: self._format(name, value, language) for name, value in hit.values.items()}
        if "code" in hit.values:
            values["title"] = self._title(str(hit.values["code"]), hit.system, language, catalogue) or ""
        suggestions = tuple(
            item._replace(
                title=self._course(item.course, language)
                if item.course
                else self._title(item.code, item.system, language, catalogue)
            )
            for item in hit.suggestions
        )
        return Finding(hit, _fill(message, values), _fill(explanation, values), suggestions)

    def _format(self, name: str, value: object, language: str) -> str:
        match value:
            case datetime.date():
                return written_date(value, language)
            case tuple():
                return alternatives(value, language)
            case Mapping():
                return self._translate(value, language)
            case str() if name in ("course", "other"):
                return self._course(value, language)
            case _:
                text = show_invisible(str(value))
                return text if len(text) <= _MAX_QUOTE else f"{text[: _MAX_QUOTE - 1]}…"

    def _title(self, code: str | None, system: str | None, language: str, catalogue: Catalogue) -> str | None:
        return catalogue.title(code or "", language, system or self._release.system)

    def _course(self, course: str, language: str) -> str:
        return self._translate(self._release.courses[course].title, language)

    def _translate(self, texts: Texts, language: str) -> str:
        return texts.get(language) or texts.get(self._release.language, "")


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Fill in placeholders by name only, since a rule's text is untrusted.

    The brackets of a missing title are dropped.
    """
    if not values.get("title"):
        text = text.replace(" ({title})", "")
    parts = _split(text)
    return "".join([values.get(part, "") if number % 2 else part for number, part in enumerate(parts)])


@lru_cache(maxsize=4096)
def _split(text: str) -> list[str]:
    """Split a text into parts, of which every other one is the name of a placeholder."""
    return _PLACEHOLDER.split(text)
