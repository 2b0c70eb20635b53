"""The filters of a list of cases."""

from typing import NamedTuple

from validator.training.case import Case


class Filters(NamedTuple):
    """The values that a case must have; None allows any, and `course` "" means no course."""

    specialty: str | None = None
    course: str | None = None
    level: str | None = None

    def matches(self, case: Case) -> bool:
        return (
            self.specialty in (None, case.specialty)
            and self.course in (None, case.course or "")
            and self.level in (None, case.level)
        )


ANY = Filters()
