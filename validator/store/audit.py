"""The audit log: what was done with keys and releases, when and by whom. It is added to, and never changed."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from validator.store.database import Database

COMMAND_LINE = "command line"
THIS_MACHINE = "this machine"  # over HTTP, while there are no keys


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing done. `actor` is `key 7`, `command line`, `this machine` or `rule folder`; `action` is such as `key.add`."""

    id: int
    at: datetime.datetime
    actor: str
    action: str
    detail: dict[str, Any]


def utc_timestamp() -> str:
    """The time as it is kept: UTC, to the second."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def record_action(tables: sqlite_utils.Database, actor: str, action: str, detail: Mapping[str, object]) -> None:
    """Adds an entry, in the transaction of what it tells of: the deed and its entry are kept together."""
    row = {"at": utc_timestamp(), "actor": actor, "action": action, "detail": json.dumps(detail, ensure_ascii=False)}
    tables.table("audit").insert(row)


def audit_entries(database: Database) -> list[AuditEntry]:
    """Every entry, the oldest first. Raises StoreError."""
    with database.reading() as tables:
        return [
            AuditEntry(
                row["id"], datetime.datetime.fromisoformat(row["at"]), row["actor"], row["action"], json.loads(row["detail"])
            )
            for row in tables.query("SELECT * FROM audit ORDER BY id")
        ]
