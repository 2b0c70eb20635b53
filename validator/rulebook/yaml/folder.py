"""Read folders of rule files: `rules/<pack>/<release>/`, one release each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
from validator.rulebook.yaml.base_releases import NO_OTHERS, OtherReleases
from validator.rulebook.yaml.head_reader import Base, base_from_release
from validator.rulebook.yaml.located_yaml import read_yaml
from validator.rulebook.yaml.problems import Place, Problem, RulebookError, hint
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles, headless_folders, read_release_files
from validator.rulebook.yaml.release_reader import ReadRelease, begin_release, finish_release
from validator.rulebook.yaml.value_reader import is_identifier


@dataclass(frozen=True)
class ReadFolder:
    """The releases of a folder, and the problems of all of them."""

    releases: tuple[ReadRelease, ...]
    problems: tuple[Problem, ...]


def read_folder(folder: Path, catalogue: Catalogue, *, drafts: bool = True) -> list[Release]:
    """Read every release below `rules/`, or below the folder of a pack or a release.

    Without `drafts`, only the heads of drafts are read: a server starts faster, and mistakes in drafts do not stop
    it, nor do folders without a head, which are no releases yet. Raises RulebookError with all problems.
    """
    result = read_releases(folder, catalogue, drafts=drafts)
    if result.problems:
        raise RulebookError(list(result.problems))
    return [read.release for read in result.releases if read.release]


def read_releases(folder: Path, catalogue: Catalogue, *, drafts: bool = True, others: OtherReleases = NO_OTHERS) -> ReadFolder:
    """Read the same releases, and return the problems with whatever could be read.

    `others` are releases that those of the folder may extend besides each other. The folder of one release may be anywhere.
    """
    heads = sorted(folder.rglob(PACK_FILE))
    if not heads:
        return ReadFolder((), (Problem("missing-file", Place(str(folder / PACK_FILE), 1, 1)),))
    reading = _FolderReading(catalogue, others)
    begun = tuple(reading.begin(path.parent, alone=path.parent == folder) for path in heads)
    selected = [read for read in begun if drafts or read.status != "draft"]
    for read in selected:
        reading.finish(read.files.folder)
    problems = [problem for path, read in reading.reads.items() if path in reading.used for problem in read.problems]
    if drafts:
        problems += [Problem("missing-file", Place(str(path / PACK_FILE), 1, 1)) for path in headless_folders(folder)]
    is_release = folder / PACK_FILE in heads  # then the rest of its pack is unknown
    return ReadFolder(tuple(selected), tuple(problems or ([] if is_release else _check_status(begun))))


def _pack_in_head(files: ReleaseFiles) -> str:
    """Return the pack that a release's head names; empty where it names none, which the readers report."""
    content = files.contents[PACK_FILE]
    read, _ = read_yaml(content.decode(errors="replace"), PACK_FILE) if isinstance(content, bytes) else (None, [])
    keys = read.plain() if read else None
    pack = keys.get("pack") if isinstance(keys, dict) else None
    return pack if pack in JURISDICTIONS else ""


def usable_releases(folder: Path, catalogue: Catalogue, others: OtherReleases = NO_OTHERS) -> tuple[tuple[Release, ...], bool]:
    """Return the releases of a folder without problems, and whether anything in the folder has a problem."""
    found = read_releases(folder, catalogue, others=others)
    return tuple(read.release for read in found.releases if read.release), bool(found.problems)


def read_files(files: ReleaseFiles, bases: Mapping[str, Release], catalogue: Catalogue) -> ReadRelease:
    """Read a release from uploaded files; `bases` are the releases that it may extend."""
    read = begin_release(files, catalogue)
    name = read.head.extends
    found = bases.get(name) if name else None
    if name and found is None:
        _note_unknown_base(read, list(bases))
    finish_release(read, None if name is None else base_from_release(found) if found else Base())
    return read


