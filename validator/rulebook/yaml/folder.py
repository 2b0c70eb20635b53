"""Read folders of rule files: `rules/<pack>/<release>/`, one release each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
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


def read_releases(
    folder: Path, catalogue: Catalogue, *, drafts: bool = True, bases: Mapping[str, Release] = MappingProxyType({})
) -> ReadFolder:
    """Read the same releases, and return the problems with whatever could be read.

    `bases` are releases that those of the folder may extend besides each other. The folder of one release may be anywhere.
    """
    heads = sorted(folder.rglob(PACK_FILE))
    if not heads:
        return ReadFolder((), (Problem("missing-file", Place(str(folder / PACK_FILE), 1, 1)),))
    files = {path.parent: read_release_files(path.parent) for path in heads}
    if folder in files and folder.parent.name not in JURISDICTIONS:
        files[folder] = replace(files[folder], own_pack=_pack_in_head(files[folder]))
    reads = {path: begin_release(read, catalogue) for path, read in files.items()}
    begun = tuple(reads.values())
    selected = [read.files.folder for read in begun if drafts or read.status != "draft"]
    finished: set[Path] = set()
    for path in selected:
        _finish(path, reads, finished, catalogue, (), bases)
    problems = [problem for path in finished for problem in reads[path].problems]
    if drafts:
        problems += [Problem("missing-file", Place(str(path / PACK_FILE), 1, 1)) for path in headless_folders(folder)]
    is_release = folder / PACK_FILE in heads  # then the rest of its pack is unknown
    return ReadFolder(tuple(reads[path] for path in selected), tuple(problems or ([] if is_release else _check_status(begun))))


def _pack_in_head(files: ReleaseFiles) -> str:
    """Return the pack that a release's head names; empty where it names none, which the readers report."""
    content = files.contents[PACK_FILE]
    read, _ = read_yaml(content.decode(errors="replace"), PACK_FILE) if isinstance(content, bytes) else (None, [])
    keys = read.plain() if read else None
    pack = keys.get("pack") if isinstance(keys, dict) else None
    return pack if pack in JURISDICTIONS else ""


def usable_releases(
    folder: Path, catalogue: Catalogue, bases: Mapping[str, Release] = MappingProxyType({})
) -> tuple[tuple[Release, ...], bool]:
    """Return the releases of a folder without problems, and whether anything in the folder has a problem."""
    found = read_releases(folder, catalogue, bases=bases)
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
    path: Path,
    reads: dict[Path, ReadRelease],
    finished: set[Path],
    catalogue: Catalogue,
    above: tuple[Path, ...],
    bases: Mapping[str, Release],
) -> Base | None:
    """Read a release after its base, which is beside it or one of `bases`.

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
            base = _finish(beside, reads, finished, catalogue, (*above, path), bases)
        elif name in bases:
            base = base_from_release(bases[name])
        elif name:
            in_folder = [head.parent.name for head in path.parent.glob(f"*/{PACK_FILE}") if head.parent != path]
            _note_unknown_base(read, list(dict.fromkeys([*in_folder, *bases])))
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
