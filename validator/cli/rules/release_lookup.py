"""Finds the release that a command is asked about: in the rule folder, where drafts are, or among the published."""

import datetime
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from validator.authoring.checks.release_check import check_folder
from validator.catalogue.catalogue import Catalogue
from validator.cli.common import EXIT_FINDINGS, Refused, catalogue, published_release, settings
from validator.cli.rules.rules_common import from_here, tell
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.release_files import PACK_FILE


@dataclass(frozen=True)
class _Folder:
    """What can be used of a folder of rules; `broken` where something in it has errors."""

    path: Path
    releases: tuple[Release, ...]
    catalogue: Catalogue
    broken: bool

    def find(self, wanted: Callable[[Release], bool]) -> Release | None:
        """The first release like that. Of the others that have errors only that is told: they are in nobody's way."""
        found = next((release for release in self.releases if wanted(release)), None)
        if found is not None and self.broken:
            click.echo("En anden udgave i mappen har fejl; se dem med kodevagt rules check.", err=True)
        return found

    def refuse(self, form: str) -> NoReturn:
        """Tells the errors as `check` does, and ends."""
        tell(check_folder(self.path, self.catalogue, datetime.date.today()), form)
        sys.exit(EXIT_FINDINGS)


def _folder(path: Path | None) -> _Folder:
    used = settings()
    held, folder = catalogue(used), from_here(path or used.rules)
    read = read_releases(folder, held)
    return _Folder(folder, tuple(one.release for one in read.releases if one.release), held, bool(read.problems))


def read(path: Path | None, form: str) -> tuple[list[Release], Catalogue]:
    """The releases of a folder, by default the settings' own; where it has errors they are told as `check` tells them."""
    folder = _folder(path)
    if folder.broken:
        folder.refuse(form)
    return list(folder.releases), folder.catalogue


def chosen(path: Path | None, pack: str, name: str | None, form: str) -> tuple[Release, Catalogue]:
    """The release of a pack by its name, by default the one that is current in the store, or in the folder where nothing is.

    A name means the release of the folder before the published one. With a `path` only that folder is looked into.
    """
    folder = _folder(path)
    published, names = published_release(settings(), name, pack) if path is None else (None, ())
    if name is None and published is not None:
        _tell_other(published, folder, shown="den udgivne")
        return published, folder.catalogue
    own = folder.find(
        lambda release: release.pack == pack and (release.name == name or (name is None and release.status == "current"))
    )
    if own is not None:
        if published is not None:
            _tell_other(published, folder, shown="mappens")
        return own, folder.catalogue
    if published is not None:
        return published, folder.catalogue
    if folder.broken:
        folder.refuse(form)
    in_folder = [release.name for release in folder.releases if release.pack == pack]
    known = ", ".join(dict.fromkeys([*in_folder, *(one.partition("/")[2] for one in names)])) or "ingen"
    what = f'udgaven "{name}" findes ikke' if name else "der er ingen gældende udgave"
    raise Refused(f"{what} i pakken {pack}. Udgaver: {known}")


def named(name: str, form: str, *, published_first: bool = False) -> tuple[Release, Catalogue]:
    """A release by its folder, or by its name (`ekm-2024-11` or `dk/ekm-2024-11`) in the rule folder or among the published."""
    if is_release_folder(name):
        releases, held = read(Path(name), form)
        return releases[0], held
    folder = _folder(None)
    published, names = published_release(settings(), name)
    own = None if published_first and published is not None else folder.find(lambda release: name in _names(release))
    found = own or published
    if found is not None:
        return found, folder.catalogue
    if folder.broken:
        folder.refuse(form)
    known = ", ".join(dict.fromkeys([*(f"{release.pack}/{release.name}" for release in folder.releases), *names]))
    raise Refused(f'"{name}" er hverken en udgave eller en mappe med en udgave. Udgaver: {known}')


def is_release_folder(name: str) -> bool:
    """Whether a name is that of a folder with a release in it."""
    return (Path(name) / PACK_FILE).is_file()


def tell_altered(releases: tuple[Release, ...], catalogue: Catalogue) -> None:
    """Which releases are published with another text, one a line: what is edited there will never be live."""
    for release in releases:
        published, _ = published_release(settings(), release.name, release.pack)
        if published is not None and _differ(release, published, catalogue):
            click.echo(
                f"{release.pack}/{release.name} er udgivet med et andet indhold og ændres ikke mere. "
                "Skriv ændringen i en ny mappe med extends.",
                err=True,
            )


def _tell_other(published: Release, folder: _Folder, *, shown: str) -> None:
    """Says which of two texts under one name is shown."""
    own = next((release for release in folder.releases if _names(release) == _names(published)), None)
    if own is not None and _differ(own, published, folder.catalogue):
        click.echo(f"{own.pack}/{own.name} i mappen er en anden end den udgivne; her vises {shown}.", err=True)


def _differ(one: Release, other: Release, catalogue: Catalogue) -> bool:
    return one.digest(catalogue.identity) != other.digest(catalogue.identity)


def _names(release: Release) -> tuple[str, str]:
    return release.name, f"{release.pack}/{release.name}"
