"""Find the release that an argument names.

Releases are in the rule folder, where drafts are, or in the store, where the published ones are.
"""

import datetime
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from validator.authoring.checks.release_check import ReleaseReport, check_folder
from validator.catalogue.catalogue import Catalogue
from validator.cli.common import open_store
from validator.cli.input import relative_path
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, CommandError, print_text
from validator.cli.output import counted, print_report
from validator.rulebook.release import Release
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.rulebook.yaml.base_releases import OtherReleases
from validator.rulebook.yaml.folder import usable_releases
from validator.rulebook.yaml.release_files import PACK_FILE, is_edited, shipped_folder
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.store.errors import DamagedReleaseError
from validator.store.published_releases import compiled_release, list_releases
from validator.texts import danish_text


@dataclass(frozen=True)
class _RuleFolder:
    """The usable releases of a rule folder.

    `broken` if anything else in the folder has errors.
    """

    path: Path
    releases: tuple[Release, ...]
    catalogue: Catalogue
    broken: bool

    def choose(
        self, published: Release | None, matches: Callable[[Release], bool], output_format: str, *, published_first: bool
    ) -> Release | None:
        """Return the first release of the folder that matches, or the published one.

        None if there is neither. With `published_first`, the published one is preferred. Where there is neither in a broken
        folder, print its errors and end the command.
        """
        if published_first and published is not None:
            return published
        found = next(filter(matches, self.releases), None)
        if found is not None and self.broken:
            print_text("rules.folder.broken", err=True)
        if found is None and published is None and self.broken:
            self.exit(output_format)
        return found or published

    def exit(self, output_format: str) -> NoReturn:
        """Print the errors in the format of `check`, and end the command."""
        work = partial(check_folder, others=other_releases(self.path))
        report = run_limited(work, self.path, self.catalogue, datetime.date.today(), file=self.path)
        print_release_report(report, output_format)
        sys.exit(EXIT_FINDINGS)


def _read_folder(path: Path | None) -> _RuleFolder:
    settings = read_settings()
    catalogue, folder = installed_catalogue(settings), relative_path(path or settings.rules)
    releases, broken = run_limited(usable_releases, folder, catalogue, other_releases(folder), file=folder)
    return _RuleFolder(folder, releases, catalogue, broken)


def find_folder(name: str | None) -> Path:
    """Return the folder at a path, or of a release; by default that of all rules.

    A release is named `ekm-2024-11` or `dk/ekm-2024-11`. Raises CommandError where none or several have that name, and where the
    folder is that of a published release and was edited.
    """
    rules = read_settings().rules
    if not name:
        return rules
    folder = Path(name) if Path(name).is_dir() else _folder_of(name, rules)
    _require_unedited(folder)
    return folder


def _require_unedited(folder: Path) -> None:
    """Raise CommandError, with the command that makes a draft, for the folder of a published release that was edited.

    It is compared with the digests of what ships, and with the release of its name in the store.
    """
    name = folder.resolve().name
    edited = is_edited(folder) or is_edited(folder, read_settings().rules)
    if not edited and (folder / PACK_FILE).is_file():
        published, _ = _published_release(name)
        if published is not None:
            read = _read_folder(folder)
            edited = any(
                full_name(one) == full_name(published) and _differ(one, published, read.catalogue) for one in read.releases
            )
    if edited:
        raise CommandError("rules.folder.edited", name=name, folder=relative_path(folder))


def _folder_of(name: str, rules: Path) -> Path:
    folders = (path.parent for path in sorted(rules.glob(f"*/*/{PACK_FILE}")))
    found = [relative_path(folder) for folder in folders if name in (folder.name, f"{folder.parent.name}/{folder.name}")]
    if not found:
        raise CommandError("rules.folder.unknown", name=name, rules=relative_path(rules))
    if len(found) > 1:
        raise CommandError("rules.folder.ambiguous", name=name, folders=", ".join(map(str, found)))
    return found[0]


def other_releases(folder: Path) -> OtherReleases:
    """Return the releases that those of a folder may extend besides each other.

    They are those of the store, and for a draft that lies elsewhere also those of the rule folder.
    """
    settings = read_settings()
    is_inside = folder.resolve().is_relative_to(settings.rules.resolve())
    published: list[Release] = []
    if settings.database.exists():
        with open_store(settings) as database:
            for release in list_releases(database):
                with suppress(DamagedReleaseError, ReleaseLoadError):  # a draft that extends it is refused with a problem
                    published.append(load_release(compiled_release(database, release.name)))
    return OtherReleases({release.name: release for release in published}, None if is_inside else relative_path(settings.rules))


def read_or_exit(path: Path | None, output_format: str) -> tuple[list[Release], Catalogue]:
    """Read the releases of a folder, by default the one of the settings.

    Errors in it are printed and end the command.
    """
    folder = _read_folder(path)
    if folder.broken:
        folder.exit(output_format)
    return list(folder.releases), folder.catalogue


