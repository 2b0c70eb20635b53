"""The response to a contact: hits (language-neutral), findings (rendered) and the verdict."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from validator.contract.finding_kinds import KINDS, Audience, Severity
from validator.support.json_encoding import encode_json

Action = Literal["replace", "add", "make-main", "remove", "restore"]


class Suggestion(NamedTuple):
    """A correction: an action with the `code` or the `course` it concerns.

    `title` is in the reader's language.
    `system` is the code system of `code`, None for the one that the pack's contacts are coded in.
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
    """The source of a rule; `date` is ISO 8601, `status` decided, undecided or unconfirmed."""

    title: str
    date: str | None = None
    url: str | None = None
    status: str = "decided"

    def to_json(self) -> dict[str, str | None]:
        return {"title": self.title, "date": self.date, "url": self.url, "status": self.status}


class HitIdentity(NamedTuple):
    """What makes two hits, before and after a change of the contact, the same."""

    kind: str
    rule: str
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A match of a rule or check, before it is rendered in a language; compared by identity.

    `path` is a JSON Pointer into the request, `diagnosis` the index of the diagnosis it concerns, None for the whole contact.
    `wording` is the key of a fixed text, None where the rule has a text of its own. `values` fill the text's placeholders:
    `code`, `codes` and `course` are replaced by titles in the reader's language, the others are inserted unchanged.
    `lowered_severity` replaces the severity of the kind. `override_reason` is the clinician's reason, None without an override.
    `system` is the code system of `code`, None for the one that the pack's contacts are coded in.
    """

    kind: str
    rule: str
    path: str
    source: Source
    wording: str | None = None
    diagnosis: int | None = None
    suggestions: tuple[Suggestion, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    lowered_severity: Severity | None = None
    override_reason: str | None = None
    system: str | None = None

    @property
    def severity(self) -> Severity:
        return self.lowered_severity or KINDS[self.kind].severity

    @property
    def blocking(self) -> bool:
        return KINDS[self.kind].blocking and self.severity is Severity.ERROR

    @property
    def identity(self) -> HitIdentity:
        return HitIdentity(self.kind, self.rule, self.path)

    @property
    def sort_key(self) -> tuple[int, str, str, str]:
        return self.severity.rank, self.path, self.kind, self.rule


@dataclass(frozen=True, eq=False)
class Finding:
    """A hit in the reader's language."""

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
            "overridden": None if hit.override_reason is None else {"reason": hit.override_reason},
        }

    @cached_property
    def json_text(self) -> str:
        return encode_json(self.to_json())


class VerdictBasis:
    """The rules (pack, release, digest) and the code system's edition behind verdicts."""

    def __init__(self, *, pack: str, release: str, digest: str, system: str, edition: str) -> None:
        self.rules = {"pack": pack, "release": release, "digest": digest}
        self.catalogue = {"system": system, "edition": edition}
        # Encoded once: only the date and the engine differ between responses.
        self._rules_text = encode_json(self.rules)[:-1]
        self._catalogue_text = encode_json(self.catalogue)

    def json_ending(self, as_of: datetime.date, engine: str) -> str:
        """Return the last members of a response as JSON, with its closing brace."""
        return f'"rules":{self._rules_text},"as_of":"{as_of}","engine":"{engine}"}},"catalogue":{self._catalogue_text}}}'


class Verdict(NamedTuple):
    """The response to one contact; findings are sorted by severity, path, kind and rule.

    `cached`: the outcome came from the cache, so no engine ran. It is for metrics and not part of the JSON.
    `id` is the caller's handle of the contact, None without one.
    """

    findings: tuple[Finding, ...]
    basis: VerdictBasis
    as_of: datetime.date
    engine: str
    cached: bool = False
    id: str | None = None

    @property
    def rules(self) -> dict[str, str]:
        return {**self.basis.rules, "as_of": self.as_of.isoformat(), "engine": self.engine}

    @property
    def catalogue(self) -> dict[str, str]:
        return self.basis.catalogue

    @property
    def status(self) -> str:
        """The worst severity among findings that are not overridden, `ok` without any."""
        severities = [finding.hit.severity for finding in self.findings if finding.hit.override_reason is None]
        return str(min(severities, key=lambda severity: severity.rank)) if severities else "ok"

    @property
    def savable(self) -> bool:
        """False with a blocking finding: the coding must not be sent on.

        The note may always be saved.
        """
        return not any(finding.hit.blocking for finding in self.findings)

    def json_text(self, audience: Audience | None = None, *, line: int | None = None) -> str:
        """Return the response as JSON.

        `audience` selects findings; status and savable depend on all of them. `line` is the contact's line in a batch.
        """
        findings = ",".join([finding.json_text for finding in self.findings if audience is None or finding.audience is audience])
        savable = "true" if self.savable else "false"
        ending = self.basis.json_ending(self.as_of, self.engine)
        beginning = "{" if line is None else f'{{"line":{line},'
        if self.id is not None:
            beginning = f'{beginning}"id":{encode_json(self.id)},'
        return f'{beginning}"status":"{self.status}","savable":{savable},"findings":[{findings}],{ending}'

    def to_json(self, audience: Audience | None = None) -> dict[str, Any]:
        """Return the same, decoded."""
        decoded: dict[str, Any] = json.loads(self.json_text(audience))
        return decoded
