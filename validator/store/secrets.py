"""Secrets of the service itself. Each is made in the store when it is first asked for, so that every worker has the same one, also
after a restart, and nobody need set it. They sign; they open nothing.
"""

import os

from validator.store.database import Database

_LENGTH = 32  # bytes


def service_secret(database: Database, name: str) -> bytes:
    """The secret of a name, 32 random bytes. Raises StoreError where it is not there and cannot be made."""
    with database.reading() as tables:
        row = tables.execute("SELECT secret FROM secrets WHERE name = ?", [name]).fetchone()
    if row is None:
        with database.transaction() as tables:
            tables.execute("INSERT OR IGNORE INTO secrets (name, secret) VALUES (?, ?)", [name, os.urandom(_LENGTH)])
            row = tables.execute("SELECT secret FROM secrets WHERE name = ?", [name]).fetchone()
    return bytes(row[0])
