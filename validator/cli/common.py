"""What commands work on: the store and the validators of the settings; and the refusal of what cannot be used."""

from contextlib import closing

import click

from validator.serving.release_cache import ReleaseCache, service_from_store
from validator.serving.service import Service
from validator.settings import Settings
from validator.store.database import Database

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2


class Refused(click.ClickException):
    """A file, a setting or a call that cannot be used, in one sentence without a traceback."""

    exit_code = EXIT_BAD_FILE

    def format_message(self) -> str:
        return self.message if self.message.endswith("?") else f"{self.message.rstrip('.')}."


def open_store(used: Settings) -> closing[Database]:
    """The store of the settings, closed at the end of the block."""
    return closing(Database(used.database))


def service_of(used: Settings, release: str | None = None) -> Service:
    """The service of the settings' store; for a `release` that is not in it, such as a draft, that of the rule folder."""
    folder = Service.from_settings(used, drafts=release is not None)
    if not used.database.exists():
        return folder
    with open_store(used) as database:
        stored = service_from_store(ReleaseCache(database, folder.timeline.base, used.cache), folder.current)
        if release is not None:
            if all(name != release for _, name in stored.releases):
                return folder
            stored.preload(release)
        return stored
