"""Tries a release before it may be published: all checks, all examples, and every set of its rules in the engine.

It is done in a process of its own with a time limit: no rules that somebody wrote can hang or end the process that asks.
"""

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from validator.catalogue import Catalogue, load_catalogue
from validator.json_text import write
from validator.matching import Matcher, Matchers
from validator.rulebook import Problem, Release
from validator.rulebook.compiled import compiled
from validator.rulebook.files import ReleaseFiles
from validator.rulebook.problems import Place
from validator.rulebook.restored import restored
from validator.rulebook.rule import Example
from validator.store import Database, UnfitReleaseError, compiled_release, list_releases
from validator.workshop.checking import Report, check_files, check_folder
from validator.workshop.examples import Unreached, Wrong, run_examples

LIMIT = 20.0  # seconds


@dataclass(frozen=True)
class Tried:
    """What came of it. `release` is there when the files could be read; only if it `passed` may it be published."""

    release: Release | None
    problems: tuple[Problem, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    unreached: tuple[Unreached, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def passed(self) -> bool:
        return self.release is not None and not (self.errors or self.wrong or self.unreached)


def try_folder(folder: Path, catalog: Path, *, limit: float = LIMIT) -> Tried:
    """Tries the one release of a folder. Raises UnfitReleaseError where it takes more than `limit` seconds, or ends the process."""
    return _tried({"folder": str(folder)}, catalog, limit)


def try_files(files: ReleaseFiles, store: Path, catalog: Path, *, limit: float = LIMIT) -> Tried:
    """The same for files that were sent; they may extend any release of their pack that is published in the store."""
    contents = {name: content for name, content in files.contents.items() if isinstance(content, bytes)}
    sent = {name: content.decode(errors="surrogateescape") for name, content in contents.items()}
    return _tried({"files": sent, "name": str(files.folder), "store": str(store)}, catalog, limit)


def try_compiled(text: str, catalog: Path, *, limit: float = LIMIT) -> Tried:
    """The same for a release that was checked and compiled elsewhere: its examples and the engine."""
    return _tried({"compiled": text}, catalog, limit)


def _tried(asked: dict[str, Any], catalog: Path, limit: float) -> Tried:
    command = [sys.executable, "-P", "-m", "validator.workshop.trial"]  # -P: nothing of the working directory is run
    sent = json.dumps({**asked, "catalog": str(catalog)}).encode()
    try:
        done = subprocess.run(command, input=sent, stdout=subprocess.PIPE, timeout=limit, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnfitReleaseError("release-too-slow", seconds=round(limit)) from error
    except subprocess.CalledProcessError as error:
        raise UnfitReleaseError("release-unfit") from error
    answer = json.loads(done.stdout)
    return Tried(
        release=answer["compiled"] and restored(answer["compiled"]),
        problems=tuple(_problem(item) for item in answer["problems"]),
        wrong=tuple(
            Wrong(item["rule"], item["number"], Example(**item["example"]), tuple(item["spoiled"])) for item in answer["wrong"]
        ),
        unreached=tuple(Unreached(**item) for item in answer["unreached"]),
    )


def _problem(item: dict[str, Any]) -> Problem:
    return Problem(item["id"], Place(**item["place"]), item["values"], item["line"])


def main() -> None:
    """The process of its own: what is asked stands on standard input, what came of it on standard output."""
    asked = json.load(sys.stdin.buffer)
    catalogue = load_catalogue(Path(asked["catalog"]))
    report = _report(asked, catalogue)
    release = report.releases[0] if len(report.releases) == 1 else None
    examples = run_examples(release, catalogue) if release and not report.errors else None
    if examples:
        _require_engine(examples.release)
    answer = {
        "compiled": release and compiled(release),
        "problems": [asdict(problem) for problem in report.problems],
        "wrong": [asdict(wrong) for wrong in examples.wrong] if examples else [],
        "unreached": [asdict(item) for item in examples.unreached] if examples else [],
    }
    sys.stdout.buffer.write(write(answer).encode(errors="surrogatepass"))


def _report(asked: dict[str, Any], catalogue: Catalogue) -> Report:
    today = datetime.date.today()
    if "folder" in asked:
        return check_folder(Path(asked["folder"]), catalogue, today)
    if "compiled" in asked:
        return Report((restored(asked["compiled"]),), ())
    contents = {name: text.encode(errors="surrogateescape") for name, text in asked["files"].items()}
    files = ReleaseFiles(Path(asked["name"]), contents)
    return check_files(files, _Bases(Database(Path(asked["store"]), create=False), files.pack), catalogue, today)


class _Bases(Mapping[str, Release]):
    """The published releases of a pack, each read when it is asked for."""

    def __init__(self, database: Database, pack: str) -> None:
        self._database = database
        self._names = [one.name for one in list_releases(database) if one.pack == pack]

    def __getitem__(self, name: str) -> Release:
        if name not in self._names:
            raise KeyError(name)
        return restored(compiled_release(self._database, name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _require_engine(release: Release) -> None:
    """Builds every matcher that a contact can ask for; rules that durable-rules does not take end the process."""
    if not Matcher(()).is_durable:
        return  # it cannot be loaded on this machine, and the plain engine judges here
    matchers = Matchers(release)
    for date in (datetime.date.min, *release.change_dates):
        for specialty in (*release.specialties, None):
            if not matchers.of(specialty, date).is_durable:
                sys.exit(f"durable-rules does not take the rules of {specialty or 'other specialties'} from {date}")


if __name__ == "__main__":
    main()
