"""`kodevagt catalog editions` and `withdraw`: list and withdraw imported editions.

The list shows which editions are in use.
"""

import datetime

import click

from validator.catalogue.code_systems import NAMES
from validator.cli.common import open_store, writing_store
from validator.cli.output import TABLE_OR_JSON, TEXT_OR_JSON, print_list, print_result
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.editions import StoredEdition, list_editions, withdraw_edition
from validator.texts import danish_text

_COLUMNS = ("name", "system", "from", "to", "codes", "in-use", "title")


@click.command()
@TABLE_OR_JSON
def editions(output_format: str) -> None:
    """Vis de udgaver, der er taget ind, efter kodesystem og første dag."""
    with open_store(read_settings()) as database:
        every = list_editions(database)
    rows = [(edition, _last_day(edition, every)) for edition in every]
    items = [{**edition.to_json(), "to": last_day} for edition, last_day in rows]
    print_list(output_format, items, "catalog.editions", _COLUMNS, (_row(*row) for row in rows))


def _row(edition: StoredEdition, last_day: datetime.date | None) -> tuple[object, ...]:
    in_use = danish_text("answer.yes" if edition.in_use else "answer.no")
    title = edition.title if edition.verified else danish_text("catalog.editions.unverified", title=edition.title)
    start = None if edition.start == datetime.date.min else edition.start
    return edition.name, NAMES.get(edition.system, edition.system), start, last_day, edition.codes, in_use, title


@click.command()
@click.argument("name")
@TEXT_OR_JSON
def withdraw(name: str, output_format: str) -> None:
    """Tag udgaven NAME ud af brug. Den gemmes, og den samme fil kan tages ind igen."""
    with writing_store(read_settings()) as database:
        changed = withdraw_edition(database, name, actor=COMMAND_LINE)
    key = "catalog.withdraw.done" if changed else "catalog.withdraw.not-in-use"
    print_result(output_format, {"name": name, "withdrawn": changed}, key, name=name)


def _last_day(edition: StoredEdition, every: list[StoredEdition]) -> datetime.date | None:
    """Return the day before the next edition of the system in use.

    None if there is none or this edition is not in use.
    """
    later = [other.start for other in every if other.in_use and other.system == edition.system and other.start > edition.start]
    return min(later) - datetime.timedelta(days=1) if later and edition.in_use else None
