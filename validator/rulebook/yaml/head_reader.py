"""Read `pack.yaml`, the head of a release: name, base, languages, sources and specialties."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from validator.contract.encounter import JURISDICTIONS
from validator.contract.verdict import Source
from validator.rulebook.course import STATUS_WORDS, Status
from validator.rulebook.release import Release
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.file_keys import INHERITED_KEYS, keys_of
from validator.rulebook.yaml.located_yaml import Located, read_yaml
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
from validator.rulebook.yaml.problems import Place
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.texts import LANGUAGES

RELEASE_STATUSES = ("current", "published", "draft")


@dataclass(frozen=True)
class Base:
    """What a release inherits from the one that it extends.

    A set of names is None where it is unknown. `nodes` are the located values of courses and rules in its `files`, by
    ("courses" or "rules", name).
    """

    release: Release | None = None
    languages: tuple[str, ...] | None = None
    sources: frozenset[str] | None = None
    specialties: frozenset[str] | None = None
    courses: frozenset[str] | None = None
    nodes: Mapping[tuple[str, str], Located] = field(default_factory=dict)
    files: tuple[ReleaseFiles, ...] = ()


def base_from_release(release: Release) -> Base:
    """Return a loaded release as a base, without its files."""
    return Base(release, release.languages, frozenset(release.sources), frozenset(release.specialties), frozenset(release.courses))


@dataclass
class Head:
    """The head of a release.

    `extends` is None where the release extends nothing, and "" where the name is unreadable. `accept` has the places of the
    ids of accepted warnings.
    """

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
    accept: Mapping[str, Place] = field(default_factory=dict)


def read_document(reader: NodeReader, files: ReleaseFiles, file: str) -> Located | None:
    """Read a file into located values; None, with the problem noted, where it is unreadable."""
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
    document, problems = read_yaml(text, path)
    for problem in problems:
        reader.add(problem)
    return document


def read_head(reader: NodeReader, files: ReleaseFiles) -> Head:
    """Read the keys of a head and the name of its base.

    `complete_head` reads the rest once the base is known.
    """
    node = read_document(reader, files, PACK_FILE)
    if node is None or not isinstance(node.value, dict):
        if node is not None:
            reader.mapping(node)
        return Head({}, "", Place(files.path(PACK_FILE), 1, 1), reader)
    extends = (reader.text(node.value["extends"], "ekm-2024-11") or "") if "extends" in node.value else None
    must, may = keys_of("pack")
    required = (*must, "extends") if extends is not None else (*must, *INHERITED_KEYS)
    optional = tuple(key for key in may if key not in (*required, "extends"))
    return Head(reader.row(node, required, optional), extends, node.place, reader)


def complete_head(head: Head, files: ReleaseFiles, base: Base | None) -> None:
    """Read the values of a head, and set the names on the reader that the other files may use."""
    reader, row = head.reader, head.row
    base = base or Base()
    for key, folder in (("release", files.name), ("pack", files.pack)):
        name = reader.text(row[key]) if key in row else None
        if name is None or (key == "release" and reader.identifier(name, row[key].place) is None):
            continue
        if name != folder:
            reader.note("wrong-folder", row[key].place, key=key, given=name, folder=folder)
        elif key == "pack" and name not in JURISDICTIONS:
            reader.note("unknown-pack", row[key].place, pack=name, allowed=", ".join(JURISDICTIONS))
    head.status = reader.choice(row["status"], RELEASE_STATUSES) if "status" in row else None
    reader.languages = head.languages = _languages(reader, row) if "languages" in row else base.languages
    inherited = base.release
    head.owner = reader.titles(row["owner"]) if "owner" in row else inherited.owner if inherited else {}
    head.start = reader.date(row["start"]) if "start" in row else inherited.start if inherited else None
    head.sources = {**(inherited.sources if inherited else {}), **_sources(reader, row)}
    head.specialties = {**(inherited.specialties if inherited else {}), **_specialties(reader, row)}
    head.accept = _accepted(reader, row)
    extends = head.extends is not None
    reader.sources = _names(row.get("sources"), base.sources, extends=extends)
    reader.specialties = _names(row.get("specialties"), base.specialties, extends=extends)


def read_status(reader: NodeReader, node: Located) -> Status | None:
    """Read how settled a code or a source is, in English or in Danish."""
    return STATUS_WORDS.get(reader.choice(node, STATUS_WORDS) or "")


def _names(node: Located | None, inherited: frozenset[str] | None, *, extends: bool) -> frozenset[str] | None:
    """Return the names under a key and those of the base, also names whose values have problems."""
    if node is not None and not isinstance(node.value, dict):
        return None
    if extends:
        return None if inherited is None else inherited | frozenset(node.value if node else ())
    return None if node is None else frozenset(node.value)


def _languages(reader: NodeReader, row: Row) -> tuple[str, ...] | None:
    noted = reader.noted
    languages = reader.several(row["languages"], lambda node: reader.choice(node, LANGUAGES), example="[da, en]")
    return languages if reader.noted == noted else None


def _accepted(reader: NodeReader, row: Row) -> dict[str, Place]:
    if "accept" not in row:
        return {}
    example = f"[{ACCEPTABLE[0]}]"
    ids = reader.several(row["accept"], lambda node: reader.choice(node, ACCEPTABLE), example=example)
    return {node.value: node.place for node in reader.items(row["accept"], example=example) if node.value in ids} if ids else {}


def _sources(reader: NodeReader, row: Row) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for name, node in (reader.named(row["sources"]) if "sources" in row else {}).items():
        fields = reader.row(node, *keys_of("source"))
        title = reader.title(fields["title"]) if "title" in fields else None
        date = reader.date(fields["date"]) if "date" in fields and fields["date"].value is not None else None
        status = read_status(reader, fields["status"]) if "status" in fields else None
        url = reader.text(fields["url"]) if "url" in fields and fields["url"].value is not None else None
        if url is not None and not _is_address(url):
            reader.note("not-address", fields["url"].place, given=url)
        if title and status:
            sources[name] = Source(title, date.isoformat() if date else None, url, status)
    return sources


def _specialties(reader: NodeReader, row: Row) -> dict[str, Texts]:
    rows = reader.named(row["specialties"]) if "specialties" in row else {}
    return {name: reader.titles(node) for name, node in rows.items()}


def _is_address(text: str) -> bool:
    """Return whether a text is an address that a page may link to: http or https, with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:  # such as a half bracket
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and text.isprintable() and " " not in text
