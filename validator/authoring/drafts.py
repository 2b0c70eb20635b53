"""Check drafts that were submitted as files, and compare them with the current release."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from validator.authoring.checks.release_check import build_report
from validator.authoring.checks.report_formats import problem_json, report_json
from validator.authoring.compare.impact import ImpactComparison
from validator.authoring.draft import Draft
from validator.catalogue.catalogue import Catalogue
from validator.judging.validator import Validator
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.problems import Problem
from validator.rulebook.yaml.release_reader import ReadRelease


def check_draft(draft: Draft, catalogue: Catalogue, as_of: datetime.date) -> dict[str, Any]:
    """Return the report on a draft in the form of `kodevagt rules check --format json`."""
    read = read_files(draft.release_files, draft.published, catalogue)
    return report_json(build_report([*read.problems, *_taken(draft, read)], [read], catalogue, as_of, draft.accept))


def _taken(draft: Draft, read: ReadRelease) -> Iterator[Problem]:
    """Yield a problem where another release is published under the draft's name."""
    release = read.release
    published = draft.published.get(release.name) if release else None
    if release and published and release.digest("") != published.digest(""):
        yield read.lined(Problem("release-taken", read.head.row["release"].place, {"name": release.name}))


def draft_impact(draft: Draft, catalogue: Catalogue, contacts: Iterable[bytes], against: Release, language: str) -> dict[str, Any]:
    """Return the impact of a draft on contacts, or only `errors` if the draft has any.

    Each contact is a request as JSON.
    """
    read = read_files(draft.release_files, draft.published, catalogue)
    if read.release is None:
        return {"errors": list(map(problem_json, read.problems))}
    comparison = ImpactComparison(Validator(against, catalogue), Validator(read.release, catalogue), language)
    items, totals = comparison.compare_lines(1, contacts)
    summary = {"from": against.name, "to": read.release.name, **totals.to_json()}
    return {"summary": summary, "contacts": list(map(asdict, items))}
