"""`kodevagt rules check`: report the errors and warnings of rule files."""

import datetime
import sys
from functools import partial

import click

from validator.authoring.checks.release_check import check_folder
from validator.cli.input import Day, relative_path
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS
from validator.cli.output import ACCEPT, REPORT_FORMAT
from validator.cli.rules.release_lookup import find_folder, other_releases, print_edited_releases, print_release_report
from validator.serving.service import installed_catalogue
from validator.settings import read_settings


@click.command()
@click.argument("path", required=False)
@REPORT_FORMAT
@ACCEPT
@click.option("--as-of", type=Day(), default=None, help="Dagen, som alder måles fra; ellers i dag.")
def check(path: str | None, output_format: str, accept: tuple[str, ...], as_of: datetime.date | None) -> None:
    """Vis alle problemer i regelfilerne under PATH (ellers de indstillede), hvert med fil, linje og kolonne.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    Fejl holder en udgave tilbage og giver slutkoden 1. Det gør en advarsel kun, når den skal godtages (--accept, eller accept i
    pack.yaml) og ikke er det. En udgave, som kommandoen ikke holder tilbage, kan udgives.
    """
    catalogue = installed_catalogue(read_settings())
    folder = relative_path(find_folder(path))
    checked = partial(check_folder, others=other_releases(folder))
    report = run_limited(checked, folder, catalogue, as_of or datetime.date.today(), accept, file=folder)
    print_release_report(report, output_format)
    print_edited_releases(report.releases, catalogue)
    sys.exit(0 if report.publishable else EXIT_FINDINGS)
