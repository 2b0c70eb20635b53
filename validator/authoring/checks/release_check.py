"""All errors and warnings of rule files in one report."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validator.authoring.checks.publishability import ExaminedRelease, examine_release
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.problems import MAX_PROBLEMS, CheckReport, Place, Problem
from validator.rulebook.yaml.release_reader import ReadRelease


@dataclass(frozen=True)
class ReleaseReport(CheckReport):
    """The releases without errors of reading, and the problems of all releases ordered by place.

    `readable` is whether every release could be read, and `publishable` whether each may be published.
    """

    examined: tuple[ExaminedRelease, ...]
    problems: tuple[Problem, ...]
    readable: bool = False
    publishable: bool = False
    command = "kodevagt rules check"

    @property
    def releases(self) -> tuple[Release, ...]:
        return tuple(found.release for found in self.examined)

    def contents(self) -> dict[str, Any]:
        """Return which releases were checked, as plain data."""
        releases = [
            {
                "pack": found.release.pack,
                "release": found.release.name,
                "courses": len(found.release.courses),
                "rules": len(found.release.rules),
                "publishable": found.publishable,
            }
            for found in self.examined
        ]
        return {"releases": releases, "publishable": self.publishable}


def check_folder(folder: Path, catalogue: Catalogue, as_of: datetime.date, accept: Collection[str] = ()) -> ReleaseReport:
    """Check every release below a folder.

    The age of sources and entries is measured on the day `as_of`; `accept` are ids of warnings that are accepted.
    """
    read = read_releases(folder, catalogue)
    return build_report(read.problems, read.releases, catalogue, as_of, accept)


def build_report(
    errors: Iterable[Problem],
    reads: Sequence[ReadRelease],
    catalogue: Catalogue,
    as_of: datetime.date,
    accept: Collection[str] = (),
) -> ReleaseReport:
    """Add the problems of each release to those of reading.

    A warning that several releases inherit is reported once.
    """
    examined = tuple(examine_release(read, read.release, catalogue, as_of, accept) for read in reads if read.release)
    errors = list(errors)
    found = [problem for item in examined for problem in item.problems]
    if examined and not errors:
        found += _unused(accept, found, reads[0].head.place)
    unique = list({(problem.place, problem.text): problem for problem in reversed(found)}.values())[::-1]
    rest = unique[MAX_PROBLEMS:]
    more = [Problem("more-warnings", rest[-1].place, {"number": str(len(rest))})] if rest else []
    problems = sorted([*errors, *unique[:MAX_PROBLEMS], *more], key=lambda problem: (problem.place, problem.id))
    readable = bool(examined) and not errors
    return ReleaseReport(examined, tuple(problems), readable, readable and all(item.publishable for item in examined))


def _unused(accept: Iterable[str], problems: Iterable[Problem], place: Place) -> Iterator[Problem]:
    """Yield a warning for each id accepted on the command line or in the request that no problem has."""
    found = {problem.id for problem in problems}
    yield from (Problem("accepts-nothing", place, {"id": id}) for id in dict.fromkeys(accept) if id not in found)
