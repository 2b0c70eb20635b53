"""Everything that is wrong or doubtful in rule files, at once."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validator.authoring.checks.course_warnings import course_warnings, dated_rule_warnings
from validator.authoring.checks.rule_warnings import rule_warnings
from validator.authoring.checks.source_places import SourcePlaces
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.problems import Problem, WithProblems
from validator.rulebook.yaml.release_reader import ReadRelease


@dataclass(frozen=True)
class ReleaseReport(WithProblems):
    """The releases that can be used, and the problems of all, by their place. Without an error all of them can go live."""

    releases: tuple[Release, ...]
    problems: tuple[Problem, ...]
    command = "kodevagt rules check"

    def contents(self) -> dict[str, Any]:
        """What was checked, as plain data."""
        releases = [
            {"pack": release.pack, "release": release.name, "courses": len(release.courses), "rules": len(release.rules)}
            for release in self.releases
        ]
        return {"releases": releases}


def check_folder(folder: Path, catalogue: Catalogue, as_of: datetime.date) -> ReleaseReport:
    """The report on every release below a folder; what ages is measured on the day `as_of`."""
    found = read_releases(folder, catalogue)
    return build_report(found.problems, found.releases, catalogue, as_of)


def find_warnings(release: Release, places: SourcePlaces, catalogue: Catalogue, as_of: datetime.date) -> Iterator[Problem]:
    """What is doubtful in a release that was read without an error."""
    yield from rule_warnings(release, catalogue, places)
    yield from dated_rule_warnings(release, catalogue, places)
    yield from course_warnings(release, catalogue, places, as_of)


def build_report(
    errors: Iterable[Problem], reads: Iterable[ReadRelease], catalogue: Catalogue, as_of: datetime.date
) -> ReleaseReport:
    """The report on releases that were read with these problems. What several inherit is reported once, at its place."""
    problems = list(errors)
    reported: set[tuple[object, str]] = set()
    reads = list(reads)
    for read in reads:
        found = find_warnings(read.release, _places(read), catalogue, as_of) if read.release else ()
        for problem in found:
            if (problem.place, problem.text) not in reported:
                reported.add((problem.place, problem.text))
                problems.append(_lined(problem, reads))
    releases = tuple(read.release for read in reads if read.release)
    return ReleaseReport(releases, tuple(sorted(problems, key=lambda problem: (problem.place, problem.id))))


def _places(read: ReadRelease) -> SourcePlaces:
    """The places of a release that was read; what it inherits from one without files is at its "extends"."""
    row = read.head.row
    return SourcePlaces(read.base.nodes, row["extends"].place if "extends" in row else read.head.place)


def _lined(problem: Problem, reads: Iterable[ReadRelease]) -> Problem:
    """The problem with its line, from whichever release the file belongs to."""
    return next((lined for read in reads if (lined := read.lined(problem)).line), problem)
