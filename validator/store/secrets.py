"""Secrets with which the service signs.

Each is created in the store when first needed and shared by all workers.
"""

import os

from validator.store.database import Database

_LENGTH = 32  # bytes


def service_secret(database: Database, name: str) -> bytes:
    """Return the secret with a name, 32 random bytes.

    Raises StoreError where it is missing and cannot be created.
    """
    with database.reading() as tables:
        row = tables.execute("SELECT secret FROM secrets WHERE name = ?", [name]).fetchone()
    if row is None:
        with database.transaction() as tables:
            tables.execute("INSERT OR IGNORE INTO secrets (name, secret) VALUES (?, ?)", [name, os.urandom(_LENGTH)])
            row = tables.execute("SELECT secret FROM secrets WHERE name = ?", [name]).fetchone()
    return bytes(row[0])
