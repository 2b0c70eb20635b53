"""`kodevagt rules timeline`: what is in force when, as a table and as a picture."""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from validator.authoring.explain.course_explanation import STATUSES
from validator.authoring.rule_timeline import COLUMN_NAMES, Span
from validator.authoring.rule_timeline import timeline as timeline_of
from validator.authoring.timeline_picture import PictureError, draw
from validator.cli.common import Refused, shown
from validator.cli.rules.release_lookup import chosen
from validator.cli.rules.rules_common import FOLDER_OPTION, FORM, Day
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
from validator.texts.file_errors import file_error_reason


@click.command()
@click.option("--release", default=None, help="En anden udgave end den gældende, også en kladde.")
@click.option("--pack", type=click.Choice(JURISDICTIONS), default=JURISDICTIONS[0], help="Reglernes pakke; ellers dk.")
@click.option("--as-of", type=Day(), default=None, help="Dagen, som mærkes; ellers i dag.")
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Tegn den som billede (.svg eller .png)."
)
@FOLDER_OPTION
@FORM
def timeline(
    release: str | None, pack: str, as_of: datetime.date | None, picture: Path | None, path: Path | None, form: str
) -> None:
    """Vis, hvad der gælder hvornår, forløb for forløb, og de regler, der kun gælder en tid."""
    used, _ = chosen(path, pack, release, form)
    spans, day = timeline_of(used), as_of or datetime.date.today()
    if picture:
        try:
            draw(spans, f"Hvad gælder hvornår: {used.pack}/{used.name}", day, picture)
        except PictureError as error:
            raise Refused(str(error)) from error
        except OSError as error:
            raise Refused(f"{picture} kan ikke skrives ({file_error_reason(error)})") from error
        click.echo(f"Billedet er gemt som {picture}.", err=True)
    if form == "json":
        told = {"pack": used.pack, "release": used.name, "as_of": str(day), "spans": [span.to_json(day) for span in spans]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not picture:
        _show(used, spans, day)


def _show(release: Release, spans: Iterable[Span], day: datetime.date) -> None:
    console = Console()
    always = sum(1 for rule in release.rules if not rule.valid_from and not rule.valid_to)
    table = Table(title=f"{release.pack}/{release.name}; ● gælder {day}", title_justify="left")
    table.add_column("")
    table.add_column("Forløb eller regel", overflow="fold")
    for heading in ("Fra", "Til"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Hvad der gælder", overflow="fold")
    last = ""
    for span in spans:
        if last and span.id != last:
            table.add_section()
        name = f"{span.title} ({', '.join(span.specialties) or 'alle specialer'})" if span.id != last else ""
        what = span.text if span.subject == "course" else f"{COLUMN_NAMES[span.column]}: {span.text}"
        dates = (str(span.start or ""), str(span.end or "→"))
        words = (name, *dates, f"{what}\n{STATUSES[span.status]}; {span.source}")
        table.add_row("●" if span.holds_on(day) else "", *map(shown, words))
        last = span.id
    console.print(table if last else f"{release.pack}/{release.name} har ingen forløb og ingen regler med datoer.")
    console.print(f"{always} {'regel' if always == 1 else 'regler'} gælder uden dato.", highlight=False)
