"""A problem in a rule file: its place, the line as it stands there and, in Danish, what is wrong and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from rapidfuzz import process

from validator.rulebook.yaml.problem_texts import TEXTS, Wording
from validator.support.errors import UserError

_LONGEST_WORD = 60
_LONGEST = 1000  # as long as the longest list of what may be written instead
_EXCERPT = 100  # characters of the line that are shown

ProblemSeverity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one of `texts` at a place; `values` fill in its text, `line` is the whole line at the place."""

    texts: ClassVar[Mapping[str, Wording]] = TEXTS

    id: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)
    line: str = ""

    @property
    def severity(self) -> ProblemSeverity:
        """An error keeps the release from going live, a warning does not."""
        return "warning" if self.texts[self.id].warning else "error"

    @property
    def what(self) -> str:
        """What is wrong; one line, however long or broken what stood in the file was."""
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
        """The line as far as it helps: the part around the place, without its indentation."""
        if len(self.line) <= _EXCERPT:
            return _printable(self.line)
        start = 0 if self.place.column <= _EXCERPT - 20 else self.place.column - _EXCERPT // 2
        shown = _printable(self.line[start : start + _EXCERPT])
        before = "…" if start else ""
        after = "…" if start + _EXCERPT < len(self.line) else ""
        return f"{before}{shown}{after}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    def _filled(self, text: str) -> str:
        return text.format_map({name: _quoted(value) for name, value in self.values.items()}).rstrip()


class WithProblems:
    """What was read or checked, with the problems that were found in it."""

    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]


class RulebookError(UserError):
    """A release that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.place, problem.id))
        super().__init__("\n".join(map(str, self.problems)))


def hint(word: str, known: object) -> str:
    """What the author probably meant: the nearest of the known words, or all of them."""
    words = sorted(map(str, known)) if isinstance(known, list | tuple | set | frozenset | dict) else []
    best = process.extractOne(word[:_LONGEST_WORD], words, score_cutoff=60)
    if best:
        return f'Mente du "{best[0]}"?'
    return f"Skriv en af: {', '.join(words)}." if words else ""


def _quoted(value: str) -> str:
    words = _printable(value[:_LONGEST])
    return words if len(value) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _printable(value: str) -> str:
    """In one line; a character that cannot be seen is shown as a dot, since it may be what is wrong."""
    shown = (character if character.isprintable() else " " if character.isspace() else "·" for character in value)
    return " ".join("".join(shown).split())
