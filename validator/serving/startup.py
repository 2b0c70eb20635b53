"""Start the service of a process.

The rule folder is imported into the store, then the releases of the store are loaded. An unchanged folder is not read
again. An imported release becomes current only in a pack without a current release.
"""

from functools import partial
from pathlib import Path

import structlog

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.rulebook.yaml.release_files import PACK_FILE, digest_rule_files, headless_folders
from validator.serving.live_service import LiveService, RuleFolderState
from validator.serving.release_cache import ReleaseCache, service_from_store
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.database import Database, StoreError
from validator.store.releases import import_releases, is_imported
from validator.store.snapshot import read_release_state

_MAX_LOGGED = 5  # problems of a rule folder; `kodevagt rules check` reports all of them
_log = structlog.get_logger("kodevagt.releases")


def start_service(settings: Settings) -> LiveService:
    """Build the service of the settings' store.

    Where the store cannot be used, build the service of the rule folder. Where the folder differs from what was published, or
    cannot be read, what was published is served, and the service reports it.
    A pack whose current release is damaged has none; the others are judged.
    Raises CatalogueError, RulebookError where nothing is published, or ReleaseError where no current release can be used.
    """
    catalogue = load_catalogue(settings.catalog)
    for folder in headless_folders(settings.rules):
        _log.warning("rule-folder-left-out", folder=str(folder), missing=PACK_FILE)
    state = _import_if_possible(settings, catalogue)
    database = Database(settings.database, create=False)  # also later: a lost store is not created again
    cache = ReleaseCache(database, catalogue, settings.cache)
    build = partial(service_from_store, cache)
    try:
        service = build()
        for pack, unusable in service.unusable.items():
            _log.error("release-unusable", pack=pack, reason=unusable.sentence())
        if service.current:
            return LiveService(service, build, state)
        for unusable in service.unusable.values():
            raise unusable
    except StoreError as error:
        _log.error("releases-not-read", reason=str(error))
    finally:
        database.close()
    return LiveService(Service.from_settings(settings, catalogue=catalogue), build)


def import_rule_folder(database: Database, folder: Path, catalogue: Catalogue) -> RuleFolderState:
    """Add the releases of a folder that the store lacks, except drafts.

    A release that is published with other rules is left as published, and so is everything where the folder cannot be read but the
    store has current releases. Raises RulebookError, ReleaseError or StoreError.
    """
    files = digest_rule_files(folder)
    if is_imported(database, files):
        return RuleFolderState()
    from validator.rulebook.yaml.folder import read_folder  # slow: imports the YAML library
    from validator.rulebook.yaml.problems import RulebookError

    try:
        releases = read_folder(folder, catalogue, drafts=False)
    except RulebookError as error:
        if not read_release_state(database).current:
            raise
        _log.error("rule-folder-not-read", folder=str(folder), problems=[str(problem) for problem in error.problems[:_MAX_LOGGED]])
        return RuleFolderState(unreadable=True)
    differing = import_releases(database, releases, edition=catalogue.identity, files=files)
    for name in differing:
        _log.error("rule-folder-differs", folder=str(folder), release=name)
    return RuleFolderState(tuple(differing))


def _import_if_possible(settings: Settings, catalogue: Catalogue) -> RuleFolderState:
    database = Database(settings.database, create=settings.keys != "required")
    try:
        return import_rule_folder(database, settings.rules, catalogue)
    except StoreError as error:  # earlier releases may still be readable
        _log.error("releases-not-kept", reason=str(error))
        return RuleFolderState()
    finally:
        database.close()
