"""Code contacts: read the diagnoses and run the built-in checks, with a cache of codings.

Patient and observations have no part in a coding, and of the date only the interval between two changes counts. So most
contacts share their coding with an earlier one.
"""

import datetime
import operator
from bisect import bisect_right
from functools import lru_cache
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter
from validator.judging.code_checks import CodeReader
from validator.judging.coded_contact import CodedContact
from validator.judging.contact_parts import Placement, ReadDiagnoses, codes_of
from validator.judging.course_checks import before_rollout_hits, find_placement, main_diagnosis_hits
from validator.judging.matcher import MatcherCache
from validator.judging.referral_and_phase_checks import phase_hits, referral_hits
from validator.rulebook.facts import Facts, build_facts
from validator.rulebook.release import Release

# What a coding depends on, besides the date. The cache holds nothing else of a contact: no id, age, sex or observations.
_CODED_FIELDS = ("specialty", "course", "phase", "diagnoses", "previous_diagnoses", "saved_diagnoses", "referral", "services")
_coded_values = operator.attrgetter(*_CODED_FIELDS)
_MAX_CACHED_CODES = 16  # contacts with more codes are not cached: many of them would fill the memory


class ContactCoder:
    """Code contacts by one release and one catalogue, and cache `cache_size` codings."""

    def __init__(self, catalogue: Catalogue, release: Release, cache_size: int) -> None:
        self.matchers = MatcherCache(release)
        self.release = release
        self._catalogue = catalogue
        self._readers = {view: CodeReader(view, release) for view in catalogue.timeline.views}
        self._change_dates = sorted({*release.change_dates, *release.course_change_dates, *catalogue.change_dates})
        self._cache_size = cache_size
        self._cached_coding = lru_cache(cache_size)(self._code_interval)

    def code(self, encounter: Encounter) -> CodedContact:
        """Return the coding of a contact. Raises RequestError where it names an unknown code system that is no URI."""
        if not self._cache_size or _number_of_codes(encounter) > _MAX_CACHED_CODES:
            return self._code(encounter, cached=False)
        return self._cached_coding(bisect_right(self._change_dates, encounter.date), _coded_values(encounter))

    def reader(self, date: datetime.date) -> CodeReader:
        """Return the reader of codes for a date."""
        return self._readers[self._catalogue.on(date)]

    def facts(self, encounter: Encounter) -> Facts:
        """Return the facts that the rules see of a contact."""
        reading = self.reader(encounter.date).read(encounter)
        return self._facts(encounter, reading, find_placement(encounter, self.release))

    def _code_interval(self, interval: int, values: tuple[Any, ...]) -> CodedContact:
        """Code the contacts with these coded values on any day of an interval between two changes."""
        date = self._change_dates[interval - 1] if interval else datetime.date.min
        return self._code(Encounter(date, **dict(zip(_CODED_FIELDS, values, strict=True))), cached=True)

    def _code(self, encounter: Encounter, *, cached: bool) -> CodedContact:
        reader = self.reader(encounter.date)
        reading, catalogue = reader.read(encounter), reader.catalogue
        placement = find_placement(encounter, self.release)
        course = placement.course
        hits = [*reading.hits, *placement.hits, *main_diagnosis_hits(encounter, reading, placement, self.release)]
        if course is not None:
            hits.extend(before_rollout_hits(encounter, course, self.release))
            hits.extend(referral_hits(encounter, course, self.release, catalogue))
            hits.extend(phase_hits(encounter, course, self.release))
        matcher = self.matchers.get(placement.specialty, encounter.date)
        rows = matcher.compiled_rules.encode_coding(self._facts(encounter, reading, placement))
        # Where rules find errors, suggestions are tried on each contact.
        distinguishing_values = matcher.compiled_rules.relevant_slots_reader(rows) if cached and not matcher.finds_errors else None
        return CodedContact(encounter, reading, placement, tuple(hits), catalogue, matcher, rows, distinguishing_values)

    def _facts(self, encounter: Encounter, reading: ReadDiagnoses, placement: Placement) -> Facts:
        course = placement.course
        return build_facts(
            encounter,
            reading.diagnoses,
            complete=reading.complete,
            specialty=placement.specialty,
            course=course.id if course else None,
            named_by_course=course.named_codes(encounter.date).union(placement.earlier.kept) if course else frozenset(),
            previous=codes_of(encounter.previous_diagnoses, self.release.system) if reading.earlier_complete else None,
            own_system=self.release.system,
        )


def _number_of_codes(encounter: Encounter) -> int:
    referred = encounter.referral.diagnoses if encounter.referral else ()
    lists = (encounter.diagnoses, encounter.previous_diagnoses, encounter.saved_diagnoses, encounter.services, referred)
    return sum(len(items) for items in lists if items)
