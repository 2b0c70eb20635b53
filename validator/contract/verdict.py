"""What is answered: hits (what was found, in no language), findings (the same in words) and the verdict over a contact."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.support.json_encoding import write

Action = Literal["replace", "add", "make-main", "remove", "restore"]


class Suggestion(NamedTuple):
    """What to do instead: an action with the `code` or the `course` it concerns; `title` is in the reader's language.

    `system` is that of the code where it is not the one in which the contacts of the pack are coded.
    """

    action: Action
    code: str | None = None
    course: str | None = None
    title: str | None = None
    system: str | None = None

    def to_json(self) -> dict[str, str | None]:
        subject = {"course": self.course} if self.code is None else {"code": self.code}
        if self.system is not None:
            subject["system"] = self.system
        return {"action": self.action, **subject, "title": self.title}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from; `date` is ISO 8601, `status` decided, undecided or unconfirmed."""

    title: str
    date: str | None = None
    url: str | None = None
    status: str = "decided"

    def to_json(self) -> dict[str, str | None]:
        return {"title": self.title, "date": self.date, "url": self.url, "status": self.status}


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """One fault found, before it is put into words. Two hits are the same only if they are one object.

    `path` is a JSON Pointer into the request, `diagnosis` the index of the diagnosis it concerns, where there is one.
    `wording` is the key of a fixed text, or None where a rule of the release brings its own. `values` stand for the
    text's placeholders: `code`, `codes` and `course` are looked up in the reader's language, the rest is taken as it is.
    `system` is that of `code`, None for the one in which the contacts of the pack are coded.
    """

    kind: str
    rule: str
    path: str
    source: Source
    wording: str | None = None
    diagnosis: int | None = None
    suggestions: tuple[Suggestion, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    milder: Severity | None = None
    overridden: str | None = None
    system: str | None = None

    @property
    def severity(self) -> Severity:
        return self.milder or KINDS[self.kind].severity

    @property
    def blocking(self) -> bool:
        return KINDS[self.kind].blocking and self.severity is Severity.ERROR

    @property
    def sort_key(self) -> tuple[int, str, str, str]:
        return self.severity.rank, self.path, self.kind, self.rule


@dataclass(frozen=True, eq=False)
class Finding:
    """A hit in the reader's language; `text` is its JSON, written once."""

    hit: Hit
    message: str
    explanation: str
    suggestions: tuple[Suggestion, ...]

    @property
    def audience(self) -> Audience:
        return KINDS[self.hit.kind].audience

    def to_json(self) -> dict[str, Any]:
        hit = self.hit
        return {
            "kind": hit.kind,
            "rule": hit.rule,
            "severity": str(hit.severity),
            "blocking": hit.blocking,
            "audience": str(self.audience),
            "message": self.message,
            "explanation": self.explanation,
            "path": hit.path,
            "suggestions": [suggestion.to_json() for suggestion in self.suggestions],
            "source": hit.source.to_json(),
            "overridden": None if hit.overridden is None else {"reason": hit.overridden},
        }

    @cached_property
    def text(self) -> str:
        return write(self.to_json())


class Basis:
    """What contacts of a day are judged by: the release and digest of a pack's rules, and the edition of its code system."""

    def __init__(self, *, pack: str, release: str, digest: str, system: str, edition: str) -> None:
        self.rules = {"pack": pack, "release": release, "digest": digest}
        self.catalogue = {"system": system, "edition": edition}
        # The JSON of every answer ends alike, but for the date and the engine.
        self._rules_text = write(self.rules)[:-1]
        self._catalogue_text = write(self.catalogue)

    def text(self, as_of: datetime.date, engine: str) -> str:
        """The end of an answer as JSON."""
        return f'"rules":{self._rules_text},"as_of":"{as_of}","engine":"{engine}"}},"catalogue":{self._catalogue_text}}}'


class Verdict(NamedTuple):
    """The answer to one contact, as of its date; findings by severity, path, kind and rule.

    `cached`: the outcome came from the cache, so no engine ran. It is for metrics and no part of the JSON answer.
    """

    findings: tuple[Finding, ...]
    basis: Basis
    as_of: datetime.date
    engine: str
    cached: bool = False

    @property
    def rules(self) -> dict[str, str]:
        return {**self.basis.rules, "as_of": self.as_of.isoformat(), "engine": self.engine}

    @property
    def catalogue(self) -> dict[str, str]:
        return self.basis.catalogue

    @property
    def status(self) -> str:
        """The worst severity that still stands, or `ok`; an overridden finding does not count."""
        standing = [finding.hit.severity for finding in self.findings if finding.hit.overridden is None]
        return str(min(standing, key=lambda severity: severity.rank)) if standing else "ok"

    @property
    def savable(self) -> bool:
        """False while a blocking finding stands: the coding is not ready to be sent on. The note may always be saved."""
        return not any(finding.hit.blocking for finding in self.findings)

    def text(self, audience: Audience | None = None) -> str:
        """The answer of the HTTP contract as JSON; with `audience`, only its findings, while status and savable weigh all."""
        shown = ",".join([finding.text for finding in self.findings if audience is None or finding.audience is audience])
        savable = "true" if self.savable else "false"
        end = self.basis.text(self.as_of, self.engine)
        return f'{{"status":"{self.status}","savable":{savable},"findings":[{shown}],{end}'

    def to_json(self, audience: Audience | None = None) -> dict[str, Any]:
        """The same, decoded."""
        decoded: dict[str, Any] = json.loads(self.text(audience))
        return decoded
