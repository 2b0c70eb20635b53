"""The compiled banks of coding cases, by what their files hold. A server that finds its own here parses no YAML."""

from validator.store.audit import utc_timestamp
from validator.store.database import Database
from validator.store.published_releases import compute_checksum

_KEPT = 5  # the last ones: several installations may share a store while one is renewed


def load_case_bank(database: Database, files: str) -> str | None:
    """The compiled text of a bank whose files have this digest; None where it is not there, or damaged. Raises StoreError."""
    with database.reading() as tables:
        row = tables.execute("SELECT compiled, checksum FROM case_banks WHERE files = ?", [files]).fetchone()
    return str(row[0]) if row and compute_checksum(row[0]) == row[1] else None


def save_case_bank(database: Database, files: str, compiled: str) -> None:
    """Keeps a bank. Raises StoreError."""
    row = {"files": files, "compiled": compiled, "checksum": compute_checksum(compiled), "at": utc_timestamp()}
    with database.transaction() as tables:
        tables.table("case_banks").insert(row, pk="files", replace=True)
        tables.execute(
            "DELETE FROM case_banks WHERE files NOT IN (SELECT files FROM case_banks ORDER BY rowid DESC LIMIT ?)", [_KEPT]
        )
