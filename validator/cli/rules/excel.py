"""The Excel side of `kodevagt rules export` and `import`: the course table as a workbook, and an edited workbook as a draft."""

import contextlib
import datetime
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from validator.authoring.checks.report_formats import problem_json
from validator.authoring.excel.workbook_draft import WorkbookDraft, read_workbook_draft
from validator.authoring.excel.workbook_reader import CourseWorkbook
from validator.authoring.excel.workbook_writer import write_workbook
from validator.catalogue.catalogue import Catalogue
from validator.cli.common import EXIT_FINDINGS, Refused
from validator.cli.input import relative_path
from validator.cli.output import counted, print_json, print_problems
from validator.cli.rules.release_lookup import find_release, read_or_exit
from validator.rulebook.release import Release
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.support.atomic_files import reason

ENDING = ".xlsx"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


def workbook_of(name: str) -> tuple[Release, str, bytes]:
    """A release, which may be a draft, by its name or folder, with its digest and its workbook."""
    release, catalogue = find_release(name, "text")
    return release, release.digest(catalogue.identity), write_workbook(release, catalogue.identity)


def import_workbook(content: bytes, file: str, folder: Path, form: str) -> None:
    """Write the draft `folder` from a workbook and report the changes; where something is wrong, report that and write nothing."""
    book = CourseWorkbook(content, file)
    base, catalogue = _base(book, folder, form)
    made = read_workbook_draft(book, base, folder.name, file, catalogue, datetime.date.today())
    if made.files:
        _write(folder, made.files)
    if form == "json":
        print_json(_json(made, folder))
    else:
        _print(made, base, folder)
    if made.report.errors:
        sys.exit(EXIT_FINDINGS)


def _base(book: CourseWorkbook, folder: Path, form: str) -> tuple[Release, Catalogue]:
    """The release that a workbook was written from, which stands beside the new draft and has not changed since."""
    whole = folder.resolve()
    if folder.exists():
        raise Refused(f"{relative_path(folder)} findes allerede. Vælg et andet navn til kladden, eller slet mappen først.")
    if not _NAME.fullmatch(whole.name):
        raise Refused(f'"{whole.name}" kan ikke være navnet på en udgave. Brug små bogstaver a-z, tal, bindestreg og punktum.')
    pack, name, edition, digest = book.head.values()
    beside = whole.parent / name
    if not _NAME.fullmatch(name) or not (beside / PACK_FILE).is_file():
        raise Refused(
            f'Arket er skrevet fra udgaven "{name}", som ikke ligger i {relative_path(whole.parent)}. Læg kladden ved siden af den.'
        )
    (base,), catalogue = read_or_exit(beside, form)
    if base.pack != pack:
        raise Refused(f'Arket er af pakken "{pack}", men {relative_path(beside)} er af pakken "{base.pack}".')
    if base.digest(edition) != digest:
        raise Refused(f"{name} er ændret, siden arket blev skrevet. Skriv et nyt ark med kodevagt rules export, og ret i det.")
    return base, catalogue


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """The files of a draft, its head last: without that the folder is none. What cannot be written whole is taken away again."""
    try:
        folder.mkdir()
        for file in sorted(files, key=lambda file: file == PACK_FILE):
            (folder / file).write_text(files[file], encoding="utf-8")
    except OSError as error:
        for file in files:
            (folder / file).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it could not be made
            folder.rmdir()
        raise Refused(f"Kladden kan ikke skrives i {relative_path(folder)} ({reason(error)}).") from error


def _print(made: WorkbookDraft, base: Release, folder: Path) -> None:
    print_problems(made.report.problems)
    if made.report.errors:
        click.echo(f"{counted(len(made.report.errors), 'fejl', 'fejl')}; intet er skrevet.", err=True)
    elif not made.files:
        click.echo(f"Arket siger det samme som {base.name}; intet er skrevet.")
    else:
        changed = [*made.courses, *(f"kilden {name}" for name in made.sources)]
        click.echo(f"{relative_path(folder)} er skrevet: {', '.join(changed)}.")
        click.echo(f"Se ændringerne med: kodevagt rules diff {base.name} {relative_path(folder)}", err=True)


def _json(made: WorkbookDraft, folder: Path) -> dict[str, object]:
    return {
        "draft": str(relative_path(folder)) if made.files else None,
        "courses": made.courses,
        "sources": made.sources,
        "problems": list(map(problem_json, made.report.problems)),
    }
