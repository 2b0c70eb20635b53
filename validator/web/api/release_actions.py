"""What the owner of the rules does over HTTP: publish what was sent, make a release current, hand one on as a signed file."""

from typing import TYPE_CHECKING

from validator.requests.errors import Fault
from validator.requests.ndjson import lines_of
from validator.settings import Settings
from validator.store.database import Database
from validator.store.errors import UnfitReleaseError
from validator.store.published_releases import Published, compiled_release, get_release
from validator.store.releases import activate_release, publish_release
from validator.support.json_pointer import escaped

if TYPE_CHECKING:
    from validator.authoring.publishing import TrialReport


class Desk:
    """The work on the releases of a store. Its connections are its own, so that the one that watches sees what is done here."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database = Database(settings.database, create=False)

    def publish(self, tried: "TrialReport", *, edition: str, note: str, actor: str, author: str | None) -> tuple[Published, bool]:
        """Keeps a release that passed its trial, and whether it was new. Raises ReleaseError or StoreError."""
        if not tried.engine_accepts:
            raise UnfitReleaseError("release-unfit")
        if not tried.passed or tried.release is None:
            raise UnfitReleaseError("release-errors", _faults(tried))
        return publish_release(self._database, tried.release, edition=edition, note=note, actor=actor, author=author)

    def activate(self, name: str, *, actor: str) -> tuple[Published, str | None]:
        """Makes a release current; the name of the one before. Raises ReleaseError or StoreError."""
        return activate_release(self._database, name, actor=actor)

    def sample(self) -> list[bytes | None]:
        """The lines of contacts that are kept to try drafts on; none where there is no such file, or it cannot be read."""
        try:
            with self._settings.sample.open("rb") as file:
                return list(lines_of(file))
        except OSError:
            return []

    def file(self, name: str) -> str:
        """A release as a file, signed where there is a key. Raises ReleaseError, SigningError or StoreError."""
        from validator.exchange.release_file import write_release_file  # with the library that signs, which judging does without
        from validator.exchange.signing import load_signing_key

        published, text = get_release(self._database, name), compiled_release(self._database, name)
        return write_release_file(published, text, load_signing_key(self._settings.signing_key))


def _faults(tried: "TrialReport") -> list[Fault]:
    """What keeps a release back, as faults of the request that carries its files."""
    faults = []
    for problem in tried.errors:
        place = problem.place
        values = {"line": place.line, "column": place.column, "text": problem.text}
        faults.append(Fault(f"/files/{escaped(place.file)}", "draft-error", values))
    faults += [Fault("/files", "example-wrong", {"rule": one.rule, "number": one.number}) for one in tried.wrong]
    return faults + [
        Fault("/files", "branch-unreached", {"rule": one.rule, "number": one.number, "text": one.text}) for one in tried.unreached
    ]
