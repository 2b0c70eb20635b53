"""What a running process judges by: the releases that stand in its store, taken up by the request that first sees a change.

The new service is made aside and put in the place of the old one at once; whoever holds the old one goes on with it.
"""

import datetime
import threading
import time
from collections.abc import Callable

import structlog

from validator.catalogue.search.code_search import code_search
from validator.rulebook.stored.load import CompiledError
from validator.serving.release_cache import Shelf, StoredService
from validator.serving.service import Service
from validator.serving.startup import Opened, shelf_of, stored_service
from validator.store.current_state import Standing
from validator.store.database import Database, StoreError
from validator.store.errors import ReleaseError

_REST = 1.0  # seconds before a release that could not be taken up is tried again
_log = structlog.get_logger("kodevagt.releases")


class Live:
    """The service of a store, always that of the last release made current. Where it cannot be taken up, the last good one goes on.

    `seen` tells what stands in the store; None where that is not known. `kept` is as for a Validator.
    """

    def __init__(self, opened: Opened, database: Database, seen: Callable[[], Standing | None], kept: int) -> None:
        self._database = database
        self._held = opened
        self._seen = seen
        self._kept = kept
        self._lock = threading.Lock()
        self._again_at = 0.0
        self._told = False

    def __call__(self) -> Service:
        """The service as it stands now. A request asks once, and keeps what it got."""
        held, seen = self._held, self._seen()
        if seen is None or seen == held.standing:
            return held.service
        with self._lock:  # the others wait: nobody who comes after an activation is judged by what was before
            if seen != self._held.standing and time.monotonic() >= self._again_at:
                self._follow()
        return self._held.service

    def _follow(self) -> None:
        before = self._held.service
        try:
            opened = stored_service(self._database, self._shelf(before), before.current)
        except (StoreError, ReleaseError, CompiledError) as error:
            self._again_at = time.monotonic() + _REST
            if not self._told:
                self._told = True
                _log.error("release-not-taken-up", reason=str(error))
            return
        for pack, validator in opened.service.current.items():
            if before.current.get(pack) is not validator:
                validator.warm(datetime.date.today())
                _log.info("release-taken-up", pack=pack, release=validator.release.name, digest=validator.digest)
        if opened.service.catalogue is not before.catalogue:
            code_search(opened.service.catalogue).build_in_background()
        self._told = False
        self._held = opened

    def _shelf(self, service: Service) -> Shelf:
        if isinstance(service, StoredService):
            return service.shelf
        return shelf_of(self._database, service.catalogue, self._kept, ())
