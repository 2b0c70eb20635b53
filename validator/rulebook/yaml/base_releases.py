"""The releases that a draft may extend.

The names of all are known, and the content of those that the draft mentions.
"""

from collections.abc import Iterable, Iterator, Mapping

from validator.rulebook.release import Release


class BaseReleases(Mapping[str, Release]):
    """A mapping with a key for every release, and values only for those that the draft mentions."""

    def __init__(self, names: Iterable[str], loaded: Mapping[str, Release]) -> None:
        self._names = tuple(names)
        self.loaded = dict(loaded)

    def __getitem__(self, name: str) -> Release:
        return self.loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
