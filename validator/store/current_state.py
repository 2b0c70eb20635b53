"""What is current now, and the generation by which a running process sees that something is new."""

from dataclasses import dataclass

import sqlite_utils

from validator.store.database import Database


@dataclass(frozen=True, slots=True)
class Standing:
    """What is current: the releases, as (pack, name), the editions in use by name, and the generation of it all."""

    generation: int
    current: tuple[tuple[str, str], ...]
    editions: tuple[str, ...] = ()


def standing(database: Database) -> Standing:
    """What is current now. Raises StoreError."""
    with database.reading() as tables:
        rows = tables.execute(
            """
            SELECT number, pack, name, 0 FROM release_generation LEFT JOIN current_releases
            UNION ALL SELECT number, NULL, name, id FROM release_generation JOIN editions_in_use
            ORDER BY 2, 4
            """
        ).fetchall()
    current = tuple((pack, name) for _, pack, name, _ in rows if pack is not None)
    return Standing(rows[0][0], current, tuple(name for _, pack, name, id in rows if pack is None and id))


def raise_generation(tables: sqlite_utils.Database) -> None:
    """Lets running processes see that something is new."""
    tables.execute("UPDATE release_generation SET number = number + 1")
