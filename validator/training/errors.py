"""What cannot be done with cases, learners and groups."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.training.case_availability import Standing


class UnknownCaseError(Exception):
    """There is no case of that id."""


class WithdrawnCaseError(Exception):
    """The case cannot be answered at the moment; `standing` says why."""

    def __init__(self, standing: "Standing") -> None:
        super().__init__(standing.case.id)
        self.standing = standing


class BankMissingError(Exception):
    """There are no cases that can be used."""


class UnknownGroupError(Exception):
    """There is no group of that code, or none that the learner may watch."""
