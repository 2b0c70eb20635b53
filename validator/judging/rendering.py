"""Puts hits into words: fixed texts and rule texts, with their placeholders filled in the reader's language."""

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache

from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Finding, Hit
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule, Texts
from validator.texts import FINDINGS, alternatives, written_date

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST = 40  # what a caller sent is quoted no longer than this


class FindingRenderer:
    """The words of one release."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._rules: dict[str, Rule] = {rule.id: rule for rule in release.rules}

    def finding(self, hit: Hit, language: str, catalogue: Catalogue) -> Finding:
        """The hit in a language, with a catalogue's titles; a text that the pack does not have in it comes in the pack's own."""
        if hit.wording is not None:
            message, explanation = FINDINGS[language][hit.wording]
        else:
            rule = self._rules[hit.rule]
            message, explanation = self._of(rule.message, language), self._of(rule.explanation, language)
        words = {name: self._word(name, value, language) for name, value in hit.values.items()}
        if "code" in hit.values:
            words["title"] = self._title(str(hit.values["code"]), hit.system, language, catalogue) or ""
        suggestions = tuple(
            item._replace(
                title=self._course(item.course, language)
                if item.course
                else self._title(item.code, item.system, language, catalogue)
            )
            for item in hit.suggestions
        )
        return Finding(hit, _filled(message, words), _filled(explanation, words), suggestions)

    def _word(self, name: str, value: object, language: str) -> str:
        match value:
            case datetime.date():
                return written_date(value, language)
            case tuple():
                return alternatives(value, language)
            case Mapping():
                return self._of(value, language)
            case str() if name in ("course", "other"):
                return self._course(value, language)
            case _:
                text = str(value)
                return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def _title(self, code: str | None, system: str | None, language: str, catalogue: Catalogue) -> str | None:
        return catalogue.title(code or "", language, system or self._release.system)

    def _course(self, course: str, language: str) -> str:
        return self._of(self._release.courses[course].title, language)

    def _of(self, texts: Texts, language: str) -> str:
        return texts.get(language) or texts.get(self._release.language, "")


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Fills in placeholders by name only: a rule's text is data and can reach nothing else.

    A title that is not there leaves no brackets.
    """
    if not words.get("title"):
        text = text.replace(" ({title})", "")
    parts = _parted(text)
    return "".join([words.get(part, "") if number % 2 else part for number, part in enumerate(parts)])


@lru_cache(maxsize=4096)
def _parted(text: str) -> list[str]:
    """A text in its parts: what stands between placeholders, and every other one the name of a placeholder."""
    return _PLACEHOLDER.split(text)
