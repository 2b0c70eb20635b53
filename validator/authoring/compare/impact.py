"""Which contacts would be judged otherwise by another release: what would be found that is not now, and what no longer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from validator.contract.verdict import Finding, Verdict
from validator.judging.validator import Validator
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH
from validator.requests.problem_details import problem, request_problem
from validator.requests.request import Submission, read_body
from validator.texts import problem_text

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """A contact that is judged otherwise: by its line and the caller's id, the verdict before and after, and the findings that
    came, went, or stayed with other suggestions."""

    line: int
    id: str | None
    before: tuple[str, bool]
    after: tuple[str, bool]
    came: tuple[dict[str, Any], ...]
    gone: tuple[dict[str, Any], ...]
    altered: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        verdicts = {name: {"status": status, "savable": savable} for name, (status, savable) in self._verdicts.items()}
        findings = {"came": list(self.came), "gone": list(self.gone), "altered": list(self.altered)}
        return {"line": self.line, "id": self.id, **verdicts, **findings}

    @property
    def _verdicts(self) -> dict[str, tuple[str, bool]]:
        return {"before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds no contact that can be judged."""

    line: int
    problem: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"line": self.line, "problem": self.problem}


@dataclass
class Tally:
    """The sums over many contacts. `rules` counts by (rule, kind) and "came", "gone" or "altered"; `status` by before and after."""

    contacts: int = 0
    changed: int = 0
    bad: int = 0
    other_packs: int = 0
    rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    status: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Adds the sums of more contacts."""
        self.contacts += other.contacts
        self.changed += other.changed
        self.bad += other.bad
        self.other_packs += other.other_packs
        self.rules += other.rules
        self.status += other.status

    def count(self, changed: Changed) -> None:
        """Counts one contact that is judged otherwise."""
        self.changed += 1
        self.status[changed.before[0], changed.after[0]] += 1
        for way in ("came", "gone", "altered"):
            self.rules.update((item["rule"], item["kind"], way) for item in getattr(changed, way))

    def to_json(self) -> dict[str, Any]:
        by_rule: dict[tuple[str, str], dict[str, int]] = {}
        for (rule, kind, way), number in sorted(self.rules.items()):
            by_rule.setdefault((rule, kind), {"came": 0, "gone": 0, "altered": 0})[way] = number
        return {
            "contacts": self.contacts,
            "changed": self.changed,
            "bad_lines": self.bad,
            "other_packs": self.other_packs,
            "rules": [{"rule": rule, "kind": kind, **numbers} for (rule, kind), numbers in by_rule.items()],
            "status": [
                {"before": before, "after": after, "contacts": number} for (before, after), number in sorted(self.status.items())
            ],
        }


class ImpactComparison:
    """Judges contacts by two releases of one pack; what is told of them is in one language."""

    def __init__(self, old: Validator, new: Validator, language: str = "da") -> None:
        self._old = old
        self._new = new
        self._language = language

    def lines(self, first: int, lines: Iterable[bytes | None]) -> tuple[list[Changed | BadLine], Tally]:
        """What is to be told of some lines, which count from `first`, and their sums; None is a line that is too long."""
        told: list[Changed | BadLine] = []
        tally = Tally()
        for item in self._judged(first, lines, tally):
            told.append(item)
            if isinstance(item, BadLine):
                tally.bad += 1
            else:
                tally.count(item)
        return told, tally

    def _judged(self, first: int, lines: Iterable[bytes | None], tally: Tally) -> Iterator[Changed | BadLine]:
        for number, line in enumerate(lines, first):
            if line is None:
                detail = problem_text("detail-line-too-large", self._language, {"limit": MAX_LINE_LENGTH})
                yield BadLine(number, problem(413, self._language, detail))
            elif line.strip():
                try:
                    submission = read_body(line)
                    if submission.encounter.jurisdiction != self._new.release.pack:
                        tally.other_packs += 1
                        continue
                    changed = self.contact(number, submission)
                except RequestError as error:
                    yield BadLine(number, request_problem(error, self._language))
                    continue
                tally.contacts += 1
                if changed is not None:
                    yield changed

    def contact(self, number: int, submission: Submission) -> Changed | None:
        """How a contact is judged otherwise, if it is."""
        before, after = (
            validator.validate(
                submission.encounter, submission.overrides, language=self._language, unknown_fields=submission.unknown_fields
            )
            for validator in (self._old, self._new)
        )
        old, new = _by_key(before), _by_key(after)
        came = [finding for key, finding in new.items() if key not in old]
        gone = [finding for key, finding in old.items() if key not in new]
        altered = [finding for key, finding in new.items() if key in old and _proposed(finding) != _proposed(old[key])]
        ways = tuple(tuple(map(_told, findings)) for findings in (came, gone, altered))
        if not any(ways) and (before.status, before.savable) == (after.status, after.savable):
            return None
        verdicts = (before.status, before.savable), (after.status, after.savable)
        return Changed(number, submission.encounter.id, *verdicts, *ways)


def _by_key(verdict: Verdict) -> dict[Key, Finding]:
    """The findings by what makes two of them the same one."""
    return {
        (f"{finding.hit.kind} {finding.hit.severity}", finding.hit.rule, finding.hit.path): finding for finding in verdict.findings
    }


def _proposed(finding: Finding) -> list[tuple[str, str | None, str | None]]:
    return [(item.action, item.code, item.course) for item in finding.suggestions]


def _told(finding: Finding) -> dict[str, Any]:
    hit = finding.hit
    suggestions = [suggestion.to_json() for suggestion in finding.suggestions]
    return {
        "kind": hit.kind,
        "rule": hit.rule,
        "severity": str(hit.severity),
        "path": hit.path,
        "message": finding.message,
        "suggestions": suggestions,
    }