class _FolderReading:
    """The releases that are read for a folder: its own, and those that they extend.

    `used` are the folders whose content counts; a folder that differs from what was published under its name does not, as a base.
    """

    def __init__(self, catalogue: Catalogue, others: OtherReleases) -> None:
        self._catalogue, self._others = catalogue, others
        self.reads: dict[Path, ReadRelease] = {}
        self.used: set[Path] = set()
        self._finished: set[Path] = set()

    def begin(self, folder: Path, *, alone: bool) -> ReadRelease:
        """Read the head of a release; one that is read `alone` may be in a folder that is in no pack's."""
        if folder not in self.reads:
            files = read_release_files(folder)
            if alone and folder.parent.name not in JURISDICTIONS:
                files = replace(files, own_pack=_pack_in_head(files))
            self.reads[folder] = begin_release(files, self._catalogue)
        return self.reads[folder]

    def finish(self, path: Path) -> None:
        """Read the rest of a release."""
        self._finish(path, ())
        self.used.add(path)

    def _finish(self, path: Path, above: tuple[Path, ...]) -> None:
        """Read a release after its base. A base that is unknown or extends the release itself is noted."""
        read = self.reads[path]
        if path in self._finished:
            return
        base = None if read.head.extends is None else self._base(read, read.head.extends, above)
        if path not in self._finished:
            self._finished.add(path)
            finish_release(read, base)

    def _base(self, read: ReadRelease, name: str, above: tuple[Path, ...]) -> Base:
        """Return the base of a release: the published one, which has places where its folder says the same, or its folder's."""
        path, published = read.files.folder, self._others.published.get(name)
        folder = self._folder_of(read, name)
        if folder in (*above, path):
            _note_circle(read, [*above, path], folder)
            return Base()
        if folder is not None:
            self.begin(folder, alone=True)
            self._finish(folder, (*above, path))
            found = self.reads[folder]
            if published is None:
                read.unpublished = (folder, *found.unpublished)
            if published is None or (found.release is not None and found.release.digest("") == published.digest("")):
                self.used.add(folder)
                return found.base
        if published is not None:
            return base_from_release(published)
        if name:
            beside = [head.parent.name for head in path.parent.glob(f"*/{PACK_FILE}") if head.parent != path]
            _note_unknown_base(read, list(dict.fromkeys([*beside, *self._others.names(read.files.pack)])))
        return Base()

    def _folder_of(self, read: ReadRelease, name: str) -> Path | None:
        """Return the folder of a base: beside the release, else in the rule folder. Never a path outside the pack."""
        if not is_identifier(name):
            return None
        beside = [read.files.folder.parent / name, *self._others.folders(read.files.pack, name)]
        return next((folder for folder in beside if folder in self.reads or (folder / PACK_FILE).is_file()), None)


def _note_unknown_base(read: ReadRelease, known: list[str]) -> None:
    name = read.head.extends or ""
    read.reader.note("unknown-base", read.head.row["extends"].place, base=name, hint=hint(name, known))


def _note_circle(read: ReadRelease, above: list[Path], base: Path) -> None:
    """Note a release that extends itself, with the chain of releases."""
    way = [above[-1], *above[above.index(base) :]]
    read.reader.note("extends-itself", read.head.row["extends"].place, way=" → ".join(path.name for path in way))


def _check_status(reads: tuple[ReadRelease, ...]) -> Iterable[Problem]:
    """Yield a problem for each pack without exactly one current release.

    A missing current release is a problem only if the whole pack was read.
    """
    for folder in sorted({read.files.folder.parent for read in reads}):
        pack = [read for read in reads if read.files.folder.parent == folder]
        current = [read for read in pack if read.status == "current"]
        if len(current) > 1:
            one, other = current[:2]
            values = {"pack": folder.name, "first": one.files.name, "second": other.files.name}
            yield other.lined(Problem("two-current", other.head.row["status"].place, values))
        if not current and len(list(folder.glob(f"*/{PACK_FILE}"))) == len(pack):
            yield pack[0].lined(Problem("no-current", pack[0].head.row["status"].place, {"pack": folder.name}))
