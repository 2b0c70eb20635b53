"""The releases that another may extend: all by their names, and those that it mentions with what they hold."""

from collections.abc import Iterable, Iterator, Mapping

from validator.rulebook.release import Release


class BaseReleases(Mapping[str, Release]):
    """A mapping of which only some values are there; a name that the draft does not mention needs none."""

    def __init__(self, names: Iterable[str], loaded: Mapping[str, Release]) -> None:
        self._names = tuple(names)
        self.loaded = dict(loaded)

    def __getitem__(self, name: str) -> Release:
        return self.loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
