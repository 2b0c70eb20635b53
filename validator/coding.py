"""The coding of a contact: its codes, course and referral, judged before any rule is asked.

Patient and observations have no part in it, and of the date only which interval between two changes it falls in. So contacts
that are coded alike share the work, and clinics code much alike.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from validator.catalogue import Catalogue
from validator.courses import Setting, before_rollout, main_diagnosis_hits, setting_of
from validator.encounter import Encounter
from validator.facts import Facts, facts_of
from validator.kept import Kept
from validator.matching import Matcher, Matchers
from validator.reading import CodeReader, Reading
from validator.referral import phase_hits, referral_hits
from validator.rulebook import Release
from validator.rulebook.course import Course, in_force
from validator.rulebook.plan import Row, Rows
from validator.verdict import Hit

_LARGE = 16  # codes; a contact with more is judged anew every time, since keeping many such would fill the memory


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """What was read and found, the matcher of the rules that are to be asked, and as much of the rows for it as is known by now.

    `telling` gives what a rule could still tell apart in contacts that are coded so; None where each is to be judged anew.
    """

    encounter: Encounter
    reading: Reading
    setting: Setting
    hits: tuple[Hit, ...]
    matcher: Matcher
    rows: Rows
    telling: Callable[[Encounter], Row] | None

    @property
    def course(self) -> Course | None:
        return self.setting.course

    @property
    def course_set(self) -> tuple[str, ...]:
        """The codes that the course requires on the date."""
        entry = in_force(self.course.main_diagnosis, self.encounter.date) if self.course else None
        return entry.codes if entry else ()


class Coder:
    """Codings by one release and one catalogue; `kept` of them are kept for contacts that are coded alike."""

    def __init__(self, catalogue: Catalogue, release: Release, kept: int) -> None:
        self.reader = CodeReader(catalogue, release)
        self.matchers = Matchers(release)
        self._catalogue = catalogue
        self._release = release
        self._dates = sorted({*release.change_dates, *release.course_dates, *catalogue.change_dates})
        self._keeps = kept > 0
        self._kept: Kept[tuple[object, ...], Coding] = Kept(kept)

    def coding(self, encounter: Encounter) -> Coding:
        """The coding of a contact."""
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
        coding = self._kept.get(key)
        if coding is None:
            small = self._keeps and _size(encounter) <= _LARGE
            coding = self._made(_bare(encounter) if small else encounter, kept=small)
            if small:
                self._kept.put(key, coding)
        return coding

    def facts(self, encounter: Encounter) -> Facts:
        """A contact in the vocabulary's terms, as the rules see it."""
        return self._facts(encounter, self.reader.read(encounter), setting_of(encounter, self._release))

    def _made(self, encounter: Encounter, *, kept: bool) -> Coding:
        reading = self.reader.read(encounter)
        setting = setting_of(encounter, self._release)
        course = setting.course
        hits = [*reading.hits, *setting.hits, *main_diagnosis_hits(encounter, reading, setting, self._release)]
        if course is not None:
            hits.extend(before_rollout(encounter, course, self._release))
            hits.extend(referral_hits(encounter, course, self._release, self._catalogue))
            hits.extend(phase_hits(encounter, course, self._release))
        matcher = self.matchers.of(setting.specialty, encounter.date)
        rows = matcher.plan.coded(self._facts(encounter, reading, setting))
        # Where rules find errors, suggestions are tried on each contact.
        telling = matcher.plan.telling(rows) if kept and not matcher.finds_errors else None
        return Coding(encounter, reading, setting, tuple(hits), matcher, rows, telling)

    def _facts(self, encounter: Encounter, reading: Reading, setting: Setting) -> Facts:
        course = setting.course
        return facts_of(
            encounter,
            reading.standing,
            complete=reading.complete,
            specialty=setting.specialty,
            course=course.id if course else None,
            named_by_course=course.names(encounter.date) if course else frozenset(),
            previous=self.reader.codes(encounter.previous_diagnoses),
            own_system=self.reader.own_system,
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
