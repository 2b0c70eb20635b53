"""Drafts submitted as files, checked and compared with the current release in memory."""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from validator.authoring.checks.release_check import ReleaseReport, build_report
from validator.authoring.checks.report_formats import problem_json, report_json
from validator.authoring.compare.impact import ImpactComparison
from validator.catalogue.catalogue import Catalogue
from validator.judging.validator import Validator
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.located_yaml import read_yaml
from validator.rulebook.yaml.release_files import PACK_FILE, ReleaseFiles

_DEFAULT_NAME = "kladde"
_FOLDER_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True)
class Draft:
    """The files of a draft, by name.

    A draft may extend one of the `published` releases of its pack; `current` is the one in force. `accept` are ids of warnings
    that are accepted, besides those of its `pack.yaml`.
    """

    pack: str
    files: Mapping[str, bytes]
    published: Mapping[str, Release]
    current: Release | None
    accept: tuple[str, ...] = ()

    @property
    def release_files(self) -> ReleaseFiles:
        """The files as a release. Without a `pack.yaml`, they extend the current release."""
        if PACK_FILE in self.files:
            pack, name = _names(self.files[PACK_FILE])
            return ReleaseFiles(Path(pack or self.pack, name or _DEFAULT_NAME), self.files, sent=True)
        extends = f"extends: {self.current.name}\n" if self.current else ""
        head = f"pack: {self.pack}\nrelease: {_DEFAULT_NAME}\nstatus: draft\n{extends}"
        return ReleaseFiles(Path(self.pack, _DEFAULT_NAME), {PACK_FILE: head.encode(), **self.files}, sent=True)


def check_draft(draft: Draft, catalogue: Catalogue, as_of: datetime.date) -> dict[str, Any]:
    """Return the report on a draft in the form of `kodevagt rules check --format json`."""
    return report_json(check_draft_files(draft.release_files, draft.published, catalogue, as_of, draft.accept))


def check_draft_files(
    files: ReleaseFiles,
    published: Mapping[str, Release],
    catalogue: Catalogue,
    as_of: datetime.date,
    accept: Collection[str] = (),
) -> ReleaseReport:
    """Check a draft that extends one of the `published` releases."""
    read = read_files(files, published, catalogue)
    return build_report(read.problems, [read], catalogue, as_of, accept)


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


def _names(head: bytes) -> tuple[str | None, str | None]:
    """Return the names of pack and release in a `pack.yaml`.

    A name is None if it is not a valid folder name.
    """
    read, _ = read_yaml(head.decode(errors="replace"), PACK_FILE)
    keys = read.plain() if read else None
    names = [keys.get(key) if isinstance(keys, dict) else None for key in ("pack", "release")]
    pack, name = (item if isinstance(item, str) and _FOLDER_NAME.fullmatch(item) else None for item in names)
    return pack, name
