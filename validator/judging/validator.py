"""Judge a contact by the built-in checks and the rules in force."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from threading import Lock

from cachetools import LRUCache

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter, Override
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Hit, HitIdentity, Verdict, VerdictBasis
from validator.engines.branches import Row, Rows, join_rows
from validator.engines.durable import DurableEngine
from validator.judging.coded_contact import CodedContact
from validator.judging.contact_coder import ContactCoder
from validator.judging.hits import contract_hit
from validator.judging.overrides import apply_overrides
from validator.judging.rendering import FindingRenderer
from validator.judging.rule_hits import rule_hits, rule_pointer
from validator.judging.suggestions import SuggestionFilter
from validator.rulebook.facts import Facts, ResolvedDiagnosis
from validator.rulebook.release import Release
from validator.settings import DEFAULT_CACHE_SIZE
from validator.support.json_pointer import unescape_token

Outcome = tuple[tuple[Hit, ...], str]  # sorted hits, and the name of the engine


class Validator:
    """Judge contacts by one release and one catalogue with its editions.

    Threads may share it; create it after a fork. Codings, outcomes and findings are cached, `cache_size` of each; 0
    disables the caches. `digest` is that of the release with the catalogue, where it is known already.
    """

    def __init__(
        self, release: Release, catalogue: Catalogue, cache_size: int = DEFAULT_CACHE_SIZE, *, digest: str | None = None
    ) -> None:
        self.release = release
        self.catalogue = catalogue
        self.digest = digest or release.digest(catalogue.identity)
        self._coder = ContactCoder(catalogue, release, cache_size)
        self._bases = {view: self._basis(view) for view in catalogue.timeline.views}
        self._outcomes: LRUCache[tuple[CodedContact, Row], Outcome] = LRUCache(cache_size)
        self._lock = Lock()
        self._render = lru_cache(cache_size)(FindingRenderer(release).render)

    def warm(self, date: datetime.date) -> None:
        """Build the matchers of a date, so that no request has to."""
        for specialty in (*self.release.specialties, None):
            self._coder.matchers.get(specialty, date)

    def validate(
        self,
        encounter: Encounter,
        overrides: tuple[Override, ...] = (),
        *,
        language: str | None = None,
        unknown_fields: Iterable[str] = (),
    ) -> Verdict:
        """Judge a contact in `language`, by default the pack's own.

        `unknown_fields` are pointers to ignored members.
        Raises RequestError where a diagnosis names an unknown code system that is no URI.
        """
        coded = self._coder.code(encounter)
        key = (coded, coded.distinguishing_values(encounter)) if coded.distinguishing_values else None
        cached = self._get_cached(key) if key else None
        hits, engine = cached or self._judge(encounter, coded, key)
        if overrides or unknown_fields:
            hits = _sort(apply_overrides([*hits, *map(_unknown_field_hit, unknown_fields)], overrides))
        language = language or self.release.language
        catalogue = coded.catalogue
        findings = tuple([self._render(hit, language, catalogue) for hit in hits])
        return Verdict(findings, self._bases[catalogue], encounter.date, engine, cached is not None, encounter.id)

    def facts(self, encounter: Encounter) -> Facts:
        """Return the facts that the rules see of a contact."""
        return self._coder.facts(encounter)

    def _basis(self, catalogue: Catalogue) -> VerdictBasis:
        release = self.release
        edition = catalogue.edition_name(release.system)
        return VerdictBasis(pack=release.pack, release=release.name, digest=self.digest, system=release.system, edition=edition)

    def _get_cached(self, key: tuple[CodedContact, Row]) -> Outcome | None:
        with self._lock:  # a look-up changes the order of the cache
            return self._outcomes.get(key)

    def _judge(self, encounter: Encounter, coded: CodedContact, key: tuple[CodedContact, Row] | None) -> Outcome:
        """Run the rules, drop suggestions that do not help, and cache the outcome under the key."""
        rows = _rows(encounter, coded)
        fired, engine = coded.matcher.run(rows)
        hits = [*coded.hits, *rule_hits(coded, fired, self.release)]
        if any(hit.suggestions for hit in hits):
            before = {diagnosis.index: row for diagnosis, row in _located(coded, rows)}
            find_errors = partial(self._find_errors, before)
            hits = SuggestionFilter(coded, encounter, self.release.system, find_errors).keep_helpful(hits)
        outcome = _sort(hits), engine
        if key and engine == DurableEngine.name:  # an outcome of the fallback engine is not cached
            with self._lock:
                self._outcomes[key] = outcome
        return outcome

    def _find_errors(self, before: Mapping[int, Row], encounter: Encounter, changed: int | None) -> Iterator[HitIdentity]:
        """Yield the errors of a contact that a suggestion changed; the plain engine suffices for that.

        `changed` is the index of the diagnosis that the suggestion concerns. The rules are not run again on the others
        whose row is as `before`, by index: they find nothing new.
        """
        coded = self._coder.code(encounter)
        yield from (hit.identity for hit in coded.hits if hit.severity is Severity.ERROR)
        rows = _rows(encounter, coded)
        located = [item for item in _located(coded, rows) if item[0].index == changed or before.get(item[0].index) != item[1]]
        for number, index in coded.matcher.run_errors(Rows(rows.encounter, tuple(row for _, row in located))):
            rule = coded.matcher.rules[number]
            yield HitIdentity(rule.kind, rule.id, rule_pointer(rule, located[index][0] if rule.each else None))


def _located(coded: CodedContact, rows: Rows) -> Iterator[tuple[ResolvedDiagnosis, Row]]:
    """Return the diagnoses that rules see, each with its row."""
    return zip(coded.reading.diagnoses, rows.diagnoses, strict=True)


def _rows(encounter: Encounter, coded: CodedContact) -> Rows:
    return join_rows(coded.matcher.compiled_rules.read_clinical_slots(encounter), coded.rows)


def _sort(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(hits, key=lambda hit: hit.sort_key))


def _unknown_field_hit(pointer: str) -> Hit:
    return contract_hit("unknown-field", pointer, {"given": unescape_token(pointer.rpartition("/")[2])})
