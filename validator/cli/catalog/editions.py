"""`kodevagt catalog editions` and `withdraw`: the editions that were taken in, and which of them contacts are judged by."""

import datetime

import click

from validator.catalogue.code_systems import NAMES
from validator.cli.common import open_store
from validator.cli.output import TABLE_OR_JSON, TEXT_OR_JSON, print_items, print_json, print_table
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.editions import StoredEdition, list_editions, withdraw_edition

_COLUMNS = ("Udgave", "System", "Gælder fra", "Til", "Koder", "I brug", "Titel")


@click.command()
@TABLE_OR_JSON
def editions(form: str) -> None:
    """Vis de udgaver, der er taget ind, efter kodesystem og første dag."""
    with open_store(read_settings()) as database:
        every = list_editions(database)
    rows = [(one, last_day(one, every)) for one in every]
    if form == "json":
        print_items([{**one.to_json(), "to": last} for one, last in rows])
    else:
        print_table(_COLUMNS, (_row(one, last) for one, last in rows))


def _row(one: StoredEdition, last: datetime.date | None) -> tuple[object, ...]:
    title = one.title if one.verified else f"{one.title} (ubekræftet)"
    return one.name, NAMES.get(one.system, one.system), one.start, last, one.codes, "ja" if one.in_use else "nej", title


@click.command()
@click.argument("name")
@TEXT_OR_JSON
def withdraw(name: str, form: str) -> None:
    """Tag udgaven NAME ud af brug. Den gemmes, og den samme fil kan tages ind igen."""
    with open_store(read_settings()) as database:
        changed = withdraw_edition(database, name, actor=COMMAND_LINE)
    if form == "json":
        print_json({"name": name, "withdrawn": changed})
    else:
        click.echo(f"{name} er ude af brug." if changed else f"{name} var ikke i brug; intet er ændret.")


def last_day(edition: StoredEdition, every: list[StoredEdition]) -> datetime.date | None:
    """The last day that an edition in use is for; None where no other follows it."""
    later = [one.start for one in every if one.in_use and one.system == edition.system and one.start > edition.start]
    return min(later) - datetime.timedelta(days=1) if later and edition.in_use else None
