"""The codes that the earlier contacts of a patient's course were rightly coded with.

An earlier diagnosis with a date is judged by the period of the course table that was in force on that date, so a patient's course
that was coded rightly before a change stays coded. One without a date is judged by the period in force on the contact's date.
"""

from typing import NamedTuple

from validator.catalogue.code_systems import canonical_form
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Encounter
from validator.rulebook.course import Course, entry_in_force, entry_in_force_or_first


class EarlierCodes(NamedTuple):
    """Codes of earlier contacts that were right on their dates.

    `current` are those that the course still requires on the date of the contact, `kept` the others.
    """

    current: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


NO_EARLIER_CODES = EarlierCodes()


def find_earlier_codes(encounter: Encounter, course: Course, system: str) -> EarlierCodes:
    """Return the codes of earlier contacts that were right for the course; none where it requires no code on the date."""
    entry = entry_in_force(course.main_diagnosis, encounter.date)
    if not encounter.previous_diagnoses or entry is None:
        return NO_EARLIER_CODES
    current: list[str] = []
    kept: list[str] = []
    for item in encounter.previous_diagnoses:
        # A date after the contact's is no earlier one, and is judged as if it were missing.
        is_earlier = item.date is not None and item.date < encounter.date
        then = entry_in_force_or_first(course.main_diagnosis, item.date) if item.date and is_earlier else entry
        code = canonical_form(normal_form(item.code), system)
        if (item.system or system) == system and then is not None and code in then.codes:
            (current if code in entry.codes else kept).append(code)
    return EarlierCodes(tuple(dict.fromkeys(current)), tuple(dict.fromkeys(kept)))
