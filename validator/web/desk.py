"""What the owner of the rules does over HTTP: publish what was sent, make a release current, hand one on as a signed file."""

import re
import threading
from pathlib import Path
from typing import Any

from validator.encounter import JURISDICTIONS
from validator.request import Fault, RequestError
from validator.rulebook.files import PACK_FILE, ReleaseFiles
from validator.rulebook.problems import Problem
from validator.settings import Settings
from validator.store import (
    Database,
    Published,
    UnfitReleaseError,
    activate_release,
    compiled_release,
    get_release,
    publish_release,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
_FILE = re.compile(r"[\w-][\w.-]{0,90}\.ya?ml")


class Desk:
    """The work on the releases of a store. Its connections are its own, so that the one that watches sees what is done here."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database = Database(settings.database, create=False)
        self._busy = threading.Lock()  # a trial takes a processor for seconds, and there are contacts to judge

    def publish(self, sent: object, *, edition: str, actor: str) -> tuple[Published, bool, tuple[Problem, ...]]:
        """Tries and publishes the files of a release: the release, whether it was new, and what is doubtful about it.

        Raises RequestError, ReleaseError or StoreError.
        """
        from validator.workshop.trial import try_files  # with the library that reads YAML, for the process of its own

        files, note = _read(sent)
        with self._busy:
            tried = try_files(files, self._settings.database, self._settings.catalog)
        if not tried.passed or tried.release is None:
            faults = [_fault(problem) for problem in tried.errors]
            faults += [Fault("/files", "example-wrong", {"rule": one.rule, "number": one.number}) for one in tried.wrong]
            faults += [
                Fault("/files", "branch-unreached", {"rule": one.rule, "number": one.number, "text": one.text})
                for one in tried.unreached
            ]
            raise UnfitReleaseError("release-errors", faults)
        made, new = publish_release(self._database, tried.release, edition=edition, note=note, actor=actor)
        return made, new, tried.problems

    def activate(self, name: str, *, actor: str) -> tuple[Published, str | None]:
        """Makes a release current; the name of the one before. Raises ReleaseError or StoreError."""
        return activate_release(self._database, name, actor=actor)

    def file(self, name: str) -> str:
        """A release as a file, signed where there is a key. Raises ReleaseError, SigningError or StoreError."""
        from validator.release_file import write_release_file  # with the library that signs, which judging does without
        from validator.signing import load_signing_key

        published, text = get_release(self._database, name), compiled_release(self._database, name)
        return write_release_file(published, text, load_signing_key(self._settings.signing_key))


def _fault(problem: Problem) -> Fault:
    place = problem.place
    values = {"line": place.line, "column": place.column, "text": problem.text}
    return Fault(f"/files/{Path(place.file).name}", "rule-problem", values)


def _read(sent: object) -> tuple[ReleaseFiles, str]:
    """The files of a release and the note that goes with it. Raises RequestError with everything that is wrong in their form."""
    if not isinstance(sent, dict):
        raise RequestError([Fault("", "not-object")])
    faults = [Fault(f"/{name}", "required") for name in ("pack", "name", "note", "files") if sent.get(name) is None]
    pack, name, files = (sent.get(key) for key in ("pack", "name", "files"))
    faults += [Fault(f"/{key}", "text") for key in ("pack", "name", "note") if not isinstance(sent.get(key, ""), str | None)]
    if isinstance(pack, str) and pack not in JURISDICTIONS:
        faults.append(Fault("/pack", "choice", {"allowed": ", ".join(JURISDICTIONS)}))
    if isinstance(name, str) and not _NAME.fullmatch(name):
        faults.append(Fault("/name", "release-name"))
    faults += _faults_of_files(files) if files is not None else []
    if faults:
        raise RequestError(faults)
    contents = {file: text.encode() for file, text in sorted(sent["files"].items())}
    return ReleaseFiles(Path(sent["pack"]) / sent["name"], contents), sent["note"]


def _faults_of_files(files: Any) -> list[Fault]:
    if not isinstance(files, dict):
        return [Fault("/files", "not-object")]
    faults = [] if PACK_FILE in files else [Fault("/files", "file-missing")]
    faults += [Fault("/files", "file-name") for file in files if not _FILE.fullmatch(file)][:1]
    return faults + [Fault("/files", "text") for text in files.values() if not isinstance(text, str)][:1]
