"""Parts of a contact as the built-in checks see them.

These are its diagnoses, and the specialty and course that it belongs to.
"""

from collections.abc import Iterable
from typing import NamedTuple

from validator.catalogue.code_systems import canonical_form, without_add_ons
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import Diagnosis
from validator.contract.verdict import Hit
from validator.judging.earlier_codes import NO_EARLIER_CODES, EarlierCodes
from validator.rulebook.course import Course
from validator.rulebook.facts import ResolvedDiagnosis


class ReadDiagnoses(NamedTuple):
    """The readable diagnoses of a contact, in order, and the hits of reading them. A pair of codes is one diagnosis.

    `complete` is whether every code was readable, `earlier_complete` whether the code systems of all earlier diagnoses are known.
    """

    diagnoses: tuple[ResolvedDiagnosis, ...]
    hits: tuple[Hit, ...]
    complete: bool
    earlier_complete: bool = True

    @property
    def mains(self) -> list[ResolvedDiagnosis]:
        return [diagnosis for diagnosis in self.diagnoses if diagnosis.role == "main"]


class Placement(NamedTuple):
    """The specialty and course of a contact, and the hits of looking them up.

    Specialty and course are None where the release does not know them. `earlier` are the codes of the course's earlier contacts.
    """

    specialty: str | None
    course: Course | None
    hits: tuple[Hit, ...] = ()
    earlier: EarlierCodes = NO_EARLIER_CODES


def codes_of(diagnoses: Iterable[Diagnosis] | None, system: str) -> tuple[str, ...] | None:
    """Return the codes of a pack's own `system` as it writes them; None where there is no list."""
    if diagnoses is None:
        return None
    return tuple(canonical_form(normal_form(item.code), system) for item in diagnoses if (item.system or system) == system)


def compact_code(code: str) -> str:
    """Return a code for comparison: without the point, which callers may leave out, and without the add-on codes of SKS."""
    return without_add_ons(normal_form(code)).replace(".", "")
