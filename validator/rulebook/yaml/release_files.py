"""The files of a release, on disk or uploaded."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from validator.support.bounded_files import read_bounded
from validator.support.personal_data import has_cpr
from validator.texts.file_errors import file_error_reason

if TYPE_CHECKING:  # servers read no YAML and do not import its library
    from validator.rulebook.yaml.located_yaml import Located

PACK_FILE = "pack.yaml"
DIGESTS_FILE = "released.sha256"  # a line for each released folder: its digest, two blanks, and its path
MAX_FILE_BYTES = 2**23  # of a rule file or a case
_LINE_ENDS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")  # as YAML counts lines


@dataclass(frozen=True)
class ReleaseFiles:
    """The files of a release folder `<pack>/<release>`.

    Each is bytes, or the reason why a file is unreadable. Content from other sources, such as a workbook, is located
    values already. `sent` files were uploaded: they are in no folder, and problems name the file only. `own_pack` is the pack of
    a draft in a folder that is in no pack's; `unread` are the names of what else is in the folder.
    """

    folder: Path
    contents: Mapping[str, "bytes | str | Located"]
    sent: bool = False
    own_pack: str = ""
    unread: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def pack(self) -> str:
        return self.own_pack or self.folder.parent.name

    def path(self, file: str) -> str:
        return file if self.sent else str(self.folder / file)

    def line(self, path: str, number: int) -> str:
        """Return a line of a file, counted from 1; empty where there is none, and for a line with a CPR number."""
        lines = self._lines.get(path, [])
        return lines[number - 1] if 0 < number <= len(lines) else ""

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {
            self.path(file): ["" if has_cpr(line) else line for line in _LINE_ENDS.split(content.decode(errors="replace"))]
            for file, content in self.contents.items()
            if isinstance(content, bytes)
        }


def read_release_files(folder: Path) -> ReleaseFiles:
    """Read the files of a release folder, sorted by name."""
    contents = {path.name: _content(path) for path in sorted(folder.glob("*.y*ml"))}
    unread = (path.name for path in sorted(folder.glob("*")) if path.name not in contents and not path.name.startswith("."))
    return ReleaseFiles(folder, contents, unread=tuple(unread))


def headless_folders(folder: Path) -> list[Path]:
    """Return the folders beside a release below `folder` that have rule files but no `pack.yaml`."""
    packs = {head.parent.parent for head in folder.rglob(PACK_FILE)}
    beside = {path for pack in packs for path in pack.iterdir() if path.is_dir() and not (path / PACK_FILE).exists()}
    return [path for path in sorted(beside) if any(path.glob("*.yaml"))]


def digest_rule_files(folder: Path) -> str:
    """Return the SHA-256 over names and contents of the rule files below a folder.

    No YAML is parsed.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.y*ml")):
        content = _content(path)
        content = content if isinstance(content, bytes) else content.encode()
        digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode(errors="surrogateescape") + content)
    return digest.hexdigest()


def is_edited(folder: Path, rules: Path | None = None) -> bool:
    """Return whether a release folder differs from what shipped under its name.

    The digests of what shipped are in the rule folder, by default the one that contains the folder; False where it has none.
    """
    path = folder.resolve()
    digest, _ = _shipped(rules or path.parent.parent).get(path.name, (None, ""))
    return digest is not None and digest != digest_rule_files(path)


def shipped_folder(rules: Path, name: str) -> Path | None:
    """Return the folder of a release that shipped with a rule folder; None where there is none, and where it was edited."""
    _, path = _shipped(rules).get(name, ("", ""))
    return rules / path if path and not is_edited(rules / path) else None


def _shipped(rules: Path) -> dict[str, tuple[str, str]]:
    """Return digest and path of the releases that shipped with a rule folder, by their names."""
    try:
        lines = (rules / DIGESTS_FILE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {path.rpartition("/")[2]: (digest, path) for digest, _, path in (line.partition("  ") for line in lines)}


def _content(path: Path) -> bytes | str:
    try:
        return read_bounded(path, MAX_FILE_BYTES)
    except OSError as error:
        return file_error_reason(error)
