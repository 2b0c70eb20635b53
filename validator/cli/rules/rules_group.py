"""`kodevagt rules`: what the owner of the rule files does with them.

Exit codes: 0 where all is well, 1 where a rule file has errors or an example is wrong, 2 where the call itself is bad.
"""

import datetime
import sys

import click

from validator.authoring.checks.release_check import check_folder
from validator.authoring.checks.report_formats import FORMS
from validator.cli.common import EXIT_FINDINGS, catalogue, settings
from validator.cli.rules.diff import diff
from validator.cli.rules.exchange import export, import_, signing_key
from validator.cli.rules.explain import explain
from validator.cli.rules.impact import impact
from validator.cli.rules.publish import activate, publish, releases
from validator.cli.rules.release_lookup import tell_altered
from validator.cli.rules.rules_common import Day, folder_of, from_here, tell
from validator.cli.rules.schema import schema
from validator.cli.rules.test import test
from validator.cli.rules.timeline import timeline


@click.group()
def rules() -> None:
    """Regelfilerne: kontrollér, prøv, forklar og sammenlign dem."""


for command in (
    diff,
    explain,
    impact,
    schema,
    test,
    timeline,
    publish,
    activate,
    releases,
    export,
    import_,
    signing_key,
):
    rules.add_command(command)


@rules.command()
@click.argument("path", required=False)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", help="Tekst til mennesker, resten til scripts.")
@click.option("--as-of", type=Day(), default=None, help="Dagen, som alder måles fra; ellers i dag.")
def check(path: str | None, form: str, as_of: datetime.date | None) -> None:
    """Vis alle problemer i regelfilerne under PATH (ellers de indstillede), hvert med fil, linje og kolonne.

    PATH er en mappe eller navnet på en udgave, fx ekm-2024-11.

    Fejl holder en udgave tilbage og giver slutkoden 1; advarsler gør ikke.
    """
    used = settings()
    held = catalogue(used)
    folder = folder_of(path, used.rules) if path else used.rules
    report = check_folder(from_here(folder), held, as_of or datetime.date.today())
    tell(report, form)
    tell_altered(report.releases, held)
    sys.exit(EXIT_FINDINGS if report.errors else 0)
