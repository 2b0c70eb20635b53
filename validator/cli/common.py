"""What the commands share: the settings and what they name, and a refusal said in one sentence without a traceback."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.csv_tables import CatalogueError
from validator.requests.ndjson import lines_of
from validator.rulebook.release import Release
from validator.rulebook.stored.load import CompiledError, restored
from validator.rulebook.yaml.problems import RulebookError
from validator.serving.installed_catalogue import installed_catalogue
from validator.serving.service import Service
from validator.serving.startup import Opened, open_service, shelf_of, stored_service
from validator.settings import Settings, SettingsError, read_settings
from validator.store.audit import COMMAND_LINE, THIS_MACHINE
from validator.store.current_state import standing
from validator.store.database import Database, StoreError
from validator.store.errors import ReleaseError
from validator.store.published_releases import compiled_release, list_releases
from validator.store.releases import RULE_FOLDER
from validator.support.atomic_files import write_atomically
from validator.texts import LANGUAGES, problem_text
from validator.texts.file_errors import file_error_reason

EXIT_FINDINGS, EXIT_BAD_FILE = 1, 2
_ACTORS = {COMMAND_LINE: "kommandolinjen", RULE_FOLDER: "regelmappen", THIS_MACHINE: "denne maskine"}
_KEY = re.compile(r"^key (?=\d+$)")
STATUS_WORDS = {"error": "fejl", "warning": "advarsel", "information": "oplysning", "ok": "ingen bemærkninger"}


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
    """The catalogue of the settings, with the editions of their store."""
    with _refusing():
        return installed_catalogue(used)


def service(used: Settings, release: str | None = None) -> Service:
    """What judges contacts as the service of the settings' store does; by `release`, which may be a draft, the rule folder."""
    with _refusing():
        folder = Service.from_settings(used, drafts=release is not None)
        if not used.database.exists():
            return folder
        with open_store(used) as database:
            shelf = shelf_of(database, folder.catalogue, used.cache, standing(database).editions)
            stored = stored_service(database, shelf, folder.current).service
            if release is not None and all(name != release for _, name in stored.published):
                return folder
            stored.require(release)
            return stored


def published_release(used: Settings, name: str | None, pack: str | None = None) -> tuple[Release | None, tuple[str, ...]]:
    """A release of the store by its name, or the current one of a pack; None where there is none. And the names of all."""
    if not used.database.exists():
        return None, ()
    with _refusing(), open_store(used) as database:
        every = [one for one in list_releases(database) if pack in (None, one.pack)]
        names = tuple(f"{one.pack}/{one.name}" for one in every)
        for one in every:
            if one.current if name is None else name in (one.name, f"{one.pack}/{one.name}"):
                return restored(compiled_release(database, one.name)), names
    return None, names


def opened(used: Settings) -> Opened:
    """What a server serves: the releases of the store, with those of the rule folder taken in."""
    with _refusing():
        return open_service(used)


@contextmanager
def _refusing() -> Iterator[None]:
    """What stands in the way of reading the catalogue and the releases is refused."""
    try:
        yield
    except (CatalogueError, RulebookError, CompiledError, StoreError) as error:
        raise Refused(str(error)) from error
    except ReleaseError as error:
        raise release_refused(error) from error


def release_refused(error: ReleaseError) -> Refused:
    """Why something cannot be done with a release."""
    return Refused(problem_text(error.key, LANGUAGES[0], error.values))


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


def watched(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; a person who waits for them sees how far it is, on standard error."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    if not (console.is_terminal and file.seekable()):
        yield from lines_of(file)
        return
    size = os.fstat(file.fileno()).st_size
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Bedømmer", total=size)
        for line in lines_of(file):
            progress.update(task, advance=len(line or b"") + 1)
            yield line


def write_whole(file: str, content: bytes) -> None:
    """Writes a file ("-" is standard output); what stood there before stays until all of the new one is on the disk."""
    if file == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        write_atomically(Path(file), content)
    except OSError as error:
        raise Refused(f"{file} kan ikke skrives ({file_error_reason(error)})") from error


def plain(text: str) -> str:
    """What a caller or a file says must not steer the terminal: control characters are shown as points."""
    return "".join(character if character.isprintable() or character == "\n" else "·" for character in text)


def who(actor: str) -> str:
    """An actor of the audit log, or the author of a release, as a person reads it."""
    return _ACTORS.get(actor) or _KEY.sub("nøgle ", actor)


def shown(text: str) -> str:
    """The same for a table, where markup is shown too, not obeyed."""
    from rich.markup import escape

    return escape(plain(text))
