"""Reads the folders that EKM keeps: `rules/<pack>/<release>/`, each a whole release in YAML."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from validator.catalogue import Catalogue
from validator.catalogue.systems import ICPC, OWN_SYSTEM
from validator.encounter import JURISDICTIONS
from validator.rulebook.course import Course
from validator.rulebook.course_reader import STATUSES, read_courses
from validator.rulebook.located import Located, read_yaml
from validator.rulebook.problems import Place, Problem, RulebookError, hint
from validator.rulebook.reader import Reader, Row
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule, Texts
from validator.rulebook.rule_reader import read_rules
from validator.verdict import Source

PACK_FILE = "pack.yaml"
_REQUIRED = ("pack", "release", "status")
_WHOLE = ("languages", "owner", "start", "sources", "specialties")  # a release that extends another takes these from it
_RELEASE_STATUSES = ("current", "published", "draft")


@dataclass
class _Draft:
    """A release while its folder is read."""

    folder: Path
    header: Row
    place: Place
    base: str | None
    reader: Reader = field(repr=False)

    @property
    def status(self) -> object:
        """What the head says, whether or not it may."""
        return self.header["status"].value if "status" in self.header else None


def read_folder(folder: Path, catalogue: Catalogue, *, drafts: bool = True) -> list[Release]:
    """Every release below `rules/`, or below a pack's or a release's own folder. Raises RulebookError with all problems.

    Without `drafts` only the heads of those are read: a server starts sooner, and a mistake in a draft keeps none from starting.
    """
    heads = sorted(folder.rglob(PACK_FILE))
    if not heads:
        raise RulebookError([Problem("missing-file", Place(str(folder / PACK_FILE), 1, 1))])
    read = {path.parent: _header(path, catalogue) for path in heads}
    heads_read = list(read.values())
    asked = [draft for draft in heads_read if drafts or draft.status != "draft"]
    releases: dict[Path, Release | None] = {}
    for draft in asked:
        _resolve(draft, read, releases, catalogue, ())
    told = [draft for draft in read.values() if draft in asked or draft.folder in releases]
    problems = [problem for draft in told for problem in draft.reader.problems]
    problems += _headless(read)
    if not problems:
        problems = list(_check_status(heads_read))
    if problems:
        raise RulebookError(problems)
    return [release for draft in asked if (release := releases[draft.folder]) is not None]


def _resolve(
    draft: _Draft, drafts: dict[Path, _Draft], releases: dict[Path, Release | None], catalogue: Catalogue, above: tuple[Path, ...]
) -> Release | None:
    """The release of a draft, after that of its base; None where it has a problem, or its base has."""
    if draft.folder in releases:
        return releases[draft.folder]
    base: Release | None = None
    if draft.base is not None:
        path = draft.folder.parent / draft.base
        if path not in drafts and (path / PACK_FILE).is_file():  # a release is read alone, and its base stands beside it
            drafts[path] = _header(path / PACK_FILE, catalogue)
        if path not in drafts or path in (*above, draft.folder):
            known = [head.parent.name for head in draft.folder.parent.glob(f"*/{PACK_FILE}") if head.parent != draft.folder]
            if "extends" in draft.header:
                draft.reader.note("unknown-base", draft.header["extends"].place, base=draft.base, hint=hint(draft.base, known))
            return releases.setdefault(draft.folder)
        base = _resolve(drafts[path], drafts, releases, catalogue, (*above, draft.folder))
        if base is None:
            return releases.setdefault(draft.folder)
    release = _release(draft, base)
    return releases.setdefault(draft.folder, None if draft.reader.problems else release)


def _headless(drafts: dict[Path, _Draft]) -> list[Problem]:
    """Folders beside a release that hold rule files and no head."""
    beside = {path for folder in drafts for path in folder.parent.iterdir() if path.is_dir() and not (path / PACK_FILE).exists()}
    return [Problem("missing-file", Place(str(path / PACK_FILE), 1, 1)) for path in sorted(beside) if any(path.glob("*.yaml"))]


def _document(reader: Reader, path: Path) -> Located:
    place = Place(str(path), 1, 1)
    try:
        read = read_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reader.note("unreadable-file", place, reason=type(error).__name__)
        return Located({}, place)
    if isinstance(read, Problem):
        reader.problems.append(read)
        return Located({}, place)
    return read


def _header(path: Path, catalogue: Catalogue) -> _Draft:
    reader = Reader(catalogue, OWN_SYSTEM.get(path.parent.parent.name, ICPC))
    document = _document(reader, path)
    extends = document.value.get("extends") if isinstance(document.value, dict) else None
    base = reader.text(extends, "ekm-2024-11") if extends is not None else None
    header: Row = {}
    if not reader.problems:
        required, optional = ((*_REQUIRED, "extends"), _WHOLE) if extends else ((*_REQUIRED, *_WHOLE), ())
        header = reader.row(document, required, optional)
    return _Draft(path.parent, header, document.place, base, reader)


def _release(draft: _Draft, base: Release | None) -> Release | None:
    """The release of a folder; None where a problem in its head leaves the rest without meaning."""
    reader, header = draft.reader, draft.header
    for key, folder in (("release", draft.folder), ("pack", draft.folder.parent)):
        name = reader.text(header[key]) if key in header else None
        if name is not None and name != folder.name:
            reader.note("wrong-folder", header[key].place, key=key, given=name, folder=folder.name)
    if draft.folder.parent.name not in JURISDICTIONS and "pack" in header and not reader.problems:
        reader.note("unknown-pack", header["pack"].place, pack=draft.folder.parent.name, allowed=", ".join(JURISDICTIONS))
    status = reader.choice(header["status"], _RELEASE_STATUSES) if "status" in header else None
    languages = reader.several(header["languages"], reader.text) if "languages" in header else base.languages if base else ()
    reader.languages = languages or ("da",)
    owner = reader.texts(header["owner"]) if "owner" in header else base.owner if base else {}
    start = reader.date(header["start"]) if "start" in header else base.start if base else None
    sources = {**(base.sources if base else {}), **_sources(reader, header)}
    specialties = {**(base.specialties if base else {}), **_specialties(reader, header)}
    if start is None or status is None or reader.problems:
        return None
    reader.sources, reader.specialties = sources, specialties
    for path in sorted(draft.folder.glob("*.yml")):
        reader.note("file-ending", Place(str(path), 1, 1))
    documents = [
        (path, reader.row(_document(reader, path), (), ("courses", "rules")))
        for path in sorted(draft.folder.glob("*.yaml"))
        if path.name != PACK_FILE
    ]
    own: dict[str, Course] = {}
    first: dict[str, Place] = {}
    for _, row in documents:
        if "courses" in row:
            for name, place in row["courses"].keys.items():
                if name in first:
                    reader.note("double-course", place, course=name, first=first[name])
                first.setdefault(name, place)
            own |= read_courses(reader, row["courses"])
    courses = {**(base.courses if base else {}), **own}
    reader.courses = {**courses, **first}  # one with a problem of its own is known all the same
    places: dict[str, Place] = {}
    rules: list[Rule] = []
    for _, row in documents:
        if "rules" in row:
            rules += read_rules(reader, row["rules"], places, rules)
    return Release(
        pack=draft.folder.parent.name,
        name=draft.folder.name,
        status=status,  # type: ignore[arg-type]
        languages=languages,
        owner=owner,
        start=start,
        sources=sources,
        specialties=specialties,
        courses=courses,
        rules=_merged(base.rules if base else (), rules),
    )


def _merged(base: Iterable[Rule], changed: list[Rule]) -> tuple[Rule, ...]:
    """The rules of the base, each replaced by the one of the same name, and the new ones after them."""
    return tuple({**{rule.id: rule for rule in base}, **{rule.id: rule for rule in changed}}.values())


def _sources(reader: Reader, header: Row) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for name, node in (reader.mapping(header["sources"]) if "sources" in header else {}).items():
        row = reader.row(node, ("title", "date", "status"), ("url",))
        title = reader.text(row["title"]) if "title" in row else None
        date = reader.date(row["date"]) if "date" in row and row["date"].value is not None else None
        status = reader.choice(row["status"], STATUSES) if "status" in row else None
        url = reader.text(row["url"]) if "url" in row and row["url"].value is not None else None
        if title and status:
            sources[name] = Source(title, date.isoformat() if date else None, url, status)
    return sources


def _specialties(reader: Reader, header: Row) -> dict[str, Texts]:
    rows = reader.mapping(header["specialties"]) if "specialties" in header else {}
    return {name: reader.texts(node) for name, node in rows.items()}


def _check_status(drafts: list[_Draft]) -> Iterable[Problem]:
    """Just one release of a pack is current; that is asked only where the whole pack was read."""
    for folder in sorted({draft.folder.parent for draft in drafts}):
        pack = [draft for draft in drafts if draft.folder.parent == folder]
        current = [draft for draft in pack if draft.status == "current"]
        if len(current) > 1:
            one, other = (draft.folder.name for draft in current[:2])
            place = current[1].header["status"].place
            yield Problem("two-current", place, {"pack": folder.name, "first": one, "second": other})
        if not current and len(list(folder.glob(f"*/{PACK_FILE}"))) == len(pack):
            yield Problem("no-current", pack[0].header["status"].place, {"pack": folder.name})
