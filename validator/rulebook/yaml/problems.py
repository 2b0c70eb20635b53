"""Problems in rule files.

Each has its place, the line and, in Danish, what is wrong and what to write instead.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from rapidfuzz import process

from validator.rulebook.yaml.problem_texts import TEXTS, Wording
from validator.support.errors import UserError
from validator.support.lookalikes import INVISIBLE_SIGN, find_lookalikes, replace_lookalikes, show_invisible
from validator.texts import danish_text
from validator.texts.lookalike_texts import lookalike_text

MAX_PROBLEMS = 200  # of a release or a folder of cases; the others are counted
_MAX_WORD_LENGTH = 60
_MAX_VALUE_LENGTH = 1000  # the longest list of allowed values fits
_EXCERPT_LENGTH = 100  # characters
_LINE_BREAK = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_BESIDE_ANOTHER = re.compile(r"(?<=\s)\s|\s(?=\s)")

ProblemSeverity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem at a place.

    `id` and `values` select and fill its text in `texts`; `line` is the line at the place. `accepted` is for a warning
    that has to be accepted before the release is published.
    """

    texts: ClassVar[Mapping[str, Wording]] = TEXTS

    id: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    line: str = ""
    accepted: bool = False

    @property
    def severity(self) -> ProblemSeverity:
        """Errors prevent the release from being published; a warning does so only until it is accepted."""
        return "warning" if self.texts[self.id].warning else "error"

    @property
    def needs_acceptance(self) -> bool:
        """Whether it is a warning that has to be accepted, also where it is."""
        return self.texts[self.id].accept

    @property
    def prevents_publishing(self) -> bool:
        return self.severity == "error" or (self.needs_acceptance and not self.accepted)

    @property
    def what(self) -> str:
        """What is wrong, on one line."""
        return self._filled(self.texts[self.id].what)

    @property
    def instead(self) -> str:
        """What to write instead."""
        return self._filled(self.texts[self.id].instead)

    @property
    def text(self) -> str:
        return f"{self.what} {self.instead}".rstrip()

    @property
    def excerpt(self) -> str:
        """The part of the line around the place, without indentation."""
        if len(self.line) <= _EXCERPT_LENGTH:
            return _printable(self.line)
        start = 0 if self.place.column <= _EXCERPT_LENGTH - 20 else self.place.column - _EXCERPT_LENGTH // 2
        shown = _printable(self.line[start : start + _EXCERPT_LENGTH])
        before = "…" if start else ""
        after = "…" if start + _EXCERPT_LENGTH < len(self.line) else ""
        return f"{before}{shown}{after}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    def _filled(self, text: str) -> str:
        return text.format_map({name: _quoted(value) for name, value in self.values.items()}).rstrip()


class WithProblems:
    """A result with the problems that were found in it."""

    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]

    @property
    def unaccepted(self) -> list[str]:
        """The ids of the warnings that have still to be accepted, in the order of their places."""
        return list(dict.fromkeys(item.id for item in self.warnings if item.prevents_publishing))


class CheckReport(WithProblems):
    """The problems that a command found, and what it checked."""

    command: ClassVar[str]

    def contents(self) -> dict[str, Any]:
        """Return what was checked, as plain data."""
        return {}


class RulebookError(UserError):
    """A release that cannot be used, with all of its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.place, problem.id))
        super().__init__("\n".join(map(str, self.problems)))


def hint(word: str, known: Collection[str]) -> str:
    """Suggest the nearest known word, or all of them where none is near."""
    near = nearest_hint(word, known)
    return near or (danish_text("rules.hint.any-word", words=", ".join(sorted(map(str, known)))) if known else "")


def nearest_hint(word: str, known: Collection[str]) -> str:
    """Suggest the nearest known word; return an empty text where none is near."""
    near = nearest_word(word, known)
    return lookalike_hint(word, danish_text("rules.hint.word", word=near)) if near else ""


def lookalike_hint(text: str, advice: str) -> str:
    """Return the advice after which characters of a text are invisible, only look right, or are blanks around it."""
    found = find_lookalikes(text)
    if found:
        return danish_text("rules.hint.lookalike", characters=lookalike_text(found, "da"), advice=advice)
    return advice if text == text.strip() else danish_text("rules.hint.blank", advice=advice)


def nearest_word(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is most like a word; None where none is near."""
    best = process.extractOne(replace_lookalikes(word[:_MAX_WORD_LENGTH]), sorted(map(str, known)), score_cutoff=60)
    return best[0] if best else None


def _quoted(value: str) -> str:
    words = _with_blanks(value[:_MAX_VALUE_LENGTH])
    return words if len(value) <= _MAX_VALUE_LENGTH else f"{words[: _MAX_VALUE_LENGTH - 1]}…"


def _with_blanks(value: str) -> str:
    """Return a value on one line, with a dot for each blank that may be the mistake: one at an end, or beside another."""
    text = value.strip()
    before, _, after = value.partition(text) if text else ("", "", "")
    inner = _BESIDE_ANOTHER.sub(INVISIBLE_SIGN, _LINE_BREAK.sub(" ", text))
    return show_invisible(f"{INVISIBLE_SIGN * len(before)}{inner}{INVISIBLE_SIGN * len(after)}")


def _printable(value: str) -> str:
    """Return a text on one line, with a dot for each invisible character.

    The character is shown since it may be the mistake.
    """
    return show_invisible(" ".join(value.split()))
