"""Read folders of rule files: `rules/<pack>/<release>/`, one release each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.head_reader import Base, base_from_release
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


def read_releases(folder: Path, catalogue: Catalogue, *, drafts: bool = True) -> ReadFolder:
    """Read the same releases, and return the problems with whatever could be read."""
    heads = sorted(folder.rglob(PACK_FILE))
    if not heads:
        return ReadFolder((), (Problem("missing-file", Place(str(folder / PACK_FILE), 1, 1)),))
    reads = {path.parent: begin_release(read_release_files(path.parent), catalogue) for path in heads}
    begun = tuple(reads.values())
    selected = [read.files.folder for read in begun if drafts or read.status != "draft"]
    finished: set[Path] = set()
    for path in selected:
        _finish(path, reads, finished, catalogue, ())
    problems = [problem for path in finished for problem in reads[path].problems]
    if drafts:
        problems += [Problem("missing-file", Place(str(path / PACK_FILE), 1, 1)) for path in headless_folders(folder)]
    is_release = folder / PACK_FILE in heads  # then the rest of its pack is unknown
    return ReadFolder(tuple(reads[path] for path in selected), tuple(problems or ([] if is_release else _check_status(begun))))


def usable_releases(folder: Path, catalogue: Catalogue) -> tuple[tuple[Release, ...], bool]:
    """Return the releases of a folder without problems, and whether anything in the folder has a problem."""
    found = read_releases(folder, catalogue)
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


def _finish(
    path: Path, reads: dict[Path, ReadRelease], finished: set[Path], catalogue: Catalogue, above: tuple[Path, ...]
) -> Base | None:
    """Read a release after its base.

    A base that is unknown or extends the release itself is noted.
    """
    read = reads[path]
    if path in finished:
        return read.base
    base: Base | None = None
    if read.head.extends is not None:
        base = Base()
        name = read.head.extends
        beside = path.parent / (name if is_identifier(name) else "-")  # never a path outside the pack
        if beside not in reads and (beside / PACK_FILE).is_file():  # one release is read, and its base is in the folder beside it
            reads[beside] = begin_release(read_release_files(beside), catalogue)
        if beside in (*above, path):
            _note_circle(read, [*above, path], beside)
        elif beside in reads:
            base = _finish(beside, reads, finished, catalogue, (*above, path))
        elif name:
            _note_unknown_base(read, [head.parent.name for head in path.parent.glob(f"*/{PACK_FILE}") if head.parent != path])
    if path not in finished:
        finished.add(path)
        finish_release(read, base)
    return read.base


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