def find_release_of_pack(path: Path | None, pack: str, name: str | None, output_format: str) -> tuple[Release, Catalogue]:
    """Return a release of a pack by its name, by default the current one.

    The current one is that of the store, or of the folder if none is published. A name is searched in the folder before the
    published releases. With a `path`, only that folder is searched. Raises CommandError where there is no such release.
    """
    folder = _read_folder(path)
    published, names = _published_release(name, pack) if path is None else (None, ())

    def matches(release: Release) -> bool:
        return release.pack == pack and (release.status == "current" if name is None else release.name == name)

    found = folder.choose(published, matches, output_format, published_first=name is None)
    if found is None:
        in_folder = (release.name for release in folder.releases if release.pack == pack)
        known = _list_names(in_folder, (name.partition("/")[2] for name in names)) or danish_text("count.none")
        raise CommandError(
            "rules.release.not-current" if name is None else "rules.release.not-in-pack", name=name, pack=pack, known=known
        )
    if published is not None and found is not published:
        _print_other(folder, published, "rules.release.folder-used")
    elif published is not None and name is None:
        _print_other(folder, published, "rules.release.published-used")
    return found, folder.catalogue


def find_release(name: str, output_format: str, *, published_first: bool = False) -> tuple[Release, Catalogue]:
    """Return a release by its folder, or by its name in the rule folder or the store.

    A name is `ekm-2024-11` or `dk/ekm-2024-11`. Raises CommandError where there is no such release.
    """
    if is_release_folder(name):
        releases, catalogue = read_or_exit(Path(name), output_format)
        return releases[0], catalogue
    folder = _read_folder(None)
    published, names = _published_release(name)
    found = folder.choose(
        published, lambda release: name in (release.name, full_name(release)), output_format, published_first=published_first
    )
    if found is None:
        raise CommandError("rules.release.unknown", name=name, known=_list_names(map(full_name, folder.releases), names))
    return found, folder.catalogue


def is_release_folder(name: str) -> bool:
    """Return whether a name is the path of a release's folder."""
    return (Path(name) / PACK_FILE).is_file()


def shipped_release(name: str) -> tuple[Release | None, Catalogue]:
    """Return a release that ships, as it was released; None where none of that name does, or its folder was edited."""
    settings = read_settings()
    folder, catalogue = shipped_folder(settings.rules, name), installed_catalogue(settings)
    releases, _ = run_limited(usable_releases, folder, catalogue, file=folder) if folder else ((), False)
    return next(iter(releases), None), catalogue


def require_same_pack(one: Release, other: Release) -> None:
    """Raise CommandError unless two releases are of the same pack."""
    if one.pack != other.pack:
        raise CommandError("rules.release.other-pack", name=one.name, pack=one.pack, other=other.name, other_pack=other.pack)


def full_name(release: Release) -> str:
    """Return the name of a release with its pack, such as `dk/ekm-2024-11`."""
    return f"{release.pack}/{release.name}"


def print_release_report(report: ReleaseReport, output_format: str) -> None:
    """Print a report on rule files, as text with the size of each release."""
    sums = (
        danish_text(
            "rules.check.size", name=full_name(release), courses=len(release.courses), rules=counted(len(release.rules), "rule")
        )
        for release in report.releases
    )
    print_report(report, output_format, sums)


def print_edited_releases(releases: tuple[Release, ...], catalogue: Catalogue) -> None:
    """Print which releases are published with other rules, one a line.

    An edit of the files of a published release has no effect.
    """
    for release in releases:
        published, _ = _published_release(release.name, release.pack)
        if published is not None and _differ(release, published, catalogue):
            print_text("rules.check.published-differs", err=True, name=full_name(release), release=release.name)


def _published_release(name: str | None, pack: str | None = None) -> tuple[Release | None, tuple[str, ...]]:
    """Return a release of the store, and the names of all releases of the pack.

    The release is found by its name; without a name, it is the current one. None where there is none. Without a pack, all packs
    are searched.
    """
    settings = read_settings()
    if not settings.database.exists():
        return None, ()
    with open_store(settings) as database:
        every = [release for release in list_releases(database) if pack in (None, release.pack)]
        names = tuple(f"{release.pack}/{release.name}" for release in every)
        for release, full in zip(every, names, strict=True):
            if release.current if name is None else name in (release.name, full):
                return load_release(compiled_release(database, release.name)), names
    return None, names


def _print_other(folder: _RuleFolder, published: Release, key: str) -> None:
    """Print which of two different releases of one name is used."""
    own = next((release for release in folder.releases if full_name(release) == full_name(published)), None)
    if own is not None and _differ(own, published, folder.catalogue):
        print_text(key, err=True, name=full_name(own))


def _differ(one: Release, other: Release, catalogue: Catalogue) -> bool:
    return one.digest(catalogue.identity) != other.digest(catalogue.identity)


def _list_names(*names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for some in names for name in some))
