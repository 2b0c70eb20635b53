"""What the commands share: the settings and what they name, and a refusal said in one sentence without a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from validator.catalogue import Catalogue, CatalogueError, load_catalogue
from validator.rulebook import RulebookError
from validator.service import Service
from validator.settings import Settings, SettingsError, read_settings
from validator.store import Database, StoreError

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2


class Refused(click.ClickException):
    """A file, a setting or a call that cannot be used; said in a sentence, without a traceback."""

    exit_code = EXIT_BAD_FILE

    def format_message(self) -> str:
        return self.message if self.message.endswith("?") else f"{self.message.rstrip('.')}."


def settings() -> Settings:
    """The settings of the environment."""
    try:
        return read_settings()
    except SettingsError as error:
        raise Refused(str(error)) from error


def catalogue(used: Settings) -> Catalogue:
    """The catalogue of the settings."""
    try:
        return load_catalogue(used.catalog)
    except CatalogueError as error:
        raise Refused(str(error)) from error


def service(used: Settings, *, drafts: bool = False) -> Service:
    """The catalogue and the releases of the settings, drafts among them where they are asked for."""
    try:
        return Service.from_settings(used, drafts=drafts)
    except (CatalogueError, RulebookError) as error:
        raise Refused(str(error)) from error


@contextmanager
def open_store(used: Settings) -> Iterator[Database]:
    """The store of the settings; what fails in it is refused, and its file is closed afterwards."""
    database = Database(used.database)
    try:
        yield database
    except StoreError as error:
        raise Refused(str(error)) from error
    finally:
        database.close()
