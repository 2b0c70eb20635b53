"""The coding of a contact: its codes, course and referral, judged before any rule is asked.

Patient and observations have no part in it, and of the date only which interval between two changes it falls in. So contacts
that are coded alike share the work, and clinics code much alike.
"""

import datetime
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter
from validator.contract.verdict import Hit
from validator.engines.branches import Row, Rows
from validator.judging.code_checks import CodeReader, Reading, codes_of
from validator.judging.course_checks import Setting, before_rollout, main_diagnosis_hits, setting_of
from validator.judging.matcher import Matcher, Matchers
from validator.judging.referral_checks import phase_hits, referral_hits
from validator.requests.code_system_check import require_known_systems
from validator.rulebook.course import Course, entry_in_force
from validator.rulebook.facts import Facts, build_facts
from validator.rulebook.release import Release

_LARGE = 16  # codes; a contact with more is judged anew every time, since keeping many such would fill the memory


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """What was read and found, by which catalogue, the matcher of the rules that are to be asked, and as much of the rows for it as
    is known by now.

    `telling` gives what a rule could still tell apart in contacts that are coded so; None where each is to be judged anew.
    """

    encounter: Encounter
    reading: Reading
    setting: Setting
    hits: tuple[Hit, ...]
    catalogue: Catalogue
    matcher: Matcher
    rows: Rows
    telling: Callable[[Encounter], Row] | None

    @property
    def course(self) -> Course | None:
        return self.setting.course

    @property
    def course_set(self) -> tuple[str, ...]:
        """The codes that the course requires on the date."""
        entry = entry_in_force(self.course.main_diagnosis, self.encounter.date) if self.course else None
        return entry.codes if entry else ()


class Coder:
    """Codings by one release and one catalogue; `kept` of them are kept for contacts that are coded alike."""

    def __init__(self, catalogue: Catalogue, release: Release, kept: int) -> None:
        self.matchers = Matchers(release)
        self._catalogue = catalogue
        self._readers = {view: CodeReader(view, release) for view in catalogue.timeline.views}
        self.release = release
        self._dates = sorted({*release.change_dates, *release.course_change_dates, *catalogue.change_dates})
        self._keeps = kept > 0
        self._codings: LRUCache[tuple[object, ...], Coding] = LRUCache(kept)
        self._lock = Lock()

    def coding(self, encounter: Encounter) -> Coding:
        """The coding of a contact. Raises RequestError where it names a code system that is not known."""
        key = (
            bisect_right(self._dates, encounter.date),
            encounter.specialty,
            encounter.course,
            encounter.phase,
            encounter.diagnoses,
            encounter.previous_diagnoses,
            encounter.saved_diagnoses,
            encounter.referral,
            encounter.services,
        )
        with self._lock:  # a look-up changes the order of the cache
            coding = self._codings.get(key)
        if coding is None:
            small = self._keeps and _size(encounter) <= _LARGE
            coding = self._made(_bare(encounter) if small else encounter, kept=small)
            if small:
                with self._lock:
                    self._codings[key] = coding
        return coding

    def reader(self, date: datetime.date) -> CodeReader:
        """What reads the codes of a day."""
        return self._readers[self._catalogue.on(date)]

    def facts(self, encounter: Encounter) -> Facts:
        """A contact in the vocabulary's terms, as the rules see it."""
        return self._facts(encounter, self.reader(encounter.date).read(encounter), setting_of(encounter, self.release))

    def _made(self, encounter: Encounter, *, kept: bool) -> Coding:
        require_known_systems(encounter, self._catalogue)
        reader = self.reader(encounter.date)
        reading, catalogue = reader.read(encounter), reader.catalogue
        setting = setting_of(encounter, self.release)
        course = setting.course
        hits = [*reading.hits, *setting.hits, *main_diagnosis_hits(encounter, reading, setting, self.release)]
        if course is not None:
            hits.extend(before_rollout(encounter, course, self.release))
            hits.extend(referral_hits(encounter, course, self.release, catalogue))
            hits.extend(phase_hits(encounter, course, self.release))
        matcher = self.matchers.of(setting.specialty, encounter.date)
        rows = matcher.compiled_rules.encode_coding(self._facts(encounter, reading, setting))
        # Where rules find errors, suggestions are tried on each contact.
        telling = matcher.compiled_rules.relevant_slots_reader(rows) if kept and not matcher.finds_errors else None
        return Coding(encounter, reading, setting, tuple(hits), catalogue, matcher, rows, telling)

    def _facts(self, encounter: Encounter, reading: Reading, setting: Setting) -> Facts:
        course = setting.course
        return build_facts(
            encounter,
            reading.diagnoses,
            complete=reading.complete,
            specialty=setting.specialty,
            course=course.id if course else None,
            named_by_course=course.named_codes(encounter.date) if course else frozenset(),
            previous=codes_of(encounter.previous_diagnoses, self.release.system),
            own_system=self.release.system,
        )


def _bare(encounter: Encounter) -> Encounter:
    """The contact without what has no part in its coding, and which is not to be kept."""
    return Encounter(
        date=encounter.date,
        specialty=encounter.specialty,
        diagnoses=encounter.diagnoses,
        course=encounter.course,
        phase=encounter.phase,
        previous_diagnoses=encounter.previous_diagnoses,
        saved_diagnoses=encounter.saved_diagnoses,
        referral=encounter.referral,
        services=encounter.services,
    )


def _size(encounter: Encounter) -> int:
    referred = encounter.referral.diagnoses if encounter.referral else ()
    lists = (encounter.diagnoses, encounter.previous_diagnoses, encounter.saved_diagnoses, encounter.services, referred)
    return sum(len(items) for items in lists if items)
