"""`kodevagt catalog editions` and `withdraw`: the editions that were taken in, and which of them contacts are judged by."""

import datetime
import json

import click

from validator.catalogue.code_systems import NAMES
from validator.cli.common import open_store, release_refused, settings, shown
from validator.cli.rules.rules_common import FORM
from validator.store.audit import COMMAND_LINE
from validator.store.editions import KeptEdition, list_editions, withdraw_edition
from validator.store.errors import ReleaseError

_COLUMNS = ("Udgave", "System", "Gælder fra", "Til", "Koder", "I brug", "Titel")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
def editions(form: str) -> None:
    """Vis de udgaver, der er taget ind, efter kodesystem og første dag."""
    with open_store(settings()) as database:
        every = list_editions(database)
    rows = [(one, last_day(one, every)) for one in every]
    if form == "json":
        items = [{**one.to_json(), "to": last and last.isoformat()} for one, last in rows]
        click.echo(json.dumps({"items": items, "total": len(items)}, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for heading in _COLUMNS:
        table.add_column(heading, overflow="fold")
    for one, last in rows:
        title = one.title if one.verified else f"{one.title} (ubekræftet)"
        days = (str(one.start), str(last or "")) if one.in_use else (str(one.start), "")
        system = NAMES.get(one.system, one.system)
        table.add_row(*map(shown, (one.name, system, *days, str(one.codes), "ja" if one.in_use else "nej", title)))
    Console().print(table)


@click.command()
@click.argument("name")
@FORM
def withdraw(name: str, form: str) -> None:
    """Tag udgaven NAME ud af brug. Den gemmes, og den samme fil kan tages ind igen."""
    try:
        with open_store(settings()) as database:
            changed = withdraw_edition(database, name, actor=COMMAND_LINE)
    except ReleaseError as error:
        raise release_refused(error) from error
    if form == "json":
        click.echo(json.dumps({"name": name, "withdrawn": changed}))
    else:
        click.echo(f"{name} er ude af brug." if changed else f"{name} var ikke i brug; intet er ændret.")


def last_day(edition: KeptEdition, every: list[KeptEdition]) -> datetime.date | None:
    """The last day that an edition in use is for; None where no other follows it."""
    later = [one.start for one in every if one.in_use and one.system == edition.system and one.start > edition.start]
    return min(later) - datetime.timedelta(days=1) if later and edition.in_use else None
