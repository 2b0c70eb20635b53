"""What cannot be done with a release, with the text that says why."""

from collections.abc import Iterable

from validator.requests.errors import Fault


class ReleaseError(Exception):
    """What cannot be done with a release: `key` and `values` are of the text that says why, `faults` name the places."""

    def __init__(self, key: str, faults: Iterable[Fault] = (), **values: object) -> None:
        super().__init__(key)
        self.key, self.faults, self.values = key, tuple(faults), values


class UnknownReleaseError(ReleaseError):
    """There is no published release of that name."""


class ReleaseTakenError(ReleaseError):
    """There is a release of that name already, with other rules."""


class InvalidReleaseError(ReleaseError):
    """The release, or the note that is to go with it, must not be kept."""


class DamagedReleaseError(ReleaseError):
    """The compiled text of a release is not the one that was published."""
