"""Start the service of a process: import the rule folder into the store, then serve the store's releases.

A folder whose files have not changed is not read again. An imported release becomes current only in a pack that has no current
release: in every other pack, only activating changes what is in force.
"""

from functools import partial
from pathlib import Path

import structlog

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.rulebook.yaml.release_files import digest_rule_files
from validator.serving.live_service import LiveService
from validator.serving.release_cache import ReleaseCache, service_from_store
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.database import Database, StoreError
from validator.store.releases import import_releases, is_imported

_log = structlog.get_logger("kodevagt.releases")


def start_service(settings: Settings) -> LiveService:
    """Build the service of the settings' store and rule folder; where the store cannot be used, of the folder alone.

    Raises CatalogueError, RulebookError, or ReleaseError where the folder has another release under the name of a published one.
    """
    catalogue = load_catalogue(settings.catalog)
    _import_if_possible(settings, catalogue)
    database = Database(settings.database, create=False)  # also later: a store that is lost is not created anew
    cache = ReleaseCache(database, catalogue, settings.cache)
    rebuild = partial(service_from_store, cache)
    try:
        service = rebuild()
        if service.current:
            return LiveService(service, rebuild)
    except StoreError as error:
        _log.error("releases-not-read", reason=str(error))
    finally:
        database.close()
    return LiveService(Service.from_settings(settings, catalogue=catalogue), rebuild)


def import_rule_folder(database: Database, folder: Path, catalogue: Catalogue) -> None:
    """Add the releases of a folder that the store lacks, except drafts. Raises RulebookError, ReleaseError or StoreError."""
    files = digest_rule_files(folder)
    if not is_imported(database, files):
        from validator.rulebook.yaml.folder import read_folder  # imports the YAML library, which is needed for nothing else

        import_releases(database, read_folder(folder, catalogue, drafts=False), edition=catalogue.identity, files=files)


def _import_if_possible(settings: Settings, catalogue: Catalogue) -> None:
    database = Database(settings.database, create=settings.keys != "required")
    try:
        import_rule_folder(database, settings.rules, catalogue)
    except StoreError as error:  # what was published before may still be readable
        _log.error("releases-not-kept", reason=str(error))
    finally:
        database.close()
