"""Tries a release before it may be published: all checks, all examples, every set of its rules in the engine, and the cases."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from validator.authoring.checks.release_check import FolderReport, check_folder, report_of
from validator.authoring.drafts import Draft
from validator.authoring.examples import Unreached, Wrong, run_examples
from validator.catalogue.catalogue import Catalogue
from validator.judging.matcher import Matcher, MatcherCache
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.problems import Problem, WithProblems
from validator.sandbox.sandbox import MemoryLimitError, Sandbox, TimeLimitError
from validator.store.errors import InvalidReleaseError
from validator.training.case import Case
from validator.training.right_answer_checks import WithdrawnCase, withdrawn_cases

LIMIT = 20.0  # seconds of processor time


@dataclass(frozen=True)
class Tried(WithProblems):
    """What came of it. `release` is there when just one could be read; only if it `passed` may it be published.

    `broken` are the coding cases that are withdrawn once it is current. They hold nothing back.
    """

    release: Release | None
    problems: tuple[Problem, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    runs: bool = True
    broken: tuple[WithdrawnCase, ...] = ()

    @property
    def passed(self) -> bool:
        return self.release is not None and self.runs and not (self.errors or self.wrong or self.unreached)


def try_in_sandbox(sandbox: Sandbox, work: Callable[..., Tried], *arguments: object) -> Tried:
    """Run one of the trials below in the sandbox: no rules can hang or end the process that asks.

    Raises InvalidReleaseError when it reaches a limit or the engine refuses the rules, or another SandboxError.
    """
    try:
        tried: Tried = sandbox.run(work, *arguments, seconds=LIMIT)
    except TimeLimitError as error:
        raise InvalidReleaseError("release-too-slow", seconds=round(error.seconds)) from error
    except MemoryLimitError as error:
        raise InvalidReleaseError("release-too-large") from error
    if not tried.runs:
        raise InvalidReleaseError("release-unfit")
    return tried


def try_folder(folder: Path, catalogue: Catalogue, cases: Collection[Case]) -> Tried:
    """The one release of a folder."""
    return _tried(check_folder(folder, catalogue, datetime.date.today()), catalogue, cases)


def try_draft(draft: Draft, catalogue: Catalogue, cases: Collection[Case]) -> Tried:
    """A release whose files were sent."""
    read = read_files(draft.as_release, draft.published, catalogue)
    return _tried(report_of(read.problems, [read], catalogue, datetime.date.today()), catalogue, cases)


def try_release(release: Release, catalogue: Catalogue, cases: Collection[Case]) -> Tried:
    """A release that was checked elsewhere: its examples by this catalogue, the engine, and the cases."""
    return _tried(FolderReport((release,), ()), catalogue, cases)


def _tried(report: FolderReport, catalogue: Catalogue, cases: Collection[Case]) -> Tried:
    release = report.releases[0] if len(report.releases) == 1 else None
    if release is None or report.errors:
        return Tried(release, report.problems)
    examples = run_examples(release, catalogue)
    broken = withdrawn_cases(cases, release, catalogue)
    return Tried(release, report.problems, examples.wrong, examples.unreached, _runs(release), broken)


def _runs(release: Release) -> bool:
    """Builds every matcher that a contact can ask for; whether durable-rules has taken the rules of each."""
    if not Matcher(()).is_durable:
        return True  # it cannot be loaded on this machine, and the plain engine judges here
    matchers = MatcherCache(release)
    days = (datetime.date.min, *release.change_dates)
    return all(matchers.get(specialty, day).is_durable for day in days for specialty in (*release.specialties, None))
