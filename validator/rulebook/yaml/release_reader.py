"""Read the files of one release: head, courses and rules, with all problems."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import DEFAULT_SYSTEMS, ICPC
from validator.rulebook.analysis.release_cost import MAX_DIAGNOSES, find_excessive_costs
from validator.rulebook.course import Course
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.rulebook.yaml.course_reader import read_courses
from validator.rulebook.yaml.file_keys import keys_of
from validator.rulebook.yaml.head_reader import Base, Head, complete_head, read_document, read_head
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place, Problem
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles
from validator.rulebook.yaml.rule_reader import read_rules
from validator.rulebook.yaml.value_reader import NodeReader, Row


@dataclass
class ReadRelease:
    """A release as read.

    `release` is set where it has no problems; `base` is for releases that extend it. `inherited` is the release that it extends,
    `unpublished` are the folders of releases that it extends and that are not published.
    """

    files: ReleaseFiles
    head: Head
    reader: NodeReader
    release: Release | None = None
    base: Base = field(default_factory=Base)
    inherited: Release | None = None
    unpublished: tuple[Path, ...] = ()

    @property
    def status(self) -> object:
        """The status in the head, whether or not it is valid."""
        return self.head.row["status"].value if "status" in self.head.row else None

    @property
    def problems(self) -> list[Problem]:
        """Every problem, each with its line."""
        return [self.lined(problem) for problem in self.reader.problems]

    def lined(self, problem: Problem) -> Problem:
        """Return a problem with its line, which may be in a file of the base."""
        lines = (files.line(problem.place.file, problem.place.line) for files in (self.files, *self.base.files))
        return replace(problem, line=next(filter(None, lines), ""))


def begin_release(files: ReleaseFiles, catalogue: Catalogue) -> ReadRelease:
    """Read the head of a release, which names its base; `finish_release` reads the rest."""
    reader = NodeReader(catalogue, DEFAULT_SYSTEMS.get(files.pack, ICPC))
    return ReadRelease(files, read_head(reader, files), reader)


def finish_release(read: ReadRelease, base: Base | None) -> None:
    """Read the rest of a release.

    `base` is empty where it is unreadable, and None where the release extends nothing.
    """
    reader, files, head = read.reader, read.files, read.head
    complete_head(head, files, base)
    for file in files.contents:
        if file.endswith(".yml"):
            reader.note("file-ending", Place(files.path(file), 1, 1))
    read_rows = [_row(reader, files, file) for file in files.contents if file.endswith(".yaml") and file != PACK_FILE]
    rows = [row for row in read_rows if row is not None]
    courses, places = _courses(reader, rows)
    inherited = base.courses if base else frozenset() if head.extends is None else None
    if inherited is not None and None not in read_rows and all(_is_table(row.get("courses")) for row in rows):
        reader.courses = inherited | places.keys()  # including courses with problems
    nodes = {("courses", name): node for row in rows for name, node in _named(row.get("courses"))}
    rules = _rules(reader, rows, nodes)
    read.inherited = inherited_release = base.release if base else None
    release = Release(
        pack=files.pack,
        name=files.name,
        status=head.status,  # type: ignore[arg-type]  # checked below: no release is returned with problems
        languages=head.languages or (),
        owner=head.owner,
        start=head.start,  # type: ignore[arg-type]
        sources=head.sources,
        specialties=head.specialties,
        courses={**(inherited_release.courses if inherited_release else {}), **courses},
        rules=_merged(inherited_release.rules if inherited_release else (), rules),
    )
    if not reader.problems:
        _note_costs(reader, release, {**(base.nodes if base else {}), **nodes}, head.place)
    lacks_base = head.extends is not None and inherited_release is None
    read.release = None if reader.problems or lacks_base else release
    read.base = Base(
        read.release,
        head.languages,
        _frozen(reader.sources),
        _frozen(reader.specialties),
        _frozen(reader.courses),
        {**(base.nodes if base else {}), **nodes},
        (files, *(base.files if base else ())),
    )


def _row(reader: NodeReader, files: ReleaseFiles, file: str) -> Row | None:
    """Read a file; None where it is unreadable."""
    node = read_document(reader, files, file)
    row = None if node is None else reader.row(node, *keys_of("file"))
    return row if node is not None and isinstance(node.value, dict) else None


def _is_table(node: Located | None) -> bool:
    """Return whether the names under a key are known; an absent key has none."""
    return node is None or isinstance(node.value, dict)


def _courses(reader: NodeReader, rows: Iterable[Row]) -> tuple[dict[str, Course], dict[str, Place]]:
    """Read the courses of all files, and the first place of each."""
    courses: dict[str, Course] = {}
    first: dict[str, Place] = {}
    for row in rows:
        if "courses" in row:
            for name, place in row["courses"].keys.items():
                if name in first:
                    reader.note("double-course", place, course=name, first=first[name])
                first.setdefault(name, place)
            courses |= read_courses(reader, row["courses"])
    return courses, first


def _named(table: Located | None) -> Iterable[tuple[str, Located]]:
    return table.value.items() if table is not None and isinstance(table.value, dict) else ()


def _rules(reader: NodeReader, rows: Iterable[Row], nodes: dict[tuple[str, str], Located]) -> list[Rule]:
    rules: list[Rule] = []
    places: dict[str, Place] = {}
    for row in rows:
        if "rules" in row:
            for rule, node in read_rules(reader, row["rules"], places, rules):
                rules.append(rule)
                nodes["rules", rule.id] = node
    return rules


def _note_costs(reader: NodeReader, release: Release, nodes: Mapping[tuple[str, str], Located], place: Place) -> None:
    """Note what the worst contact would cost too much of, at the rule that has the greatest part in it.

    `place` is that of rules which were inherited without files.
    """
    for cost in find_excessive_costs(release):
        node = nodes.get(("rules", cost.rule))
        values = {"rule": cost.rule, "count": cost.count, "limit": cost.limit, "diagnoses": MAX_DIAGNOSES}
        reader.note(cost.problem, node.place if node else place, **values)


def _merged(base: Iterable[Rule], changed: list[Rule]) -> tuple[Rule, ...]:
    """Return the rules of the base, updated with the changed ones.

    A changed rule replaces the rule of the same id; new rules follow.
    """
    return tuple({**{rule.id: rule for rule in base}, **{rule.id: rule for rule in changed}}.values())


def _frozen(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)
