"""The store and the judging service of the settings."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from validator.cli.messages import CommandError, print_text
from validator.serving.release_cache import ReleaseCache, service_from_store
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.database import Database

CREATE_OPTION = click.option("--create", is_flag=True, help="Lav databasen, hvis den ikke findes.")


def open_store(settings: Settings) -> closing[Database]:
    """Open the store of the settings, to be closed at the end of a `with` block.

    Raises CommandError where there is none: an empty one would answer as if nothing were ever published.
    """
    if not settings.database.exists():
        raise CommandError("store.not-found", path=settings.database.absolute())
    return closing(Database(settings.database, create=False))


@contextmanager
def writing_store(settings: Settings, *, create: bool = False) -> Iterator[Database]:
    """Open the store of the settings to write to it, and then print which one it is, on standard error.

    A missing one is created where `create` is set. Raises CommandError.
    """
    if not (create or settings.database.exists()):
        raise CommandError("store.not-created", path=settings.database.absolute())
    with closing(Database(settings.database, create=create)) as database:
        yield database
    print_text("store.written", err=True, path=settings.database.absolute())


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
