"""The errors of requests about cases, learners and groups."""

from collections.abc import Callable


class UnknownCaseError(Exception):
    """There is no case with that id."""


class WithdrawnCaseError(Exception):
    """The case cannot be answered now; `notice(language)` returns the reason."""

    def __init__(self, case_id: str, notice: Callable[[str], str | None]) -> None:
        super().__init__(case_id)
        self.notice = notice


class BankMissingError(Exception):
    """There is no usable bank of cases."""


class UnknownGroupError(Exception):
    """There is no group with that code, or it belongs to another learner."""
