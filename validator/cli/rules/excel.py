"""The course table as an Excel workbook, and an edited workbook as a draft.

For `kodevagt rules export` and `import`.
"""

import datetime
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from validator.authoring.checks.report_formats import problem_json
from validator.authoring.excel.workbook_draft import WorkbookDraft, draft_from_workbook, read_workbook_head
from validator.authoring.excel.workbook_reader import MAX_FILE_BYTES
from validator.catalogue.catalogue import Catalogue
from validator.cli.input import relative_path
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, CommandError, print_text
from validator.cli.output import counted, print_json, print_problems
from validator.cli.rules.draft_folder import require_new_folder, write_draft
from validator.cli.rules.release_lookup import find_release, is_release_folder
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
from validator.settings import read_settings
from validator.texts import danish_text

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


def read_head(content: bytes, file: str) -> dict[str, str]:
    """Return what a workbook says about the release that it was exported from. Raises UserError."""
    if len(content) > MAX_FILE_BYTES:
        raise CommandError("authoring.excel.too-large", limit=MAX_FILE_BYTES)
    head: dict[str, str] = run_limited(read_workbook_head, content, file, file=file)
    return head


def find_base(head: Mapping[str, str], folder: Path, output_format: str) -> tuple[Release, Catalogue]:
    """Return the release that a workbook was exported from.

    It is the one of that name in the store or the rule folder; for a draft beside it in another folder, that one.

    Raises CommandError where it is missing, and where the draft's folder cannot be written or has an invalid name.
    """
    draft = folder.resolve()
    require_new_folder(folder)
    if not _NAME.fullmatch(draft.name):
        raise CommandError("rules.import.bad-draft-name", name=draft.name)
    pack, name, _, _ = head.values()
    if draft.parent.name in JURISDICTIONS and draft.parent.name != pack:
        raise CommandError("rules.import.other-pack", pack=pack, folder=relative_path(draft.parent), other=draft.parent.name)
    if not _NAME.fullmatch(name):
        raise CommandError("rules.import.no-base", name=name)
    if draft.name == name:
        raise CommandError("rules.draft.same-name", name=name)
    beside = draft.parent / name
    elsewhere = is_release_folder(str(beside)) and not draft.is_relative_to(read_settings().rules.resolve())
    return find_release(str(beside) if elsewhere else name, output_format, published_first=True)


def import_workbook(
    content: bytes, head: Mapping[str, str], file: str, base: Release, catalogue: Catalogue, folder: Path, output_format: str
) -> None:
    """Write the draft `folder` from a workbook and report the changes.

    If the workbook has errors, report those and write nothing.
    """
    pack, name, edition, digest = head.values()
    if base.pack != pack:
        raise CommandError("rules.import.other-pack", pack=pack, folder=name, other=base.pack)
    if base.digest(edition) != digest:
        raise CommandError("rules.import.base-changed", name=name)
    arguments = content, base, folder.name, file, catalogue, datetime.date.today()
    draft: WorkbookDraft = run_limited(draft_from_workbook, *arguments, file=file)
    if draft.files:
        write_draft(folder, draft.files)
    if output_format == "json":
        draft_folder = str(relative_path(folder)) if draft.files else None
        problems = list(map(problem_json, draft.report.problems))
        print_json({"draft": draft_folder, "courses": draft.courses, "sources": draft.sources, "problems": problems})
    else:
        _print(draft, base, folder)
    if draft.report.errors:
        sys.exit(EXIT_FINDINGS)


def _print(draft: WorkbookDraft, base: Release, folder: Path) -> None:
    print_problems(draft.report.problems)
    if draft.report.errors:
        print_text("rules.import.draft-errors", err=True, errors=counted(len(draft.report.errors), "error"))
    elif not draft.files:
        print_text("rules.import.no-changes", name=base.name)
    else:
        changed = [*draft.courses, *(danish_text("rules.import.source", name=name) for name in draft.sources)]
        print_text("rules.import.draft-done", folder=relative_path(folder), changed=", ".join(changed))
        print_text("rules.import.see-diff", err=True, name=base.name, folder=relative_path(folder))
