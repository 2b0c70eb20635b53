"""All errors and warnings of rule files in one report, and whether a release can be published.

It is the one answer of `check`, `test`, `publish` and their routes.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from validator.authoring.checks.change_warnings import change_warnings
from validator.authoring.checks.course_warnings import course_warnings, dated_rule_warnings
from validator.authoring.checks.engine_check import engine_accepts
from validator.authoring.checks.folder_warnings import folder_warnings
from validator.authoring.checks.inherited_examples import accepted_elsewhere, run_own_examples
from validator.authoring.checks.rule_warnings import rule_warnings
from validator.authoring.checks.source_places import SourcePlaces
from validator.authoring.checks.source_warnings import source_warnings
from validator.authoring.examples import ExampleReport
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.base_releases import NO_OTHERS, OtherReleases
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.problems import MAX_PROBLEMS, CheckReport, Place, Problem, WithProblems
from validator.rulebook.yaml.release_reader import ReadRelease


@dataclass(frozen=True)
class ExaminedRelease(WithProblems):
    """A release that could be read, with every problem that was found in it."""

    release: Release
    problems: tuple[Problem, ...]
    examples: ExampleReport

    @property
    def publishable(self) -> bool:
        return not any(problem.prevents_publishing for problem in self.problems)


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


def check_folder(
    folder: Path,
    catalogue: Catalogue,
    as_of: datetime.date,
    accept: Collection[str] = (),
    *,
    others: OtherReleases = NO_OTHERS,
) -> ReleaseReport:
    """Check every release below a folder.

    The age of sources and entries is measured on the day `as_of`. `accept` are ids of warnings that are accepted, `others` are
    releases that those of the folder may extend.
    """
    read = read_releases(folder, catalogue, others=others)
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
        found += _unused(((id, reads[0].head.place) for id in dict.fromkeys(accept)), found)
    unique = list({(problem.place, problem.text): problem for problem in reversed(found)}.values())[::-1]
    rest = unique[MAX_PROBLEMS:]
    more = [Problem("more-warnings", rest[-1].place, {"number": str(len(rest))})] if rest else []
    problems = sorted([*errors, *unique[:MAX_PROBLEMS], *more], key=lambda problem: (problem.place, problem.id))
    readable = bool(examined) and not errors
    return ReleaseReport(examined, tuple(problems), readable, readable and all(item.publishable for item in examined))


def accept_elsewhere(report: ReleaseReport) -> ReleaseReport:
    """Return the report on a release that was published elsewhere, with what was accepted there as warnings."""
    examined = tuple(replace(item, problems=tuple(accepted_elsewhere(item.examples, item.problems))) for item in report.examined)
    problems = [problem for problem in report.problems if problem.id != "accepts-nothing"]
    for item in examined:
        problems = list(accepted_elsewhere(item.examples, problems))
    publishable = report.readable and all(item.publishable for item in examined)
    return replace(report, examined=examined, problems=tuple(problems), publishable=publishable)


def examine_release(
    read: ReadRelease, release: Release, catalogue: Catalogue, as_of: datetime.date, accept: Collection[str] = ()
) -> ExaminedRelease:
    """Return the problems of a `release` that was `read`, without the warnings that the release below it has as well.

    `accept` are ids of warnings that are accepted, besides those that `pack.yaml` names. The age of sources and periods is
    measured on the day `as_of`.
    """
    base, places, head = read.inherited, places_of(read), read.head.place
    examples, problems = run_own_examples(release, base, catalogue, places)
    if not engine_accepts(release):
        problems.append(Problem("engine-refuses", head))
    problems += folder_warnings(read)
    problems += change_warnings(release, base, places, head, as_of)
    below = SourcePlaces({}, head)
    before = {(problem.id, problem.text) for problem in _warnings(base, below, {}, head, catalogue, as_of)} if base else set()
    dates = _source_dates(read) if base or read.status == "draft" else None
    problems += (
        problem for problem in _warnings(release, places, dates, head, catalogue, as_of) if (problem.id, problem.text) not in before
    )
    accepted = {*read.head.accept, *accept}
    problems = [replace(problem, accepted=problem.needs_acceptance and problem.id in accepted) for problem in problems]
    problems += _unused(read.head.accept.items(), problems)
    return ExaminedRelease(release, tuple(map(read.lined, problems)), examples)


def places_of(read: ReadRelease) -> SourcePlaces:
    """Return the places of a release.

    Problems in what it inherits from a release without files are reported at its "extends".
    """
    row = read.head.row
    return SourcePlaces(read.base.nodes, row["extends"].place if "extends" in row else read.head.place)


def _warnings(
    release: Release,
    places: SourcePlaces,
    dates: dict[str, Place] | None,
    head: Place,
    catalogue: Catalogue,
    as_of: datetime.date,
) -> Iterator[Problem]:
    """Yield the warnings about the content of a release; about the dates of its sources unless `dates` is None."""
    if dates is not None:
        yield from source_warnings(release, places, dates, head, as_of)
    yield from rule_warnings(release, catalogue, places)
    yield from dated_rule_warnings(release, catalogue, places)
    yield from course_warnings(release, catalogue, places, as_of)


def _source_dates(read: ReadRelease) -> dict[str, Place]:
    """Return the places of the dates of sources in `pack.yaml`."""
    table = read.head.row.get("sources")
    rows = table.value if table is not None else {}
    return {name: row.value["date"].place for name, row in rows.items()}


def _unused(accept: Iterable[tuple[str, Place]], problems: Collection[Problem]) -> Iterator[Problem]:
    """Yield a warning for each accepted id that no problem has."""
    found = {problem.id for problem in problems}
    for id, place in accept:
        if id not in found:
            yield Problem("accepts-nothing", place, {"id": id})
