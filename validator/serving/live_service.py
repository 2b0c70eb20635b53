"""The service of a running process, replaced by the first request that sees a change of the store."""

import datetime
import threading
import time
from collections.abc import Callable, Mapping

import structlog

from validator.catalogue.search.code_search import code_search
from validator.judging.validator import Validator
from validator.rulebook.stored.load import ReleaseLoadError
from validator.serving.service import Service
from validator.store.database import StoreError
from validator.store.errors import ReleaseError
from validator.store.snapshot import StoreSnapshot

_RETRY = 1.0  # seconds before a state that could not be loaded is tried again
BuildService = Callable[[Mapping[str, Validator]], Service]
_log = structlog.get_logger("kodevagt.releases")


class LiveService:
    """The service of the releases current in a store. Where they cannot be loaded, the last good service remains.

    `rebuild` makes a service of what is current now, with the present validators for packs that have nothing there; without it the
    service is never replaced.
    """

    def __init__(self, service: Service, rebuild: BuildService | None = None) -> None:
        self.service = service
        self._rebuild = rebuild
        self._lock = threading.Lock()
        self._retry_at = 0.0
        self._failing = False

    def service_for(self, snapshot: StoreSnapshot | None) -> Service:
        """The service for a request that has seen a snapshot of the store; None where it has seen none."""
        if self._rebuild is None or snapshot is None or snapshot.releases == self.service.state:
            return self.service
        with self._lock:  # the others wait: no request that comes after an activation is judged by the release before it
            if snapshot.releases != self.service.state and time.monotonic() >= self._retry_at:
                self._replace(self._rebuild)
        return self.service

    def _replace(self, rebuild: BuildService) -> None:
        """Build and warm a new service aside, then put it in the place of the old one."""
        before = self.service
        try:
            service = rebuild(before.current)
        except (StoreError, ReleaseError, ReleaseLoadError) as error:
            self._retry_at = time.monotonic() + _RETRY
            if not self._failing:
                self._failing = True
                _log.error("release-not-taken-up", reason=str(error))
            return
        for pack, validator in service.current.items():
            if before.current.get(pack) is not validator:
                validator.warm(datetime.date.today())
                _log.info("release-taken-up", pack=pack, release=validator.release.name, digest=validator.digest)
        if service.catalogue is not before.catalogue:
            code_search(service.catalogue).build_in_background()
        self._failing = False
        self.service = service
