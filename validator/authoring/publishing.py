"""Tries a release before it may be published: all checks, all examples, every set of its rules in the engine, and the cases."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from validator.authoring.checks.release_check import ReleaseReport, build_report, check_folder
from validator.authoring.drafts import Draft
from validator.authoring.examples import UnreachedBranch, WrongExample, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.judging.matcher import Matcher, Matchers
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.problems import Problem, WithProblems
from validator.sandbox.sandbox import MemoryLimitError, Sandbox, TimeLimitError
from validator.store.errors import UnfitReleaseError
from validator.training.case import Case
from validator.training.key_checks import Broken, broken_by

TRIAL_SECONDS = 20.0  # seconds of processor time


@dataclass(frozen=True)
class TrialReport(WithProblems):
    """What came of it. `release` is there when just one could be read; only if it `passed` may it be published.

    `broken_cases` are the coding cases that are withdrawn once it is current. They hold nothing back.
    """

    release: Release | None
    problems: tuple[Problem, ...] = ()
    wrong: tuple[WrongExample, ...] = ()
    unreached: tuple[UnreachedBranch, ...] = ()
    engine_accepts: bool = True
    broken_cases: tuple[Broken, ...] = ()

    @property
    def passed(self) -> bool:
        return self.release is not None and self.engine_accepts and not (self.errors or self.wrong or self.unreached)


def run_trial(sandbox: Sandbox, work: Callable[..., TrialReport], *arguments: object) -> TrialReport:
    """Run one of the trials below in the sandbox: no rules can hang or end the process that asks.

    Raises UnfitReleaseError when it reaches a limit or the engine refuses the rules, or another SandboxError.
    """
    try:
        tried: TrialReport = sandbox.run(work, *arguments, seconds=TRIAL_SECONDS)
    except TimeLimitError as error:
        raise UnfitReleaseError("release-too-slow", seconds=round(error.seconds)) from error
    except MemoryLimitError as error:
        raise UnfitReleaseError("release-too-large") from error
    if not tried.engine_accepts:
        raise UnfitReleaseError("release-unfit")
    return tried


def try_folder(folder: Path, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """The one release of a folder."""
    return _tried(check_folder(folder, catalogue, datetime.date.today()), catalogue, cases)


def try_draft(draft: Draft, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """A release whose files were sent."""
    read = read_files(draft.release_files, draft.published, catalogue)
    return _tried(build_report(read.problems, [read], catalogue, datetime.date.today()), catalogue, cases)


def try_release(release: Release, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    """A release that was checked elsewhere: its examples by this catalogue, the engine, and the cases."""
    return _tried(ReleaseReport((release,), ()), catalogue, cases)


def _tried(report: ReleaseReport, catalogue: Catalogue, cases: Collection[Case]) -> TrialReport:
    release = report.releases[0] if len(report.releases) == 1 else None
    if release is None or report.errors:
        return TrialReport(release, report.problems)
    examples = run_examples(release, catalogue)
    broken = broken_by(cases, release, catalogue)
    return TrialReport(release, report.problems, examples.wrong, examples.unreached, _runs(release), broken)


def _runs(release: Release) -> bool:
    """Builds every matcher that a contact can ask for; whether durable-rules has taken the rules of each."""
    if not Matcher(()).is_durable:
        return True  # it cannot be loaded on this machine, and the plain engine judges here
    matchers = Matchers(release)
    days = (datetime.date.min, *release.change_dates)
    return all(matchers.of(specialty, day).is_durable for day in days for specialty in (*release.specialties, None))
