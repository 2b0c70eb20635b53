"""`kodevagt cases statistics`: for EKM, how the cases are answered, and which of them or of their rules seem unclear."""

from typing import Any

import click

from validator.cli.common import Refused, open_store
from validator.cli.output import print_json
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.store.attempts import first_attempts
from validator.training.bank_reader import read_bank
from validator.training.case_bank import Bank
from validator.training.errors import UnknownGroupError
from validator.training.filters import Filters
from validator.training.groups import Groups
from validator.training.levels_and_grades import LEVELS
from validator.training.statistics import compute_statistics
from validator.training.statistics_export import case_row, render_csv, set_row

_LANGUAGE = "da"


@click.command()
@click.option("--specialty", default=None, help="Kun cases af et speciale.")
@click.option("--course", default=None, help='Kun cases af et forløb; "" er cases uden forløb.')
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Kun cases af et niveau.")
@click.option("--group", default=None, help="Kun det, en gruppe har svaret; skriv gruppens kode.")
@click.option("--unclear", is_flag=True, help="Kun cases, hvor reglen eller casen er uklar.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", help="CSV åbnes i et regneark.")
def statistics(specialty: str | None, course: str | None, level: str | None, group: str | None, unclear: bool, form: str) -> None:
    """Vis, hvordan casene besvares: kun det første svar fra hver tæller. Lav enighed siger, at reglen eller casen er uklar."""
    used = read_settings()
    catalogue = installed_catalogue(used)
    read = read_bank(used.cases, catalogue)
    if read.scoring is None:
        raise Refused(f"{used.cases} har ingen scoring.yaml, der kan læses. Se hvorfor med kodevagt cases check")
    bank = Bank(read.cases, read.scoring)
    with open_store(used) as database:
        try:
            members = None if group is None else Groups(database).get(group).id
        except UnknownGroupError as error:
            raise Refused(f'der er ingen gruppe med koden "{group}"') from error
        found = compute_statistics(first_attempts(database, group=members), bank, Filters(specialty, course, level))
    rows = [case_row(one, bank, catalogue, _LANGUAGE) for one in found.cases if one.unclear or not unclear]
    sets = [set_row(one, bank) for one in found.sets]
    if form == "csv":
        click.echo(render_csv(rows, _LANGUAGE), nl=False)
    elif form == "json":
        print_json({"items": rows, "sets": sets}, indent=2)
    else:
        _print(rows, sets)


def _print(rows: list[dict[str, Any]], sets: list[dict[str, Any]]) -> None:
    if not rows:
        click.echo("Der er ingen svar at vise endnu.", err=True)
    for row in rows:
        low, high = row["interval"]
        click.echo(
            f"{row['case']} (version {row['version']}): {row['answers']} svar, "
            f"{_percent(row['exact'])} % rigtige ({_percent(low)}-{_percent(high)} %), AC1 {_comma(row['ac1'])}"
        )
        wrong = ", ".join(f"{one['code']} {one['title'] or ''}".strip() + f" {one['answers']}" for one in row["wrong"])
        if wrong:
            click.echo(f"  flest forkerte: {wrong}")
        if row["why"]:
            click.echo(f"  {row['why']}")
    for one in sets:
        if one["learners"]:
            kappas = [
                f"{name} {_comma(one[key]['value'])}"
                for key, name in (("cohen", "Cohens kappa"), ("fleiss", "Fleiss' kappa"))
                if one[key]
            ]
            agreed = ", ".join(kappas) or "under 30 svar vises ingen kappa"
            click.echo(
                f"sættet {one['set']}: {one['learners']} har besvaret det hele; {_percent(one['exact'])} % rigtige; {agreed}"
            )


def _comma(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"
