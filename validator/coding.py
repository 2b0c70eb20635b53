"""The coding of a contact: its codes, course and referral, judged before any rule is asked.

Patient and observations have no part in it, and of the date only which interval between two changes it falls in. So contacts
that are coded alike share the work, and clinics code much alike.
"""

import datetime
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from validator.catalogue import Catalogue
from validator.courses import Setting, before_rollout, main_diagnosis_hits, setting_of
from validator.encounter import Diagnosis, Encounter, Referral
from validator.matching import Matcher, Matchers
from validator.reading import CodeReader, Reading
from validator.referral import phase_hits, referral_hits
from validator.rulebook import Release
from validator.rulebook.course import Course, in_force
from validator.verdict import Hit

_LARGE = 16  # codes; a contact with more is judged anew every time, since keeping many such would fill the memory


@dataclass(frozen=True, slots=True)
class _Key:
    """What decides a coding. The date only stands for its interval."""

    interval: int
    specialty: str
    course: str | None
    phase: int | None
    diagnoses: tuple[Diagnosis, ...]
    previous_diagnoses: tuple[Diagnosis, ...] | None
    saved_diagnoses: tuple[Diagnosis, ...] | None
    referral: Referral | None
    services: tuple[str, ...] | None
    date: datetime.date = field(compare=False)

    @property
    def size(self) -> int:
        lists = (self.diagnoses, self.previous_diagnoses, self.saved_diagnoses, self.services)
        return sum(len(items) for items in lists if items) + (len(self.referral.diagnoses) if self.referral else 0)


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """What was read and found, and the matcher of the rules that are to be asked."""

    encounter: Encounter
    reading: Reading
    setting: Setting
    hits: tuple[Hit, ...]
    previous: tuple[str, ...] | None
    own_system: str
    matcher: Matcher

    @property
    def course(self) -> Course | None:
        return self.setting.course

    @property
    def course_set(self) -> tuple[str, ...]:
        """The codes that the course requires on the date."""
        entry = in_force(self.course.main_diagnosis, self.encounter.date) if self.course else None
        return entry.codes if entry else ()

    @property
    def named(self) -> frozenset[str]:
        """The codes that the course itself names."""
        return self.course.names(self.encounter.date) if self.course else frozenset()


class Coder:
    """Codings by one release and one catalogue; `kept` of them are kept for contacts that are coded alike."""

    def __init__(self, catalogue: Catalogue, release: Release, kept: int) -> None:
        self.reader = CodeReader(catalogue, release)
        self.matchers = Matchers(release, kept)
        self._catalogue = catalogue
        self._release = release
        self._dates = sorted({*release.change_dates, *release.course_dates, *catalogue.change_dates})
        self._kept = lru_cache(kept)(self._made)

    def coding(self, encounter: Encounter) -> Coding:
        """The coding of a contact."""
        key = _Key(
            bisect_right(self._dates, encounter.date),
            encounter.specialty,
            encounter.course,
            encounter.phase,
            encounter.diagnoses,
            encounter.previous_diagnoses,
            encounter.saved_diagnoses,
            encounter.referral,
            encounter.services,
            encounter.date,
        )
        return self._kept(key) if key.size <= _LARGE else self._made(key)

    def _made(self, key: _Key) -> Coding:
        encounter = Encounter(
            date=key.date,
            specialty=key.specialty,
            diagnoses=key.diagnoses,
            course=key.course,
            phase=key.phase,
            previous_diagnoses=key.previous_diagnoses,
            saved_diagnoses=key.saved_diagnoses,
            referral=key.referral,
            services=key.services,
        )
        reading = self.reader.read(encounter)
        setting = setting_of(encounter, self._release)
        course = setting.course
        hits = [*reading.hits, *setting.hits, *main_diagnosis_hits(encounter, reading, setting, self._release)]
        if course is not None:
            hits.extend(before_rollout(encounter, course, self._release))
            hits.extend(referral_hits(encounter, course, self._release, self._catalogue))
            hits.extend(phase_hits(encounter, course, self._release))
        previous = self.reader.codes(encounter.previous_diagnoses)
        matcher = self.matchers.of(setting.specialty, encounter.date)
        return Coding(encounter, reading, setting, tuple(hits), previous, self.reader.own_system, matcher)
