"""`kodevagt cases`: commands for authors of coding cases.

Exit codes: 0 for success, 1 for a case with errors, 2 for a call that cannot be done.
"""

import datetime
import sys
from pathlib import Path

import click

from validator.cli.cases.statistics import statistics
from validator.cli.input import Folder, relative_path
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, CommandError, print_text
from validator.cli.output import REPORT_FORMAT, counted, print_report
from validator.cli.rules.release_lookup import read_or_exit
from validator.settings import read_settings
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason
from validator.training.bank_check import check_cases
from validator.training.case_template import is_case_name, render_case_template


@click.group(commands=[statistics])
def cases() -> None:
    """Cases, som man lærer at kode med: kontrollér dem, og begynd en ny."""


@cases.command()
@click.argument("path", type=Folder(), required=False)
@REPORT_FORMAT
def check(path: Path | None, output_format: str) -> None:
    """Vis alle problemer i mappen PATH med cases (ellers den indstillede), hvert med fil, linje og kolonne.

    Hvert rigtigt svar bedømmes af reglerne: af casens egen udgave, ellers af den gældende. Fejl giver slutkoden 1, advarsler ikke.
    """
    releases, catalogue = read_or_exit(None, output_format)
    folder = relative_path(path or read_settings().cases)
    report = run_limited(check_cases, folder, releases, catalogue, file=folder)
    print_report(report, output_format, [danish_text("cases.valid", cases=counted(len(report.cases), "case"))])
    sys.exit(EXIT_FINDINGS if report.errors else 0)


@cases.command()
@click.argument("name")
@click.option("--cases", "path", type=Folder(), default=None, help="En anden mappe med cases end den indstillede.")
def new(name: str, path: Path | None) -> None:
    """Begynd en ny case: skriv NAME.yaml med alle nøgler og en forklaring til hver. En fil, der findes, overskrives ikke."""
    if not is_case_name(name):
        raise CommandError("cases.bad-name", name=name)
    file = relative_path(path or read_settings().cases) / f"{name}.yaml"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(render_case_template(name, datetime.date.today()))
    except FileExistsError as error:
        raise CommandError("cases.exists", file=file) from error
    except OSError as error:
        raise CommandError("output.unwritable", file=file, reason=file_error_reason(error)) from error
    click.echo(file)
    print_text("cases.created", err=True)
