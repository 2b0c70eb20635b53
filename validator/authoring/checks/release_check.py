"""All errors and warnings of rule files in one report."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from validator.authoring.checks.course_warnings import course_warnings, dated_rule_warnings
from validator.authoring.checks.rule_warnings import rule_warnings
from validator.authoring.checks.source_places import SourcePlaces
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.problems import MAX_PROBLEMS, CheckReport, Place, Problem
from validator.rulebook.yaml.release_reader import ReadRelease


@dataclass(frozen=True)
class ReleaseReport(CheckReport):
    """The releases without errors, and the problems of all releases ordered by place."""

    releases: tuple[Release, ...]
    problems: tuple[Problem, ...]
    command = "kodevagt rules check"

    def contents(self) -> dict[str, Any]:
        """Return which releases were checked, as plain data."""
        releases = [
            {"pack": release.pack, "release": release.name, "courses": len(release.courses), "rules": len(release.rules)}
            for release in self.releases
        ]
        return {"releases": releases}


def check_folder(
    folder: Path, catalogue: Catalogue, as_of: datetime.date, *, bases: Mapping[str, Release] = MappingProxyType({})
) -> ReleaseReport:
    """Check every release below a folder.

    The age of sources and entries is measured on the day `as_of`. `bases` are other releases that those of the folder may extend.
    """
    read = read_releases(folder, catalogue, bases=bases)
    return build_report(read.problems, read.releases, catalogue, as_of)


def find_warnings(release: Release, places: SourcePlaces, catalogue: Catalogue, as_of: datetime.date) -> Iterator[Problem]:
    """Yield the warnings about a release that has no errors."""
    yield from rule_warnings(release, catalogue, places)
    yield from dated_rule_warnings(release, catalogue, places)
    yield from course_warnings(release, catalogue, places, as_of)


def build_report(
    errors: Iterable[Problem], reads: Sequence[ReadRelease], catalogue: Catalogue, as_of: datetime.date
) -> ReleaseReport:
    """Add the warnings to the problems of reading.

    A warning that several releases inherit is reported once.
    """
    warnings: dict[tuple[Place, str], Problem] = {}
    rest: list[Place] = []
    for read in reads:
        for problem in find_warnings(read.release, places_of(read), catalogue, as_of) if read.release else ():
            key = problem.place, problem.text
            if len(warnings) < MAX_PROBLEMS or key in warnings:
                warnings.setdefault(key, _with_line(problem, reads))
            else:
                rest.append(problem.place)
    more = [Problem("more-warnings", rest[-1], {"number": str(len(rest))})] if rest else []
    problems = sorted([*errors, *warnings.values(), *more], key=lambda problem: (problem.place, problem.id))
    return ReleaseReport(tuple(read.release for read in reads if read.release), tuple(problems))


def places_of(read: ReadRelease) -> SourcePlaces:
    """Return the places of a release.

    Problems in what it inherits from a release without files are reported at its "extends".
    """
    row = read.head.row
    return SourcePlaces(read.base.nodes, row["extends"].place if "extends" in row else read.head.place)


def _with_line(problem: Problem, reads: Iterable[ReadRelease]) -> Problem:
    """Add the text of the line, from the release that has the file."""
    return next((lined for read in reads if (lined := read.lined(problem)).line), problem)
