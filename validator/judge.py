"""Judges a contact: where the catalogue, the course table and the rules meet, and nowhere else."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from validator.catalogue import Catalogue
from validator.courses import before_rollout, main_diagnosis_hits, setting_of
from validator.encounter import Encounter, Override
from validator.facts import VOCABULARY, Facts, Standing, facts_of
from validator.kinds import Severity
from validator.matching import Matcher, Matchers
from validator.overrides import apply_overrides
from validator.reading import CONTRACT, CodeReader, Reading
from validator.referral import phase_hits, referral_hits
from validator.rulebook import Release, Rule
from validator.rulebook.course import Course, in_force
from validator.suggestions import Suggester
from validator.verdict import Hit, Suggestion, Verdict
from validator.wording import Wording


class Validator:
    """Judges contacts by one release and one catalogue. Built once, shared by threads; build it after a fork."""

    def __init__(self, release: Release, catalogue: Catalogue) -> None:
        self.release = release
        self.catalogue = catalogue
        self.digest = release.digest(catalogue.edition)
        self._reader = CodeReader(catalogue, release)
        self._matchers = Matchers(release)
        self._wording = Wording(catalogue, release)

    def warm(self, date: datetime.date) -> None:
        """Builds the matchers of a date, so that no request has to."""
        for specialty in (*self.release.specialties, None):
            self._matchers.of(specialty, date)

    def validate(
        self,
        encounter: Encounter,
        overrides: tuple[Override, ...] = (),
        *,
        language: str | None = None,
        unknown_fields: Iterable[str] = (),
    ) -> Verdict:
        """The verdict over a contact in `language` (the pack's own by default); `unknown_fields` point to what was ignored."""
        contact = self._prepared(encounter)
        fired, engine = contact.matcher.fired(contact.facts)
        hits = [*contact.hits, *self._rule_hits(contact, fired)]
        if any(hit.suggestions for hit in hits):
            hits = self._suggester(encounter, contact).helpful(hits)
        hits = apply_overrides(hits, overrides)
        hits.extend(map(_unknown_field, unknown_fields))
        hits.sort(key=lambda hit: hit.sort_key)
        spoken = language or self.release.language
        return Verdict(
            tuple(self._wording.finding(hit, spoken) for hit in hits),
            {
                "pack": self.release.pack,
                "release": self.release.name,
                "digest": self.digest,
                "as_of": encounter.date.isoformat(),
                "engine": engine,
            },
            {"system": self._reader.own_system, "edition": self.catalogue.edition},
        )

    def _suggester(self, encounter: Encounter, contact: "_Contact") -> Suggester:
        try_codes = any(rule.severity is Severity.ERROR for rule in contact.matcher.rules)
        return Suggester(encounter, contact.reading, contact.course, self.catalogue, self._tried, try_codes=try_codes)

    def _tried(self, encounter: Encounter) -> list[Hit]:
        """What would be found in a changed contact; in the plain engine, which suffices for a trial."""
        contact = self._prepared(encounter)
        return [*contact.hits, *self._rule_hits(contact, contact.matcher.tried(contact.facts))]

    def _prepared(self, encounter: Encounter) -> "_Contact":
        reading = self._reader.read(encounter)
        setting = setting_of(encounter, self.release)
        course = setting.course
        hits = [*reading.hits, *setting.hits, *main_diagnosis_hits(encounter, reading, course, self.release)]
        if course is not None:
            hits.extend(before_rollout(encounter, course, self.release))
            hits.extend(referral_hits(encounter, course, self.release, self.catalogue))
            hits.extend(phase_hits(encounter, course, self.release))
        facts = facts_of(
            encounter,
            reading.standing,
            complete=reading.complete,
            specialty=setting.specialty,
            course=course.id if course else None,
            named_by_course=course.names(encounter.date) if course else frozenset(),
            previous=self._reader.codes(encounter.previous_diagnoses),
        )
        matcher = self._matchers.of(setting.specialty, encounter.date)
        return _Contact(encounter.date, reading, course, hits, facts, matcher)

    def _rule_hits(self, contact: "_Contact", fired: Iterable[tuple[Rule, int]]) -> Iterator[Hit]:
        for rule, place in fired:
            diagnosis = contact.reading.standing[place] if rule.each else None
            path = (
                f"/encounter/diagnoses/{diagnosis.index}/code"
                if diagnosis
                else f"/encounter{VOCABULARY[rule.at or 'course'].pointer}"
            )
            values: dict[str, object] = {"code": diagnosis.code} if diagnosis else {}
            if contact.course is not None:
                values["course"] = contact.course.id
                values["codes"] = self._course_set(contact)
            yield Hit(
                rule.kind,
                rule.id,
                path,
                self.release.sources[rule.source],
                diagnosis=diagnosis.index if diagnosis else None,
                suggestions=tuple(self._proposed(rule, contact, diagnosis)),
                values=values,
            )

    def _proposed(self, rule: Rule, contact: "_Contact", diagnosis: Standing | None) -> Iterator[Suggestion]:
        for proposal in rule.suggest:
            if proposal.code is not None:
                yield Suggestion(proposal.action, proposal.code)
            elif proposal.table == "course-set":
                yield from (Suggestion(proposal.action, code) for code in self._course_set(contact))
            elif diagnosis is not None and (counterpart := self.catalogue.counterparts.get(diagnosis.code)):
                yield Suggestion(proposal.action, counterpart)

    @staticmethod
    def _course_set(contact: "_Contact") -> tuple[str, ...]:
        entry = in_force(contact.course.main_diagnosis, contact.date) if contact.course else None
        return entry.codes if entry else ()


@dataclass(frozen=True, slots=True)
class _Contact:
    """A contact ready for the rules, with what was found before them."""

    date: datetime.date
    reading: Reading
    course: Course | None
    hits: list[Hit]
    facts: Facts
    matcher: Matcher


def _unknown_field(pointer: str) -> Hit:
    name = pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    return Hit("unknown-field", "core.unknown-field", pointer, CONTRACT, "unknown-field", values={"given": name})
