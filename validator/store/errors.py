"""Errors of releases and editions, each with the key of the text that says why."""

from collections.abc import Iterable

from validator.requests.errors import Fault
from validator.support.errors import UserError
from validator.texts import LANGUAGES, problem_text


class ReleaseError(UserError):
    """A release or edition cannot be used as requested.

    `key` and `values` are those of the text; `faults` have the details.
    """

    def __init__(self, key: str, faults: Iterable[Fault] = (), **values: object) -> None:
        super().__init__(key)
        self.key, self.faults, self.values = key, tuple(faults), values

    def sentence(self) -> str:
        """Return the text of the error in Danish."""
        return problem_text(self.key, LANGUAGES[0], self.values)


class UnknownReleaseError(ReleaseError):
    """No published release has that name."""


class ReleaseTakenError(ReleaseError):
    """A release with other rules has that name."""


class InvalidReleaseError(ReleaseError):
    """The release, its note or its author must not be stored."""


class DamagedReleaseError(ReleaseError):
    """The compiled text of a release is not what was published."""
