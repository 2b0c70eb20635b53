"""The catalogue of an installation: the one of its folder, with the editions that are in use in its store."""

from collections.abc import Iterable

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.loader import load_catalogue
from validator.settings import Settings
from validator.store.current_state import standing
from validator.store.database import Database
from validator.store.editions import read_editions


def installed_catalogue(settings: Settings) -> Catalogue:
    """The catalogue that the settings' server judges by. No store is made.

    Raises CatalogueError, ReleaseError where an edition is damaged, or StoreError.
    """
    base = load_catalogue(settings.catalog)
    if not settings.database.exists():
        return base
    database = Database(settings.database, create=False)
    try:
        return with_editions(base, database, standing(database).editions)
    finally:
        database.close()


def with_editions(base: Catalogue, database: Database, names: Iterable[str]) -> Catalogue:
    """A catalogue with editions of a store beside it. Raises ReleaseError or StoreError."""
    return add_editions(base, read_editions(database, names))
