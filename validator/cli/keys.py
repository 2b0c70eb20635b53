"""`kodevagt keys` and `kodevagt audit`: who may use the service, and who changed that."""

import dataclasses
import datetime
import json
from collections.abc import Sequence
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from validator.cli.common import Refused, open_store, settings, who
from validator.store.audit import COMMAND_LINE, audit_entries
from validator.store.keys import Key, KeyNameError, Role, UnknownKeyError, add_key, list_keys, revoke_key

_form = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
_KEY_COLUMNS = {
    "id": "Id",
    "name": "Navn",
    "role": "Rolle",
    "created": "Oprettet (UTC)",
    "last_used": "Sidst brugt",
    "revoked": "Trukket tilbage",
}


@click.group()
def keys() -> None:
    """Nøglerne til tjenesten."""


@keys.command()
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="Hvad nøglen skal bruges til.")
@click.option("--name", required=True, help="Hvem eller hvad nøglen er til, fx et journalsystem. Aldrig en person.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Tekst til mennesker, JSON til scripts."
)
def add(role: str, name: str, form: str) -> None:
    """Opret en nøgle. Den vises kun denne ene gang."""
    with open_store(settings()) as database:
        try:
            key, secret = add_key(database, role=Role(role), name=name, actor=COMMAND_LINE)
        except KeyNameError as error:
            raise Refused(str(error)) from error
    if form == "json":
        _print_json({**_shown(key), "key": secret})
        return
    click.echo(secret)
    click.echo(f"Nøgle {key.id} ({key.role}) er oprettet. Gem den nu: den kan ikke vises igen.", err=True)


@keys.command("list")
@_form
def list_(form: str) -> None:
    """Vis alle nøgler, også de tilbagetrukne. Selve nøglerne gemmes ikke og kan ikke vises."""
    with open_store(settings()) as database:
        rows = [_shown(key) for key in list_keys(database)]
    _print_rows(form, rows, _KEY_COLUMNS)


@keys.command()
@click.argument("id", type=int)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Tekst til mennesker, JSON til scripts."
)
def revoke(id: int, form: str) -> None:
    """Træk nøglen ID tilbage. Den afvises fra den næste forespørgsel og kan ikke tages i brug igen."""
    with open_store(settings()) as database:
        try:
            changed = revoke_key(database, id, actor=COMMAND_LINE)
        except UnknownKeyError as error:
            raise Refused(f"Der er ingen nøgle {id}; se kodevagt keys list.") from error
        every = list_keys(database)
    if form == "json":
        _print_json(next(_shown(key) for key in every if key.id == id))
        return
    click.echo(f"Nøgle {id} er trukket tilbage." if changed else f"Nøgle {id} var allerede trukket tilbage.")
    if all(key.revoked for key in every):
        click.echo("Der er ingen gyldige nøgler nu: tjenesten afviser alle, indtil en ny er oprettet.", err=True)


@click.group()
def audit() -> None:
    """Loggen over, hvad der er gjort med nøgler og udgaver."""


@audit.command("list")
@_form
def list_audit(form: str) -> None:
    """Vis loggen, det ældste først."""
    with open_store(settings()) as database:
        rows = [dataclasses.asdict(entry) for entry in audit_entries(database)]
    if form == "table":
        rows = [{**row, "actor": who(row["actor"])} for row in rows]
    _print_rows(form, rows, {"at": "Tid (UTC)", "actor": "Hvem", "action": "Hvad", "detail": "Nærmere"})


def _shown(key: Key) -> dict[str, Any]:
    """A key as it may be shown: without even its hash."""
    return {name: value for name, value in dataclasses.asdict(key).items() if name != "digest"}


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, default=lambda time: time.isoformat()))


def _print_rows(form: str, rows: Sequence[dict[str, Any]], columns: dict[str, str]) -> None:
    """The rows as JSON, or those columns of them as a table."""
    if form == "json":
        _print_json({"items": rows, "total": len(rows)})
        return
    table = Table()
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(escape(_cell(row[name])) for name in columns))
    Console().print(table)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case dict():
            return ", ".join(f"{name}: {item}" for name, item in value.items())
        case datetime.datetime():
            return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
