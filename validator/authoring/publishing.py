"""The trial that a release must pass to be published.

It covers checks, examples, the rule engine and the coding cases.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from validator.authoring.checks.inherited_examples import without_inherited_failures
from validator.authoring.checks.release_check import build_report, places_of
from validator.authoring.drafts import Draft
from validator.authoring.examples import UnreachedBranch, WrongExample, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.judging.matcher import Matcher, MatcherCache
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files, read_releases
from validator.rulebook.yaml.problems import Problem, WithProblems
from validator.rulebook.yaml.release_documents import read_again
from validator.rulebook.yaml.release_reader import ReadRelease
from validator.sandbox.sandbox import MemoryLimitError, OutputLimitError, Sandbox, TimeLimitError
from validator.store.errors import InvalidReleaseError
from validator.training.case import Case
from validator.training.right_answer_checks import WithdrawnCase, withdrawn_cases

TRIAL_SECONDS = 20.0  # of processor time


@dataclass(frozen=True)
class TrialReport(WithProblems):
    """The result of a trial; the release may be published if the trial `passed`.

    `release` is None unless exactly one could be read. `broken_cases` are the coding cases that are withdrawn once
    the release is current. They do not prevent publication.
    """

    release: Release | None
    problems: tuple[Problem, ...] = ()
    wrong: tuple[WrongExample, ...] = ()
    unreached: tuple[UnreachedBranch, ...] = ()
    engine_accepts: bool = True
    broken_cases: tuple[WithdrawnCase, ...] = ()

    @property
    def passed(self) -> bool:
        return self.release is not None and self.engine_accepts and not (self.errors or self.wrong or self.unreached)


def run_trial(sandbox: Sandbox, work: Callable[..., TrialReport], *arguments: object) -> TrialReport:
    """Run one of the functions below in the sandbox.

    Thus no rules can block or end this process. Raises InvalidReleaseError where the trial reaches a limit or the
    engine rejects the rules, or another SandboxError.
    """
    try:
        report: TrialReport = sandbox.run(work, *arguments, seconds=TRIAL_SECONDS)
    except TimeLimitError as error:
        raise InvalidReleaseError("release-too-slow", seconds=round(error.seconds)) from error
    except (MemoryLimitError, OutputLimitError) as error:
        raise InvalidReleaseError("release-too-large") from error
    if not report.engine_accepts:
        raise InvalidReleaseError("release-unfit")
    return report


def try_folder(
    folder: Path, catalogue: Catalogue, cases: Collection[Case], *, bases: Mapping[str, Release] = MappingProxyType({})
) -> TrialReport:
    """Try the one release of a folder, which may extend one of `bases`."""
    found = read_releases(folder, catalogue, bases=bases)
    return _try_read(found.problems, found.releases, catalogue, cases)


def try_draft(draft: Draft, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """Try a release that was submitted as files."""
    read = read_files(draft.release_files, draft.published, catalogue)
    return _try_read(read.problems, [read], catalogue, cases)


def try_release(release: Release, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """Try a release that came without its files, as one that was submitted as files."""
    read, problems = read_again(release, catalogue)
    return _try_read(problems, [read], catalogue, cases)


def _try_read(
    errors: Iterable[Problem], reads: Sequence[ReadRelease], catalogue: Catalogue, cases: Collection[Case]
) -> TrialReport:
    report = build_report(errors, reads, catalogue, datetime.date.today())
    release = report.releases[0] if len(report.releases) == 1 else None
    if release is None or report.errors:
        return TrialReport(release, report.problems)
    read = next(read for read in reads if read.release is release)
    found = run_examples(release, catalogue)
    examples, inherited = without_inherited_failures(found, read.inherited, catalogue, places_of(read))
    problems = (*report.problems, *map(read.lined, inherited))
    broken = withdrawn_cases(cases, release, catalogue)
    return TrialReport(release, problems, examples.wrong, examples.unreached, _engine_accepts(release), broken)


def _engine_accepts(release: Release) -> bool:
    """Return whether durable-rules accepts the rules of every matcher that a contact can need."""
    if not Matcher(()).is_durable:
        return True  # durable-rules is not available on this machine, which uses the plain engine
    matchers = MatcherCache(release)
    days = (datetime.date.min, *release.change_dates)
    return all(matchers.get(specialty, day).is_durable for day in days for specialty in (*release.specialties, None))
