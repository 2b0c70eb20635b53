"""`kodevagt cases statistics`: how the cases are answered.

Shows which cases, or which of their rules, seem unclear.
"""

from typing import Any

import click

from validator.cli.common import open_store
from validator.cli.limited_work import run_limited
from validator.cli.messages import CommandError, print_text
from validator.cli.output import format_option, print_json
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.store.attempts import first_attempts
from validator.texts import danish_text
from validator.training.bank_loader import compile_folder
from validator.training.bank_serialization import restore_bank
from validator.training.errors import UnknownGroupError
from validator.training.filters import Filters
from validator.training.groups import Groups
from validator.training.levels_and_grades import LEVELS
from validator.training.statistics import compute_statistics
from validator.training.statistics_export import case_row, render_csv, set_row

_LANGUAGE = "da"
_KAPPAS = ("cohen", "fleiss")


@click.command()
@click.option("--specialty", default=None, help="Kun cases af et speciale.")
@click.option("--course", default=None, help='Kun cases af et forløb; "" er cases uden forløb.')
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Kun cases af et niveau.")
@click.option("--group", default=None, help="Kun det, en gruppe har svaret; skriv gruppens kode.")
@click.option("--unclear", is_flag=True, help="Kun cases, hvor reglen eller casen er uklar.")
@format_option("text", "json", "csv", help="CSV åbnes i et regneark.")
def statistics(
    specialty: str | None, course: str | None, level: str | None, group: str | None, unclear: bool, output_format: str
) -> None:
    """Vis, hvordan casene besvares: kun det første svar fra hver tæller. Lav enighed siger, at reglen eller casen er uklar."""
    settings = read_settings()
    catalogue = installed_catalogue(settings)
    compiled, _ = run_limited(compile_folder, settings.cases, catalogue, file=settings.cases)
    if compiled is None:
        raise CommandError("cases.statistics.no-scoring", folder=settings.cases)
    bank = restore_bank(compiled)
    with open_store(settings) as database:
        try:
            members = None if group is None else Groups(database).get(group).id
        except UnknownGroupError as error:
            raise CommandError("cases.statistics.unknown-group", group=group) from error
        figures = compute_statistics(first_attempts(database, group=members), bank, Filters(specialty, course, level))
    rows = [case_row(one, bank, catalogue, _LANGUAGE) for one in figures.cases if one.unclear or not unclear]
    sets = [set_row(one, bank) for one in figures.sets]
    if output_format == "csv":
        click.echo(render_csv(rows, _LANGUAGE), nl=False)
    elif output_format == "json":
        print_json({"items": rows, "sets": sets}, indent=2)
    else:
        _print(rows, sets)


def _print(rows: list[dict[str, Any]], sets: list[dict[str, Any]]) -> None:
    if not rows:
        print_text("cases.statistics.no-answers", err=True)
    for row in rows:
        low, high = map(_percent, row["interval"])
        figures = {**row, "exact": _percent(row["exact"]), "low": low, "high": high, "ac1": _decimal(row["ac1"])}
        print_text("cases.statistics.case", **figures)
        wrong = ", ".join(f"{one['code']} {one['title'] or ''}".strip() + f" {one['answers']}" for one in row["wrong"])
        if wrong:
            print_text("cases.statistics.wrong", answers=wrong)
        if row["why"]:
            click.echo(f"  {row['why']}")
    for row in sets:
        if row["learners"]:
            kappas = ", ".join(
                danish_text(f"cases.statistics.{name}", value=_decimal(row[name]["value"])) for name in _KAPPAS if row[name]
            )
            agreement = kappas or danish_text("cases.statistics.no-kappa")
            print_text("cases.statistics.set", **{**row, "exact": _percent(row["exact"])}, agreement=agreement)


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _percent(share: float) -> str:
    return f"{share * 100:.0f}"
