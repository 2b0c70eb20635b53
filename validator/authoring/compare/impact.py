"""The impact of another release on contacts: changes of verdicts and of findings."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Finding, Verdict
from validator.judging.validator import Validator
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH
from validator.requests.problem_details import problem, request_problem
from validator.requests.request import read_body
from validator.texts import problem_text


@dataclass(frozen=True, slots=True)
class VerdictStatus:
    """What a verdict says as a whole."""

    status: str
    savable: bool


@dataclass(frozen=True, slots=True)
class ChangedContact:
    """A contact with another verdict or other findings.

    `came` and `gone` are the findings that appear and disappear; `altered` are those with other suggestions.
    """

    line: int
    id: str | None
    before: VerdictStatus
    after: VerdictStatus
    came: tuple[dict[str, Any], ...]
    gone: tuple[dict[str, Any], ...]
    altered: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line without a valid contact, and the problem as in the HTTP API."""

    line: int
    problem: dict[str, Any]


@dataclass
class ImpactTotals:
    """Totals over contacts.

    `rules` counts by (rule, kind, "came" or "gone" or "altered"), `status` by status before and after.
    """

    contacts: int = 0
    changed: int = 0
    bad: int = 0
    other_packs: int = 0
    rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    status: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: "ImpactTotals") -> None:
        """Add the totals of more contacts."""
        self.contacts += other.contacts
        self.changed += other.changed
        self.bad += other.bad
        self.other_packs += other.other_packs
        self.rules += other.rules
        self.status += other.status

    def count(self, item: ChangedContact | BadLine) -> None:
        """Count one changed contact or bad line."""
        if isinstance(item, BadLine):
            self.bad += 1
            return
        self.changed += 1
        self.status[item.before.status, item.after.status] += 1
        for change in ("came", "gone", "altered"):
            self.rules.update((finding["rule"], finding["kind"], change) for finding in getattr(item, change))

    def to_json(self) -> dict[str, Any]:
        by_rule: dict[tuple[str, str], dict[str, int]] = {}
        for (rule, kind, change), number in sorted(self.rules.items()):
            by_rule.setdefault((rule, kind), {"came": 0, "gone": 0, "altered": 0})[change] = number
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
    """Judge contacts by two releases of one pack; texts are in one language."""

    def __init__(self, old: Validator, new: Validator, language: str = "da") -> None:
        self._old = old
        self._new = new
        self._language = language

    def compare_lines(self, first: int, lines: Iterable[bytes | None]) -> tuple[list[ChangedContact | BadLine], ImpactTotals]:
        """Return the changed contacts and bad lines with their totals.

        `first` is the number of the first line; None is a line that is too long.
        """
        items: list[ChangedContact | BadLine] = []
        totals = ImpactTotals()
        for number, line in enumerate(lines, first):
            if line is None:
                detail = problem_text("detail-line-too-large", self._language, {"limit": MAX_LINE_LENGTH})
                items.append(BadLine(number, problem(413, self._language, detail)))
            elif line.strip():
                item: ChangedContact | BadLine | None
                try:
                    item = self._compare_line(number, line, totals)
                except RequestError as error:
                    item = BadLine(number, request_problem(error, self._language))
                if item is not None:
                    items.append(item)
        for counted in items:
            totals.count(counted)
        return items, totals

    def _compare_line(self, number: int, line: bytes, totals: ImpactTotals) -> ChangedContact | None:
        submission = read_body(line)
        if submission.encounter.jurisdiction != self._new.release.pack:
            totals.other_packs += 1
            return None
        before, after = (
            validator.validate(
                submission.encounter, submission.overrides, language=self._language, unknown_fields=submission.unknown_fields
            )
            for validator in (self._old, self._new)
        )
        totals.contacts += 1
        old, new = _by_key(before), _by_key(after)
        came = tuple(_finding_json(finding) for key, finding in new.items() if key not in old)
        gone = tuple(_finding_json(finding) for key, finding in old.items() if key not in new)
        altered = tuple(
            _finding_json(finding) for key, finding in new.items() if key in old and _suggested(finding) != _suggested(old[key])
        )
        statuses = VerdictStatus(before.status, before.savable), VerdictStatus(after.status, after.savable)
        if not (came or gone or altered) and statuses[0] == statuses[1]:
            return None
        return ChangedContact(number, submission.encounter.id, *statuses, came, gone, altered)


def _by_key(verdict: Verdict) -> dict[tuple[str, Severity, str, str], Finding]:
    """Return the findings by what identifies them in both verdicts."""
    hits = ((finding.hit, finding) for finding in verdict.findings)
    return {(hit.kind, hit.severity, hit.rule, hit.path): finding for hit, finding in hits}


def _suggested(finding: Finding) -> list[tuple[str, str | None, str | None]]:
    return [(item.action, item.code, item.course) for item in finding.suggestions]


def _finding_json(finding: Finding) -> dict[str, Any]:
    hit = finding.hit
    return {
        "kind": hit.kind,
        "rule": hit.rule,
        "severity": str(hit.severity),
        "path": hit.path,
        "message": finding.message,
        "suggestions": [suggestion.to_json() for suggestion in finding.suggestions],
    }
