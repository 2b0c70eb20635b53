"""Opens what a process serves: the releases of the store, into which those of the rule folder that it lacks are taken first.

A folder whose files have not changed since is not read again, and one that holds something new makes nothing current but in a pack
that has no current release: what is live, only publishing and activating change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.judging.validator import Validator
from validator.rulebook.yaml.release_files import digest_of_files
from validator.serving.installed_catalogue import with_editions
from validator.serving.release_cache import Shelf, StoredService
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.current_state import Standing, standing
from validator.store.database import Database, StoreError
from validator.store.published_releases import compiled_release, list_releases
from validator.store.releases import import_releases, is_imported

_log = structlog.get_logger("kodevagt.releases")


@dataclass(frozen=True)
class Opened:
    """A service, and what stood in the store when it was made; None where the store could not be read."""

    service: Service
    standing: Standing | None


def open_service(settings: Settings) -> Opened:
    """The service of the settings' store and rule folder. Where the store cannot be used, the folder alone is served.

    Raises CatalogueError, RulebookError, or ReleaseError where the folder has another release under the name of a published one.
    """
    catalogue = load_catalogue(settings.catalog)
    try:
        _take_in_if_possible(settings, catalogue)
        database = Database(settings.database, create=False)  # also later: a store that is lost must not be made anew
        try:
            opened = stored_service(database, shelf_of(database, catalogue, settings.cache, ()), {})
        finally:
            database.close()
        if opened.service.current:
            return opened
    except StoreError as error:
        _log.error("releases-not-read", reason=str(error))
    return Opened(Service.of_folder(settings, catalogue), None)


def _take_in_if_possible(settings: Settings, catalogue: Catalogue) -> None:
    database = Database(settings.database, create=settings.keys != "required")
    try:
        take_in(database, settings.rules, catalogue)
    except StoreError as error:  # what was published before can be read perhaps
        _log.error("releases-not-kept", reason=str(error))
    finally:
        database.close()


def take_in(database: Database, folder: Path, catalogue: Catalogue) -> None:
    """Keeps the releases of a folder that the store lacks; drafts are none. Raises RulebookError, ReleaseError or StoreError."""
    files = digest_of_files(folder)
    if not is_imported(database, files):
        from validator.rulebook.yaml.folder import read_folder  # with the library that reads YAML, for which there is no other use

        import_releases(database, read_folder(folder, catalogue, drafts=False), edition=catalogue.identity, files=files)


def stored_service(database: Database, shelf: Shelf, held: Mapping[str, Validator]) -> Opened:
    """The service of what stands in a store now; a pack that has no release there goes on with the one that is `held`.

    The shelf is used where the editions in use are the same. Raises StoreError, ReleaseError where a release or an edition is
    damaged, or CompiledError.
    """
    stands = standing(database)  # first: what is published meanwhile is seen at the next request
    if stands.editions != shelf.editions:
        catalogue = with_editions(shelf.catalogue.timeline.base, database, stands.editions)
        shelf = shelf_of(database, catalogue, shelf.outcomes, stands.editions)
    published = list_releases(database)
    by_name = {one.name: one for one in published}
    current = {pack: shelf.validator(by_name[name]) for pack, name in stands.current}
    return Opened(StoredService(shelf, published, {**held, **current}), stands)


def shelf_of(database: Database, catalogue: Catalogue, kept: int, editions: Iterable[str]) -> Shelf:
    """A shelf over the releases of a store, for a catalogue that has those editions of the store beside it."""
    return Shelf(catalogue, kept, lambda name: compiled_release(database, name), editions)
