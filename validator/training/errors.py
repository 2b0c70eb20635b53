"""What cannot be done with cases, learners and groups."""

from collections.abc import Callable


class UnknownCaseError(Exception):
    """There is no case of that id."""


class WithdrawnCaseError(Exception):
    """The case cannot be answered at the moment; `notice` says why in a language."""

    def __init__(self, case_id: str, notice: Callable[[str], str | None]) -> None:
        super().__init__(case_id)
        self.notice = notice


class BankMissingError(Exception):
    """There are no cases that can be used."""


class UnknownGroupError(Exception):
    """There is no group of that code, or none that the learner may watch."""
