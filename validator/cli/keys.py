"""`kodevagt keys` and `kodevagt audit`: API keys, and the log of changes to the store."""

import dataclasses
from typing import Any

import click

from validator.cli.common import CREATE_OPTION, open_store, writing_store
from validator.cli.messages import CommandError, print_text
from validator.cli.output import TABLE_OR_JSON, TEXT_OR_JSON, actor_name, print_json, print_list, print_result
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE, audit_entries
from validator.store.keys import Key, Role, UnknownKeyError, add_key, list_keys, revoke_key

_KEY_COLUMNS = ("id", "name", "role", "created", "last_used", "revoked")
_AUDIT_COLUMNS = ("at", "actor", "action", "detail")


@click.group()
def keys() -> None:
    """Nøglerne til tjenesten."""


@keys.command()
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True, help="Hvad nøglen skal bruges til.")
@click.option("--name", required=True, help="Hvem eller hvad nøglen er til, fx et journalsystem. Aldrig en person.")
@CREATE_OPTION
@TEXT_OR_JSON
def add(role: str, name: str, create: bool, output_format: str) -> None:
    """Opret en nøgle. Den vises kun denne ene gang."""
    with writing_store(read_settings(), create=create) as database:
        key, secret = add_key(database, role=Role(role), name=name, actor=COMMAND_LINE)
    if output_format == "json":
        print_json({**_public_fields(key), "key": secret})
    else:
        click.echo(secret)
        print_text("keys.added", err=True, id=key.id, role=key.role)


@keys.command("list")
@TABLE_OR_JSON
def list_(output_format: str) -> None:
    """Vis alle nøgler, også de tilbagetrukne. Selve nøglerne gemmes ikke og kan ikke vises."""
    with open_store(read_settings()) as database:
        rows = [_public_fields(key) for key in list_keys(database)]
    print_list(output_format, rows, "keys.list", _KEY_COLUMNS, ([row[column] for column in _KEY_COLUMNS] for row in rows))


@keys.command()
@click.argument("id", type=int)
@TEXT_OR_JSON
def revoke(id: int, output_format: str) -> None:
    """Træk nøglen ID tilbage. Den afvises fra den næste forespørgsel og kan ikke tages i brug igen."""
    with writing_store(read_settings()) as database:
        try:
            changed = revoke_key(database, id, actor=COMMAND_LINE)
        except UnknownKeyError as error:
            raise CommandError("keys.unknown", id=id) from error
        every = list_keys(database)
    revoked = next(_public_fields(key) for key in every if key.id == id)
    print_result(output_format, revoked, "keys.revoked" if changed else "keys.already-revoked", id=id)
    if output_format == "text" and all(key.revoked for key in every):
        print_text("keys.none-valid", err=True)


@click.group()
def audit() -> None:
    """Loggen over, hvad der er gjort med nøgler og udgaver."""


@audit.command("list")
@TABLE_OR_JSON
def list_audit(output_format: str) -> None:
    """Vis loggen, det ældste først."""
    with open_store(read_settings()) as database:
        entries = audit_entries(database)
    rows = ((entry.at, actor_name(entry.actor), entry.action, entry.detail) for entry in entries)
    print_list(output_format, entries, "audit.list", _AUDIT_COLUMNS, rows)


def _public_fields(key: Key) -> dict[str, Any]:
    """Return the fields of a key without its hash."""
    return {name: value for name, value in dataclasses.asdict(key).items() if name != "digest"}
