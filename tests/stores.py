"""A store as `kodevagt serve` leaves it at its first start, for commands that make none."""

from contextlib import closing
from pathlib import Path

from validator.store.database import Database


def make_store(path: Path) -> Path:
    """Create a store without keys or releases; return its path."""
    with closing(Database(path)) as database:
        database.require_writable()
    return path
