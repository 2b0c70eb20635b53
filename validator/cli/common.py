"""The store and the judging service of the settings."""

from contextlib import closing

from validator.serving.release_cache import ReleaseCache, service_from_store
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.database import Database


def open_store(settings: Settings) -> closing[Database]:
    """Open the store of the settings, to be closed at the end of a `with` block."""
    return closing(Database(settings.database))


def load_service(settings: Settings, release: str | None = None) -> Service:
    """Load the service from the store, or from the rule folder.

    The rule folder is used if there is no store or it lacks `release`, such as a draft. Raises UserError.
    """
    folder = Service.from_settings(settings, drafts=release is not None)
    if not settings.database.exists():
        return folder
    with open_store(settings) as database:
        service = service_from_store(ReleaseCache(database, folder.timeline.base, settings.cache), folder.current)
        for error in service.unusable.values():  # judging by the folder instead would go unnoticed
            raise error
        if release is not None:
            if all(name != release for _, name in service.releases):
                return folder
            service.preload(release)
        return service
