"""`kodevagt rules timeline`: the dates of courses and rules, as a table and as a picture."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from validator.authoring.explain.entry_text import status_text
from validator.authoring.rule_timeline import TimelineSpan, build_timeline, column_text
from validator.authoring.timeline_picture import draw_timeline
from validator.cli.input import RELEASE_OPTION, RULES_OPTION, Day
from validator.cli.messages import CommandError, print_text
from validator.cli.output import TEXT_OR_JSON, counted, print_json, print_table
from validator.cli.rules.release_lookup import find_release_of_pack, full_name
from validator.contract.encounter import JURISDICTIONS
from validator.rulebook.release import Release
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

_COLUMNS = ("in-force", "subject", "from", "to", "text")


@click.command()
@RELEASE_OPTION
@click.option("--pack", type=click.Choice(JURISDICTIONS), default=JURISDICTIONS[0], help="Reglernes pakke; ellers dk.")
@click.option("--as-of", type=Day(), default=None, help="Dagen, som mærkes; ellers i dag.")
@click.option(
    "--picture", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Tegn den som billede (.svg eller .png)."
)
@RULES_OPTION
@TEXT_OR_JSON
def timeline(
    release: str | None, pack: str, as_of: datetime.date | None, picture: Path | None, path: Path | None, output_format: str
) -> None:
    """Vis, hvad der gælder hvornår, forløb for forløb, og de regler, der kun gælder en tid."""
    found, _ = find_release_of_pack(path, pack, release, output_format)
    spans, day = build_timeline(found), as_of or datetime.date.today()
    if picture:
        try:
            draw_timeline(spans, danish_text("rules.timeline.picture-title", name=full_name(found)), day, picture)
        except OSError as error:
            raise CommandError("output.unwritable", file=picture, reason=file_error_reason(error)) from error
        print_text("rules.timeline.picture-saved", err=True, file=picture)
    if output_format == "json":
        rows = [span.to_json(day) for span in spans]
        print_json({"pack": found.pack, "release": found.name, "as_of": day, "spans": rows}, indent=2)
    elif not picture:
        _print(found, spans, day)


def _print(release: Release, spans: Iterable[TimelineSpan], day: datetime.date) -> None:
    rows = list(_rows(spans, day))
    if rows:
        title = danish_text("rules.timeline.title", name=full_name(release), day=day)
        print_table("rules.timeline", _COLUMNS, rows, title=title, unbroken=("from", "to"))
    else:
        print_text("rules.timeline.none", name=full_name(release))
    always = sum(1 for rule in release.rules if not rule.valid_from and not rule.valid_to)
    print_text("rules.timeline.always", rules=counted(always, "rule", none="0"))


def _rows(spans: Iterable[TimelineSpan], day: datetime.date) -> Iterator[tuple[str, ...]]:
    """Yield a row for each span, and an empty one between two courses or rules."""
    last = ""
    for span in spans:
        if last and span.id != last:
            yield ()
        specialties = ", ".join(span.specialties) or danish_text("rules.timeline.all-specialties")
        name = f"{span.title} ({specialties})" if span.id != last else ""
        text = span.text if span.subject == "course" else f"{column_text(span.column)}: {span.text}"
        dates = (str(span.start or ""), str(span.end or "→"))
        yield "●" if span.is_in_force(day) else "", name, *dates, f"{text}\n{status_text(span.status, 'da')}; {span.source}"
        last = span.id
