"""`kodevagt keys` and `kodevagt audit`: who may use the service, and who changed that."""

import dataclasses
import datetime
from typing import Any

import click

from validator.cli.common import Refused, open_store
from validator.cli.output import TABLE_OR_JSON, TEXT_OR_JSON, actor_name, print_items, print_json, print_table
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE, audit_entries
from validator.store.keys import Key, Role, UnknownKeyError, add_key, list_keys, revoke_key

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
@TEXT_OR_JSON
def add(role: str, name: str, form: str) -> None:
    """Opret en nøgle. Den vises kun denne ene gang."""
    with open_store(read_settings()) as database:
        key, secret = add_key(database, role=Role(role), name=name, actor=COMMAND_LINE)
    if form == "json":
        print_json({**_fields(key), "key": secret})
        return
    click.echo(secret)
    click.echo(f"Nøgle {key.id} ({key.role}) er oprettet. Gem den nu: den kan ikke vises igen.", err=True)


@keys.command("list")
@TABLE_OR_JSON
def list_(form: str) -> None:
    """Vis alle nøgler, også de tilbagetrukne. Selve nøglerne gemmes ikke og kan ikke vises."""
    with open_store(read_settings()) as database:
        rows = [_fields(key) for key in list_keys(database)]
    if form == "json":
        print_items(rows)
    else:
        _print_columns(rows, _KEY_COLUMNS)


@keys.command()
@click.argument("id", type=int)
@TEXT_OR_JSON
def revoke(id: int, form: str) -> None:
    """Træk nøglen ID tilbage. Den afvises fra den næste forespørgsel og kan ikke tages i brug igen."""
    with open_store(read_settings()) as database:
        try:
            changed = revoke_key(database, id, actor=COMMAND_LINE)
        except UnknownKeyError as error:
            raise Refused(f"Der er ingen nøgle {id}; se kodevagt keys list.") from error
        every = list_keys(database)
    if form == "json":
        print_json(next(_fields(key) for key in every if key.id == id))
        return
    click.echo(f"Nøgle {id} er trukket tilbage." if changed else f"Nøgle {id} var allerede trukket tilbage.")
    if all(key.revoked for key in every):
        click.echo("Der er ingen gyldige nøgler nu: tjenesten afviser alle, indtil en ny er oprettet.", err=True)


@click.group()
def audit() -> None:
    """Loggen over, hvad der er gjort med nøgler og udgaver."""


@audit.command("list")
@TABLE_OR_JSON
def list_audit(form: str) -> None:
    """Vis loggen, det ældste først."""
    with open_store(read_settings()) as database:
        entries = audit_entries(database)
    if form == "json":
        print_items(entries)
    else:
        rows = [{**dataclasses.asdict(entry), "actor": actor_name(entry.actor)} for entry in entries]
        _print_columns(rows, {"at": "Tid (UTC)", "actor": "Hvem", "action": "Hvad", "detail": "Nærmere"})


def _fields(key: Key) -> dict[str, Any]:
    """The fields of a key but its hash."""
    return {name: value for name, value in dataclasses.asdict(key).items() if name != "digest"}


def _print_columns(rows: list[dict[str, Any]], columns: dict[str, str]) -> None:
    print_table(columns.values(), ([_cell(row[name]) for name in columns] for row in rows))


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime.datetime) else value
