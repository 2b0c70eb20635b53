"""Compiled banks of coding cases, by the digest of their files.

With them, a server need not parse YAML.
"""

from validator.store.database import Database
from validator.store.published_releases import compute_checksum
from validator.store.timestamps import utc_timestamp

_MAX_BANKS = 5  # the newest: several installations may share a store while one is upgraded


def load_case_bank(database: Database, files: str) -> str | None:
    """Return the compiled bank of the files with a digest; None where it is missing or damaged.

    Raises StoreError.
    """
    with database.reading() as tables:
        row = tables.execute("SELECT compiled, checksum FROM case_banks WHERE files = ?", [files]).fetchone()
    return str(row[0]) if row and compute_checksum(row[0]) == row[1] else None


def save_case_bank(database: Database, files: str, compiled: str) -> None:
    """Save a compiled bank, and delete the oldest ones. Raises StoreError."""
    row = {"files": files, "compiled": compiled, "checksum": compute_checksum(compiled), "at": utc_timestamp()}
    with database.transaction() as tables:
        tables.table("case_banks").insert(row, pk="files", replace=True)
        tables.execute(
            "DELETE FROM case_banks WHERE files NOT IN (SELECT files FROM case_banks ORDER BY rowid DESC LIMIT ?)", [_MAX_BANKS]
        )
