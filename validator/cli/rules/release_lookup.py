"""Finds the release that a command is asked about: in the rule folder, where drafts are, or among the published."""

import datetime
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

from validator.authoring.checks.release_check import FolderReport, check_folder
from validator.catalogue.catalogue import Catalogue
from validator.cli.common import EXIT_FINDINGS, Refused, open_store
from validator.cli.input import relative_path
from validator.cli.output import counted, print_report
from validator.rulebook.release import Release
from validator.rulebook.stored.load import load_release
from validator.rulebook.yaml.folder import read_releases
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.serving.service import installed_catalogue
from validator.settings import Settings, read_settings
from validator.store.published_releases import compiled_release, list_releases


@dataclass(frozen=True)
class _Folder:
    """The usable releases of a rule folder; `broken` when something else in it has errors."""

    path: Path
    releases: tuple[Release, ...]
    catalogue: Catalogue
    broken: bool

    def find(self, wanted: Callable[[Release], bool]) -> Release | None:
        """The first such release. That another one in the folder has errors is only mentioned."""
        found = next((release for release in self.releases if wanted(release)), None)
        if found is not None and self.broken:
            click.echo("En anden udgave i mappen har fejl; se dem med kodevagt rules check.", err=True)
        return found

    def exit(self, form: str) -> NoReturn:
        """Print the errors as `check` does, and end the command."""
        print_release_report(check_folder(self.path, self.catalogue, datetime.date.today()), form)
        sys.exit(EXIT_FINDINGS)


def _folder(path: Path | None) -> _Folder:
    used = read_settings()
    catalogue, folder = installed_catalogue(used), relative_path(path or used.rules)
    read = read_releases(folder, catalogue)
    return _Folder(folder, tuple(one.release for one in read.releases if one.release), catalogue, bool(read.problems))


def find_folder(name: str, rules: Path) -> Path:
    """The folder of a path, or of the name of a release in `rules` (`ekm-2024-11` or `dk/ekm-2024-11`)."""
    if Path(name).is_dir():
        return Path(name)
    heads = (path.parent for path in sorted(rules.glob(f"*/*/{PACK_FILE}")))
    found = [folder for folder in heads if name in (folder.name, f"{folder.parent.name}/{folder.name}")]
    if not found:
        raise Refused(f'"{name}" er hverken en mappe eller en udgave i {relative_path(rules)}.')
    if len(found) > 1:
        folders = ", ".join(str(relative_path(path)) for path in found)
        raise Refused(f'"{name}" findes i flere pakker. Angiv mappen: {folders}.')
    return relative_path(found[0])


def read_or_exit(path: Path | None, form: str) -> tuple[list[Release], Catalogue]:
    """The releases of a folder, by default the settings' own. Its errors are printed as `check` does, and end the command."""
    folder = _folder(path)
    if folder.broken:
        folder.exit(form)
    return list(folder.releases), folder.catalogue


def find_release_of_pack(path: Path | None, pack: str, name: str | None, form: str) -> tuple[Release, Catalogue]:
    """The release of a pack by its name, by default the one that is current in the store, or in the folder where nothing is.

    A name means the release of the folder before the published one. With a `path` only that folder is looked into.
    """
    folder = _folder(path)
    published, names = _published_release(read_settings(), name, pack) if path is None else (None, ())
    if name is None and published is not None:
        _print_other(published, folder, used="den udgivne")
        return published, folder.catalogue
    own = folder.find(
        lambda release: release.pack == pack and (release.name == name or (name is None and release.status == "current"))
    )
    if own is not None:
        if published is not None:
            _print_other(published, folder, used="mappens")
        return own, folder.catalogue
    if published is not None:
        return published, folder.catalogue
    if folder.broken:
        folder.exit(form)
    in_folder = [release.name for release in folder.releases if release.pack == pack]
    known = ", ".join(dict.fromkeys([*in_folder, *(one.partition("/")[2] for one in names)])) or "ingen"
    what = f'udgaven "{name}" findes ikke' if name else "der er ingen gældende udgave"
    raise Refused(f"{what} i pakken {pack}. Udgaver: {known}")


def find_release(name: str, form: str, *, published_first: bool = False) -> tuple[Release, Catalogue]:
    """A release by its folder, or by its name (`ekm-2024-11` or `dk/ekm-2024-11`) in the rule folder or among the published."""
    if is_release_folder(name):
        releases, catalogue = read_or_exit(Path(name), form)
        return releases[0], catalogue
    folder = _folder(None)
    published, names = _published_release(read_settings(), name)
    own = None if published_first and published is not None else folder.find(lambda release: name in _names(release))
    found = own or published
    if found is not None:
        return found, folder.catalogue
    if folder.broken:
        folder.exit(form)
    known = ", ".join(dict.fromkeys([*(f"{release.pack}/{release.name}" for release in folder.releases), *names]))
    raise Refused(f'"{name}" er hverken en udgave eller en mappe med en udgave. Udgaver: {known}')


def is_release_folder(name: str) -> bool:
    """Whether a name is that of a folder with a release in it."""
    return (Path(name) / PACK_FILE).is_file()


def print_release_report(report: FolderReport, form: str) -> None:
    """Print a report on rule files, as text with the size of each release."""
    sums = (
        f"{release.pack}/{release.name}: {len(release.courses)} forløb, {counted(len(release.rules), 'regel', 'regler')}."
        for release in report.releases
    )
    print_report(report, form, sums)


def print_altered(releases: tuple[Release, ...], catalogue: Catalogue) -> None:
    """Print which releases are published with other rules, one a line: an edit of their files will never be live."""
    for release in releases:
        published, _ = _published_release(read_settings(), release.name, release.pack)
        if published is not None and _differ(release, published, catalogue):
            click.echo(
                f"{release.pack}/{release.name} er udgivet med et andet indhold og ændres ikke mere. "
                "Skriv ændringen i en ny mappe med extends.",
                err=True,
            )


def _published_release(settings: Settings, name: str | None, pack: str | None = None) -> tuple[Release | None, tuple[str, ...]]:
    """A release of the store by its name, by default the current one of a pack; and the names of all."""
    if not settings.database.exists():
        return None, ()
    with open_store(settings) as database:
        every = [one for one in list_releases(database) if pack in (None, one.pack)]
        names = tuple(f"{one.pack}/{one.name}" for one in every)
        for one in every:
            if one.current if name is None else name in (one.name, f"{one.pack}/{one.name}"):
                return load_release(compiled_release(database, one.name)), names
    return None, names


def _print_other(published: Release, folder: _Folder, *, used: str) -> None:
    """Print which of two different releases of one name is used."""
    own = next((release for release in folder.releases if _names(release) == _names(published)), None)
    if own is not None and _differ(own, published, folder.catalogue):
        click.echo(f"{own.pack}/{own.name} i mappen er en anden end den udgivne; her vises {used}.", err=True)


def _differ(one: Release, other: Release, catalogue: Catalogue) -> bool:
    return one.digest(catalogue.identity) != other.digest(catalogue.identity)


def _names(release: Release) -> tuple[str, str]:
    return release.name, f"{release.pack}/{release.name}"
