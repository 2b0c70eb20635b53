"""The releases that a draft may extend.

The names of all are known, and the content of those that the draft mentions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from validator.rulebook.release import Release
from validator.rulebook.yaml.release_files import PACK_FILE


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


@dataclass(frozen=True)
class OtherReleases:
    """What the releases of a folder may extend besides each other: what is published, and the releases of a rule folder.

    What is published comes before a folder, whose text may have been edited.
    """

    published: Mapping[str, Release] = field(default_factory=dict)
    rules: Path | None = None

    def folders(self, pack: str, name: str) -> list[Path]:
        """Return the folder that a release of the rule folder has, if there is one."""
        return [self.rules / pack / name] if self.rules else []

    def names(self, pack: str) -> list[str]:
        """Return the names of the releases of a pack."""
        heads = sorted((self.rules / pack).glob(f"*/{PACK_FILE}")) if self.rules else []
        return [*(head.parent.name for head in heads), *self.published]


NO_OTHERS = OtherReleases()
