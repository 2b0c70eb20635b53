"""`kodevagt rules timeline`: what is in force when, as a table and as a picture."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from validator.authoring.explain.course_explanation import status_text
from validator.authoring.rule_timeline import TimelineSpan, build_timeline, column_text
from validator.authoring.timeline_picture import draw_timeline
from validator.cli.common import Refused
from validator.cli.input import RULES_OPTION, Day
from validator.cli.output import TEXT_OR_JSON, counted, print_json, print_table
from validator.cli.rules.release_lookup import find_release_of_pack
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
from validator.support.atomic_files import reason


@click.command()
@click.option("--release", default=None, help="En anden udgave end den gældende, også en kladde.")
@click.option("--pack", type=click.Choice(JURISDICTIONS), default=JURISDICTIONS[0], help="Reglernes pakke; ellers dk.")
@click.option("--as-of", type=Day(), default=None, help="Dagen, som mærkes; ellers i dag.")
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Tegn den som billede (.svg eller .png)."
)
@RULES_OPTION
@TEXT_OR_JSON
def timeline(
    release: str | None, pack: str, as_of: datetime.date | None, picture: Path | None, path: Path | None, form: str
) -> None:
    """Vis, hvad der gælder hvornår, forløb for forløb, og de regler, der kun gælder en tid."""
    used, _ = find_release_of_pack(path, pack, release, form)
    spans, day = build_timeline(used), as_of or datetime.date.today()
    if picture:
        try:
            draw_timeline(spans, f"Hvad gælder hvornår: {used.pack}/{used.name}", day, picture)
        except OSError as error:
            raise Refused(f"{picture} kan ikke skrives ({reason(error)})") from error
        click.echo(f"Billedet er gemt som {picture}.", err=True)
    if form == "json":
        rows = [span.to_json(day) for span in spans]
        print_json({"pack": used.pack, "release": used.name, "as_of": day, "spans": rows}, indent=2)
    elif not picture:
        _print(used, spans, day)


def _print(release: Release, spans: Iterable[TimelineSpan], day: datetime.date) -> None:
    name = f"{release.pack}/{release.name}"
    rows = list(_rows(spans, day))
    if rows:
        headings = ("", "Forløb eller regel", "Fra", "Til", "Hvad der gælder")
        print_table(headings, rows, title=f"{name}; ● gælder {day}", whole=("Fra", "Til"))
    else:
        click.echo(f"{name} har ingen forløb og ingen regler med datoer.")
    always = sum(1 for rule in release.rules if not rule.valid_from and not rule.valid_to)
    click.echo(f"{counted(always, 'regel', 'regler', none='0')} gælder uden dato.")


def _rows(spans: Iterable[TimelineSpan], day: datetime.date) -> Iterator[tuple[str, ...]]:
    last = ""
    for span in spans:
        if last and span.id != last:
            yield ()
        name = f"{span.title} ({', '.join(span.specialties) or 'alle specialer'})" if span.id != last else ""
        what = span.text if span.subject == "course" else f"{column_text(span.column)}: {span.text}"
        dates = (str(span.start or ""), str(span.end or "→"))
        yield "●" if span.is_in_force(day) else "", name, *dates, f"{what}\n{status_text(span.status)}; {span.source}"
        last = span.id
