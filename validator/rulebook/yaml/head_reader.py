"""Reads `pack.yaml`, the head of a release: its name, what it builds on, its languages, sources and specialties."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from validator.contract.encounter import JURISDICTIONS
from validator.contract.verdict import Source
from validator.rulebook.release import Release
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.file_keys import keys_of
from validator.rulebook.yaml.located_yaml import Located, read_yaml
from validator.rulebook.yaml.node_reader import NodeReader, Row
from validator.rulebook.yaml.problems import Place
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles
from validator.texts import LANGUAGES

_ADDRESSES = "https://", "http://"
RELEASE_STATUSES = ("current", "published", "draft")
STATUSES = ("decided", "undecided", "unconfirmed")


@dataclass(frozen=True)
class Base:
    """What a release takes from the one that it extends. A set of names is None where they cannot be known.

    `nodes` are the courses and rules as they stand in its `files`, by ("courses" or "rules", name).
    """

    release: Release | None = None
    languages: tuple[str, ...] | None = None
    sources: frozenset[str] | None = None
    specialties: frozenset[str] | None = None
    courses: frozenset[str] | None = None
    nodes: Mapping[tuple[str, str], Located] = field(default_factory=dict)
    files: tuple[ReleaseFiles, ...] = ()


def base_from_release(release: Release) -> Base:
    """A release that is there already, without its files."""
    return Base(release, release.languages, frozenset(release.sources), frozenset(release.specialties), frozenset(release.courses))


@dataclass
class Head:
    """A head as it was written; `extends` is None where the release stands alone, and "" where that cannot be read."""

    row: Row
    extends: str | None
    place: Place
    reader: NodeReader = field(repr=False)
    languages: tuple[str, ...] | None = None
    status: str | None = None
    start: datetime.date | None = None
    owner: Texts = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    specialties: Mapping[str, Texts] = field(default_factory=dict)


def read_document(reader: NodeReader, files: ReleaseFiles, file: str) -> Located | None:
    """What a file of the release holds, in located values; None after what is wrong with it has been noted."""
    content, path = files.contents[file], files.path(file)
    if isinstance(content, Located):
        return content
    if isinstance(content, str):
        reader.note("unreadable-file", Place(path, 1, 1), reason=content)
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        place = Place(path, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        reader.note("not-utf8", place)
        return None
    read, problems = read_yaml(text, path)
    reader.problems.extend(problems)
    return read


def read_head(reader: NodeReader, files: ReleaseFiles) -> Head:
    """The keys of a release's head, and what it extends; `complete_head` reads the rest once that is known."""
    node = read_document(reader, files, PACK_FILE)
    if node is None or not isinstance(node.value, dict):
        if node is not None:
            reader.mapping(node)
        return Head({}, "", Place(files.path(PACK_FILE), 1, 1), reader)
    extends = (reader.text(node.value["extends"], "ekm-2024-11") or "") if "extends" in node.value else None
    must, may = keys_of("pack")
    whole = tuple(key for key in may if key != "extends")  # a release that extends another takes these from it
    required, optional = ((*must, "extends"), whole) if extends is not None else ((*must, *whole), ())
    return Head(reader.row(node, required, optional), extends, node.place, reader)


def complete_head(head: Head, files: ReleaseFiles, base: Base | None) -> None:
    """Reads the values of a head, and tells the reader which names the other files may use."""
    reader, row = head.reader, head.row
    above = base or Base()
    for key, folder in (("release", files.name), ("pack", files.pack)):
        name = reader.text(row[key]) if key in row else None
        if name is None or (key == "release" and reader.identifier(name, row[key].place) is None):
            continue
        if name != folder:
            reader.note("wrong-folder", row[key].place, key=key, given=name, folder=folder)
        elif key == "pack" and name not in JURISDICTIONS:
            reader.note("unknown-pack", row[key].place, pack=name, allowed=", ".join(JURISDICTIONS))
    head.status = reader.choice(row["status"], RELEASE_STATUSES) if "status" in row else None
    reader.languages = head.languages = _languages(reader, row) if "languages" in row else above.languages
    inherited = above.release
    head.owner = reader.texts(row["owner"]) if "owner" in row else inherited.owner if inherited else {}
    head.start = reader.date(row["start"]) if "start" in row else inherited.start if inherited else None
    head.sources = {**(inherited.sources if inherited else {}), **_sources(reader, row)}
    head.specialties = {**(inherited.specialties if inherited else {}), **_specialties(reader, row)}
    alone = head.extends is None
    reader.sources = _names(row.get("sources"), above.sources, alone=alone)
    reader.specialties = _names(row.get("specialties"), above.specialties, alone=alone)


def _names(node: Located | None, inherited: frozenset[str] | None, *, alone: bool) -> frozenset[str] | None:
    """The names under a key and those of the base, as they stand: one whose value is wrong is known all the same."""
    if node is not None and not isinstance(node.value, dict):
        return None
    if alone:
        return None if node is None else frozenset(node.value)
    return None if inherited is None else inherited | frozenset(node.value if node else ())


def _languages(reader: NodeReader, row: Row) -> tuple[str, ...] | None:
    noted = len(reader.problems)
    languages = reader.several(row["languages"], lambda node: reader.choice(node, LANGUAGES), example="[da, en]")
    return languages if len(reader.problems) == noted else None


def _sources(reader: NodeReader, row: Row) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for name, node in (reader.mapping(row["sources"]) if "sources" in row else {}).items():
        own = reader.row(node, *keys_of("source"))
        title = reader.text(own["title"]) if "title" in own else None
        date = reader.date(own["date"]) if "date" in own and own["date"].value is not None else None
        status = reader.choice(own["status"], STATUSES) if "status" in own else None
        url = reader.text(own["url"]) if "url" in own and own["url"].value is not None else None
        if url is not None and not url.startswith(_ADDRESSES):
            reader.note("not-address", own["url"].place, given=url)
        if title and status:
            sources[name] = Source(title, date.isoformat() if date else None, url, status)
    return sources


def _specialties(reader: NodeReader, row: Row) -> dict[str, Texts]:
    rows = reader.mapping(row["specialties"]) if "specialties" in row else {}
    return {name: reader.texts(node) for name, node in rows.items()}
