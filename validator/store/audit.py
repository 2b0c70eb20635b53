"""The audit log: what was done with keys and releases, when and by whom. Append-only."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database
from validator.store.timestamps import utc_timestamp

COMMAND_LINE = "command line"
THIS_MACHINE = "this machine"  # over HTTP, while there are no keys


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action, such as `key.add`.

    `actor` is `key 7`, `command line`, `this machine` or `rule folder`.
    """

    id: int
    at: datetime.datetime
    actor: str
    action: str
    detail: dict[str, Any]


def record_action(tables: sqlite_utils.Database, actor: str, action: str, detail: Mapping[str, object]) -> None:
    """Add an entry, within the transaction of the action itself."""
    row = {"at": utc_timestamp(), "actor": actor, "action": action, "detail": json.dumps(detail, ensure_ascii=False)}
    tables.table("audit").insert(row)


def audit_entries(database: Database) -> list[AuditEntry]:
    """Return every entry, the oldest first. Raises StoreError."""
    with database.reading() as tables:
        rows = list(tables.query("SELECT * FROM audit ORDER BY id"))
    return [
        AuditEntry(**{**row, "at": datetime.datetime.fromisoformat(row["at"]), "detail": json.loads(row["detail"])}) for row in rows
    ]
