"""A draft that was submitted as files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from validator.rulebook.release import Release
from validator.rulebook.yaml.located_yaml import read_yaml
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles

_DEFAULT_NAME = "kladde"
_FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True)
class Draft:
    """The files of a draft, by name.

    A draft may extend one of the `published` releases of its pack; `current` is the one in force. `accept` are ids of warnings
    that are accepted, besides those of its `pack.yaml`.
    """

    pack: str
    files: Mapping[str, bytes]
    published: Mapping[str, Release]
    current: Release | None
    accept: tuple[str, ...] = ()

    @property
    def release_files(self) -> ReleaseFiles:
        """The files as a release. Without a `pack.yaml`, they extend the current release."""
        if PACK_FILE in self.files:
            pack, name = _names(self.files[PACK_FILE])
            return ReleaseFiles(Path(pack or self.pack, name or _DEFAULT_NAME), self.files, sent=True)
        extends = f"extends: {self.current.name}\n" if self.current else ""
        head = f"pack: {self.pack}\nrelease: {_DEFAULT_NAME}\nstatus: draft\n{extends}"
        return ReleaseFiles(Path(self.pack, _DEFAULT_NAME), {PACK_FILE: head.encode(), **self.files}, sent=True)


def _names(head: bytes) -> tuple[str | None, str | None]:
    """Return the names of pack and release in a `pack.yaml`.

    A name is None if it is not a valid folder name.
    """
    read, _ = read_yaml(head.decode(errors="replace"), PACK_FILE)
    keys = read.plain() if read else None
    names = [keys.get(key) if isinstance(keys, dict) else None for key in ("pack", "release")]
    pack, name = (item if isinstance(item, str) and _FOLDER_NAME.fullmatch(item) else None for item in names)
    return pack, name
