"""What the commands of `kodevagt rules` share: arguments, options, and how reports are told."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from validator.authoring.checks.release_check import Report
from validator.authoring.checks.report_formats import FORMS
from validator.authoring.checks.report_formats import Report as AnyReport
from validator.catalogue.catalogue import Catalogue
from validator.cli.common import Refused
from validator.rulebook.yaml.problems import Problem
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.settings import Settings
from validator.texts.file_errors import file_error_reason
from validator.training.bank_reader import read_bank
from validator.training.case import Case
from validator.training.key_checks import Broken


class Folder(click.ParamType[Path]):
    """A folder that is there."""

    name = "mappe"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        if not path.is_dir():
            self.fail(f'"{path}" er ikke en mappe.' if path.exists() else f'mappen "{path}" findes ikke.', param, ctx)
        return path


class InputFile(click.File):
    """A file to read from, or standard input; why it cannot be read is said in Danish."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            if not isinstance(error.__context__, OSError):
                raise
            self.fail(f'"{value}" kan ikke læses ({file_error_reason(error.__context__)}).', param, ctx)


FOLDER = Folder()
FORM = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Tekst til mennesker, JSON til scripts."
)
FOLDER_OPTION = click.option("--rules", "path", type=FOLDER, default=None, help="En anden mappe med regler end den indstillede.")


class Day(click.ParamType[datetime.date]):
    """A day of the calendar."""

    name = "ÅÅÅÅ-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f'"{value}" er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD.', param, ctx)


def cases_of(used: Settings, catalogue: Catalogue) -> list[Case]:
    """The coding cases of the settings that can be read; `kodevagt cases check` tells what is wrong with the others."""
    return list(read_bank(used.cases, catalogue).cases.values())


def tell_broken(name: str, broken: Iterable[Broken]) -> None:
    """The cases that a release breaks, one a line; they hold nothing back."""
    for one in broken:
        click.echo(f"{name}: {one}", err=True)


def folder_of(given: str, rules: Path) -> Path:
    """The folder that a path or the name of a release in `rules` (`ekm-2024-11` or `dk/ekm-2024-11`) means."""
    if Path(given).is_dir():
        return Path(given)
    heads = (path.parent for path in sorted(rules.glob(f"*/*/{PACK_FILE}")))
    found = [folder for folder in heads if given in (folder.name, f"{folder.parent.name}/{folder.name}")]
    if not found:
        raise Refused(f'"{given}" er hverken en mappe eller en udgave i {from_here(rules)}.')
    if len(found) > 1:
        raise Refused(f'"{given}" findes i flere pakker. Angiv mappen: {", ".join(str(from_here(path)) for path in found)}.')
    return from_here(found[0])


def tell(report: Report, form: str) -> None:
    """A report in one of FORMS; in text, the sums of it on standard error."""
    sums = (
        f"{release.pack}/{release.name}: {len(release.courses)} forløb, {counted(len(release.rules), 'regel', 'regler')}."
        for release in report.releases
    )
    tell_report(report, form, sums)


def tell_report(report: AnyReport, form: str, sums: Iterable[str]) -> None:
    """A report on files of any kind in one of FORMS; in text, the sums of what was checked on standard error."""
    written = FORMS[form](report)
    if written:
        click.echo(written)
    if form != "text":
        return
    for line in sums:
        click.echo(line, err=True)
    errors, warnings = len(report.errors), len(report.warnings)
    click.echo(f"{counted(errors, 'fejl', 'fejl')}, {counted(warnings, 'advarsel', 'advarsler')}.", err=True)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Problems on standard output, one a line, as `check` shows them."""
    written = FORMS["text"](Report((), tuple(problems)))
    if written:
        click.echo(written)


def from_here(folder: Path) -> Path:
    """The folder as it is called from where one stands, so that editors and code hosts find its files."""
    real, here = folder.resolve(), Path.cwd()
    return real.relative_to(here) if real.is_relative_to(here) else folder


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun, such as "1 fejl"; none is "ingen"."""
    return f"{number or 'ingen'} {one if number == 1 else several}"
