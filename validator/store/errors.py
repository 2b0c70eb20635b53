"""What cannot be done with a release, with the text that says why."""

from collections.abc import Iterable

from validator.requests.errors import Fault
from validator.support.errors import UserError
from validator.texts import LANGUAGES, problem_text


class ReleaseError(UserError):
    """What cannot be done with a release: `key` and `values` are of the text that says why, `faults` name the places."""

    def __init__(self, key: str, faults: Iterable[Fault] = (), **values: object) -> None:
        super().__init__(key)
        self.key, self.faults, self.values = key, tuple(faults), values

    def sentence(self) -> str:
        """Return the text of the error in Danish."""
        return problem_text(self.key, LANGUAGES[0], self.values)


class UnknownReleaseError(ReleaseError):
    """There is no published release of that name."""


class ReleaseTakenError(ReleaseError):
    """There is a release of that name already, with other rules."""


class InvalidReleaseError(ReleaseError):
    """The release, or the note that is to go with it, must not be kept."""


class DamagedReleaseError(ReleaseError):
    """The compiled text of a release is not the one that was published."""
