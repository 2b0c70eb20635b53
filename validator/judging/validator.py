"""Judges a contact: where the catalogue, the course table and the rules meet, and nowhere else."""

import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock

from cachetools import LRUCache

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter, Override
from validator.contract.verdict import Basis, Hit, Suggestion, Verdict
from validator.engines.branches import Row, Rows, join_rows
from validator.engines.durable import DurableEngine
from validator.judging.coded_contact import Coder, Coding
from validator.judging.hits import CONTRACT
from validator.judging.matcher import Fired
from validator.judging.overrides import apply_overrides
from validator.judging.rendering import FindingRenderer
from validator.judging.suggestions import Suggester
from validator.rulebook.facts import Facts, ResolvedDiagnosis
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import PLACES
from validator.settings import KEPT_OUTCOMES
from validator.support.json_pointer import unescaped

Outcome = tuple[tuple[Hit, ...], str]


class Validator:
    """Judges contacts by one release and one catalogue, with the editions beside it. Built once, shared by threads; build it after
    a fork.

    `kept` outcomes of each step are kept: what two contacts have in common is judged once. With 0 every contact is judged anew.
    `digest` is that of the release and the catalogue, where it is known already.
    """

    def __init__(self, release: Release, catalogue: Catalogue, kept: int = KEPT_OUTCOMES, *, digest: str | None = None) -> None:
        self.release = release
        self.catalogue = catalogue
        self.digest = digest or release.digest(catalogue.identity)
        self._coder = Coder(catalogue, release, kept)
        self._bases = {view: self._basis(view) for view in catalogue.timeline.views}
        self._outcomes: LRUCache[tuple[Coding, Row], Outcome] = LRUCache(kept)
        self._lock = Lock()
        self._finding = lru_cache(kept)(FindingRenderer(release).finding)

    def warm(self, date: datetime.date) -> None:
        """Builds the matchers of a date, so that no request has to."""
        for specialty in (*self.release.specialties, None):
            self._coder.matchers.of(specialty, date)

    def validate(
        self,
        encounter: Encounter,
        overrides: tuple[Override, ...] = (),
        *,
        language: str | None = None,
        unknown_fields: Iterable[str] = (),
    ) -> Verdict:
        """The verdict over a contact in `language` (the pack's own by default); `unknown_fields` point to what was ignored.

        Raises RequestError where a diagnosis names a code system that is not known.
        """
        coding = self._coder.coding(encounter)
        key = (coding, coding.telling(encounter)) if coding.telling else None
        cached = self._cached(key) if key else None
        hits, engine = cached or self._find(encounter, coding, key)
        if overrides or unknown_fields:
            hits = _sorted(apply_overrides([*hits, *map(_unknown_field, unknown_fields)], overrides))
        spoken = language or self.release.language
        catalogue = coding.catalogue
        findings = tuple([self._finding(hit, spoken, catalogue) for hit in hits])
        return Verdict(findings, self._bases[catalogue], encounter.date, engine, cached is not None)

    def facts(self, encounter: Encounter) -> Facts:
        """The contact in the vocabulary's terms, as the rules see it."""
        return self._coder.facts(encounter)

    def _basis(self, catalogue: Catalogue) -> Basis:
        """What the contacts of the days of a catalogue are judged by."""
        release = self.release
        edition = catalogue.edition_of(release.system)
        return Basis(pack=release.pack, release=release.name, digest=self.digest, system=release.system, edition=edition)

    def _cached(self, key: tuple[Coding, Row]) -> Outcome | None:
        with self._lock:  # a look-up changes the order of the cache
            return self._outcomes.get(key)

    def _find(self, encounter: Encounter, coding: Coding, key: tuple[Coding, Row] | None) -> Outcome:
        """Everything found, in order, with the suggestions that help, and the engine that said so; kept under the key."""
        fired, engine = coding.matcher.fired(_rows(encounter, coding))
        hits = [*coding.hits, *self._rule_hits(coding, fired)]
        if any(hit.suggestions for hit in hits):
            hits = Suggester(coding, encounter, self.release.system, self._tried).helpful(hits)
        outcome = _sorted(hits), engine
        if key and engine == DurableEngine.name:  # what the fallback said is not cached
            with self._lock:
                self._outcomes[key] = outcome
        return outcome

    def _tried(self, encounter: Encounter) -> list[Hit]:
        """What would be found in a changed contact; in the plain engine, which suffices for a trial."""
        coding = self._coder.coding(encounter)
        fired = coding.matcher.tried(_rows(encounter, coding))
        return [*coding.hits, *self._rule_hits(coding, fired)]

    def _rule_hits(self, coding: Coding, fired: Fired) -> Iterator[Hit]:
        for number, place in fired:
            rule = coding.matcher.rules[number]
            diagnosis = coding.reading.diagnoses[place] if rule.each else None
            values: dict[str, object] = {"code": diagnosis.code} if diagnosis else {}
            if coding.course is not None:
                values |= {"course": coding.course.id, "codes": coding.course_set}
            yield Hit(
                rule.kind,
                rule.id,
                f"/encounter/diagnoses/{diagnosis.index}/code" if diagnosis else _pointer(rule),
                self.release.sources[rule.source],
                diagnosis=diagnosis.index if diagnosis else None,
                suggestions=tuple(self._proposed(rule, coding, diagnosis)),
                values=values,
                system=diagnosis.system if diagnosis else None,
            )

    def _proposed(self, rule: Rule, coding: Coding, diagnosis: ResolvedDiagnosis | None) -> Iterator[Suggestion]:
        for proposal in rule.suggest:
            if proposal.code is not None:
                yield Suggestion(proposal.action, proposal.code)
            elif proposal.table == "course-set":
                yield from (Suggestion(proposal.action, code) for code in coding.course_set)
            elif diagnosis is not None and (counterpart := coding.catalogue.counterparts.get(diagnosis.code)):
                yield Suggestion(proposal.action, counterpart)


def _rows(encounter: Encounter, coding: Coding) -> Rows:
    return join_rows(coding.matcher.compiled_rules.read_clinical_slots(encounter), coding.rows)


def _pointer(rule: Rule) -> str:
    return f"/encounter{PLACES[rule.at] if rule.at else ''}"


def _sorted(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: hit.sort_key))


def _unknown_field(pointer: str) -> Hit:
    name = unescaped(pointer.rpartition("/")[2])
    return Hit("unknown-field", "core.unknown-field", pointer, CONTRACT, "unknown-field", values={"given": name})
