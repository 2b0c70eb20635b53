"""The store of `kodevagt catalog import`, which need not exist where nothing is written."""

from collections.abc import Iterator
from contextlib import contextmanager

from validator.catalogue.editions.edition import Edition
from validator.cli.common import open_store, writing_store
from validator.cli.messages import print_text
from validator.settings import Settings
from validator.store.database import Database
from validator.store.editions import read_editions
from validator.store.snapshot import read_release_state


@contextmanager
def import_store(settings: Settings, *, write: bool, create: bool) -> Iterator[Database | None]:
    """Open the store of the settings; None where there is none and nothing is written. Raises CommandError."""
    if write:
        with writing_store(settings, create=create) as database:
            yield database
    elif settings.database.exists():
        with open_store(settings) as database:
            yield database
    else:
        yield None


def other_editions(database: Database | None, name: str) -> list[Edition]:
    """Return the editions in use except the one with a name."""
    if database is None:
        return []
    return list(read_editions(database, [other for other in read_release_state(database).editions if other != name]))


def print_dry_run(settings: Settings, key: str, *, create: bool) -> None:
    """Print that nothing is written, with the options that write it."""
    print_text(key, err=True)
    if not (create or settings.database.exists()):
        print_text("catalog.import.no-store", err=True, path=settings.database.absolute())
