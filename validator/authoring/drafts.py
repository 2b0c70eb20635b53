"""Drafts that were sent as files: checked, and compared with the release in force, without being written to disk."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from validator.authoring.checks.release_check import ReleaseReport, build_report, find_warnings
from validator.authoring.checks.report_formats import problem_json, report_json
from validator.authoring.checks.source_places import SourcePlaces
from validator.authoring.compare.impact import ImpactComparison
from validator.catalogue.catalogue import Catalogue
from validator.judging.validator import Validator
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.located_yaml import read_yaml
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles

NAME = "kladde"
_FOLDER = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True)
class Draft:
    """Files by their name, of a pack of which `published` are the releases that they may build on, and `current` is in force."""

    pack: str
    files: Mapping[str, bytes]
    published: Mapping[str, Release]
    current: Release | None

    @property
    def release_files(self) -> ReleaseFiles:
        """The files as a release. Without a `pack.yaml` they change the release in force."""
        if PACK_FILE in self.files:
            pack, name = _names(self.files[PACK_FILE])
            return ReleaseFiles(Path(pack or self.pack, name or NAME), self.files, sent=True)
        extends = f"extends: {self.current.name}\n" if self.current else ""
        head = f"pack: {self.pack}\nrelease: {NAME}\nstatus: draft\n{extends}"
        return ReleaseFiles(Path(self.pack, NAME), {PACK_FILE: head.encode(), **self.files}, sent=True)


def check_draft(draft: Draft, catalogue: Catalogue, as_of: datetime.date) -> dict[str, Any]:
    """The report on a draft, as `kodevagt rules check --format json` writes it."""
    return report_json(check_draft_files(draft.release_files, draft.published, catalogue, as_of))


def check_draft_files(
    files: ReleaseFiles, published: Mapping[str, Release], catalogue: Catalogue, as_of: datetime.date
) -> ReleaseReport:
    """What is wrong or doubtful in a draft and was not so in what it builds on, which is one of the `published`."""
    read = read_files(files, published, catalogue)
    report = build_report(read.problems, [read], catalogue, as_of)
    base = published.get(read.head.extends or "")
    if base is not None and report.warnings:  # what was doubtful before is not the draft's doing
        before = {
            (problem.id, problem.text) for problem in find_warnings(base, SourcePlaces({}, read.head.place), catalogue, as_of)
        }
        report = replace(report, problems=tuple(item for item in report.problems if (item.id, item.text) not in before))
    return report


def draft_impact(draft: Draft, catalogue: Catalogue, contacts: Iterable[bytes], against: Release, language: str) -> dict[str, Any]:
    """How contacts (each a request as JSON) are judged otherwise; only `errors` where the draft has any."""
    read = read_files(draft.release_files, draft.published, catalogue)
    if read.release is None:
        return {"errors": list(map(problem_json, read.problems))}
    comparison = ImpactComparison(Validator(against, catalogue), Validator(read.release, catalogue), language)
    changed, tally = comparison.lines(1, contacts)
    summary = {"from": against.name, "to": read.release.name, **tally.to_json()}
    return {"summary": summary, "contacts": [item.to_json() for item in changed]}


def _names(head: bytes) -> tuple[str | None, str | None]:
    """What a `pack.yaml` calls its pack and its release, where those can be the names of folders."""
    read, _ = read_yaml(head.decode(errors="replace"), PACK_FILE)
    keys = read.plain() if read else None
    names = [keys.get(key) if isinstance(keys, dict) else None for key in ("pack", "release")]
    pack, name = (item if isinstance(item, str) and _FOLDER.fullmatch(item) else None for item in names)
    return pack, name
