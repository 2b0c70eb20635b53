"""The trial that a release must pass to be published.

It covers checks, examples, the rule engine and the coding cases.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from validator.authoring.checks.release_check import ReleaseReport, accept_elsewhere, build_report
from validator.authoring.draft import Draft
from validator.authoring.examples import UnreachedBranch, WrongExample
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.base_releases import NO_OTHERS, OtherReleases
from validator.rulebook.yaml.folder import read_files, read_releases
from validator.rulebook.yaml.problem_texts import ACCEPTABLE
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

    `problems` has the failures of examples too, which `wrong` and `unreached` describe. `release` is None unless exactly one
    could be read. `broken_cases` are the coding cases that are withdrawn once the release is current. They do not prevent
    publication.
    """

    release: Release | None
    problems: tuple[Problem, ...] = ()
    wrong: tuple[WrongExample, ...] = ()
    unreached: tuple[UnreachedBranch, ...] = ()
    broken_cases: tuple[WithdrawnCase, ...] = ()
    passed: bool = False


def run_trial(sandbox: Sandbox, work: Callable[..., TrialReport], *arguments: object) -> TrialReport:
    """Run one of the functions below in the sandbox.

    Thus no rules can block or end this process. Raises InvalidReleaseError where the trial reaches a limit, or another
    SandboxError.
    """
    try:
        report: TrialReport = sandbox.run(work, *arguments, seconds=TRIAL_SECONDS)
    except TimeLimitError as error:
        raise InvalidReleaseError("release-too-slow", seconds=round(error.seconds)) from error
    except (MemoryLimitError, OutputLimitError) as error:
        raise InvalidReleaseError("release-too-large") from error
    return report


def try_folder(
    folder: Path,
    catalogue: Catalogue,
    cases: Collection[Case],
    accept: Collection[str] = (),
    *,
    others: OtherReleases = NO_OTHERS,
) -> TrialReport:
    """Try the one release of a folder, which may extend one of `others`. `accept` are ids of warnings that are accepted."""
    found = read_releases(folder, catalogue, others=others)
    return _try_read(found.problems, found.releases, catalogue, cases, accept)


def try_draft(draft: Draft, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """Try a release that was submitted as files."""
    read = read_files(draft.release_files, draft.published, catalogue)
    return _try_read(read.problems, [read], catalogue, cases, draft.accept)


def try_release(release: Release, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """Try a release that came without its files, whose warnings were accepted where it was published.

    So were examples that show something else than they say, since they were judged by the same rules there.
    """
    read, problems = read_again(release, catalogue)
    report = accept_elsewhere(build_report(problems, [read], catalogue, datetime.date.today(), ACCEPTABLE))
    return _trial(report, catalogue, cases)


def _try_read(
    errors: Iterable[Problem],
    reads: Sequence[ReadRelease],
    catalogue: Catalogue,
    cases: Collection[Case],
    accept: Collection[str],
) -> TrialReport:
    return _trial(build_report(errors, reads, catalogue, datetime.date.today(), accept), catalogue, cases)


def _trial(report: ReleaseReport, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    if len(report.examined) != 1:
        return TrialReport(None, report.problems)
    (found,) = report.examined
    if not report.publishable:
        return TrialReport(found.release, report.problems, found.examples.wrong, found.examples.unreached)
    broken = withdrawn_cases(cases, found.release, catalogue)
    return TrialReport(found.release, report.problems, broken_cases=broken, passed=True)
