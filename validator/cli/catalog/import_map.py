"""`kodevagt catalog import --map`: show what a map changes, and use it instead of the shipped bridges.

Without `--yes` nothing is imported.
"""

import datetime
from pathlib import Path

import click

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import BRIDGES
from validator.catalogue.editions.edition import Edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.map_comparison import BridgeChange, bridge_changes
from validator.catalogue.loader import load_catalogue
from validator.cli.catalog.check_map import map_of
from validator.cli.catalog.import_store import import_store, other_editions, print_dry_run
from validator.cli.messages import CommandError, print_text
from validator.cli.output import counted, print_json, printable
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.editions import add_edition
from validator.texts import danish_text

_MAX_ROWS = 10  # of each kind of change, in text
_NONE = "–"


def import_map(path: Path, name: str, title: str | None, output_format: str, *, write: bool, create: bool) -> None:
    """Show what the map in a file changes, and put it into use where `write` is set: all or nothing."""
    settings = read_settings()
    base = load_catalogue(settings.catalog)
    if name == base.edition:
        raise CommandError("catalog.import.shipped-name", name=base.edition)
    edition = _edition(path, name, title, base)
    with import_store(settings, write=write, create=create) as database:
        in_use = other_editions(database, name)
        changes = bridge_changes(add_editions(base, in_use), add_editions(base, [*in_use, edition]))
        imported = add_edition(database, edition, actor=COMMAND_LINE) if write and database else None
    if output_format == "json":
        print_json(_json(edition, changes, written=imported is True))
    else:
        _print(edition, changes)
        if imported is None:
            print_dry_run(settings, "catalog.import.map-dry-run", create=create)
        else:
            print_text("catalog.import.done" if imported else "catalog.import.unchanged", name=name)


def _edition(path: Path, name: str, title: str | None, base: Catalogue) -> Edition:
    """Return the edition of a map, which is in force on every day, as the shipped bridges are."""
    code_map = map_of(path, base)
    own_title = " ".join((title or code_map.title or path.stem).split())
    date = code_map.date or datetime.date.today().isoformat()
    return Edition(name, BRIDGES, own_title, date, datetime.date.min, True, (), code_map.targets)


def _json(edition: Edition, changes: tuple[BridgeChange, ...], *, written: bool) -> dict[str, object]:
    return {
        "name": edition.name,
        "system": edition.system,
        "title": edition.title,
        "codes": edition.size,
        "digest": edition.digest,
        "changes": [change._asdict() for change in changes],
        "written": written,
    }


def _print(edition: Edition, changes: tuple[BridgeChange, ...]) -> None:
    click.echo(printable(f"{edition.name}: {edition.title}"))
    print_text("catalog.import.map", codes=counted(edition.size, "code"))
    gone = [change for change in changes if not change.after]
    added = [change for change in changes if not change.before]
    changed = [change for change in changes if change.before and change.after]
    for key, rows in (("changed", changed), ("added", added), ("gone", gone)):
        print_text(f"catalog.import.map-{key}", number=len(rows) or danish_text("count.none"))
        for row in rows[:_MAX_ROWS]:
            click.echo(printable(f"  {row.icd10}: {' '.join(row.before) or _NONE} → {' '.join(row.after) or _NONE}"))
        if len(rows) > _MAX_ROWS:
            print_text("catalog.import.more", number=len(rows) - _MAX_ROWS)
