"""The service of a running process.

The first request that sees a change of the store replaces the service.
"""

import datetime
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

from validator.catalogue.search.code_search import code_search
from validator.judging.validator import Validator
from validator.serving.service import Service
from validator.store.database import StoreError
from validator.store.errors import ReleaseError
from validator.store.snapshot import StoreSnapshot

_RETRY_AFTER = 1.0  # seconds before a state that could not be loaded is tried again
BuildService = Callable[[Mapping[str, Validator]], Service]
_log = structlog.get_logger("kodevagt.releases")


@dataclass(frozen=True, slots=True)
class RuleFolderState:
    """How the rule folder compared with the store at start-up.

    `differing` are the published releases that it has with other rules; all of it may be `unreadable`.
    """

    differing: tuple[str, ...] = ()
    unreadable: bool = False


class LiveService:
    """The service of a process.

    Where the releases of the store cannot be loaded, the last good service stays in use.

    `build` returns a service of the current releases; its argument has validators for packs that have none. Without
    `build`, the service is never replaced. `rule_folder` is the state of the folder at start-up.
    """

    def __init__(
        self, service: Service, build: BuildService | None = None, rule_folder: RuleFolderState = RuleFolderState()
    ) -> None:
        self.service = service
        self.rule_folder = rule_folder
        self._build = build
        self._lock = threading.Lock()
        self._retry_at = 0.0
        self._failing = False

    def service_for(self, snapshot: StoreSnapshot | None) -> Service:
        """Return the service for a request with its snapshot of the store.

        The snapshot is None where the store could not be read.
        """
        if self._build is None or snapshot is None or snapshot.releases == self.service.state:
            return self.service
        with self._lock:  # others wait: no request after an activation may use the release before it
            if snapshot.releases != self.service.state and time.monotonic() >= self._retry_at:
                self._replace(self._build)
        return self.service

    def _replace(self, build: BuildService) -> None:
        """Build and warm a new service, then replace the old one."""
        before = self.service
        try:
            service = build(before.current)
        except (StoreError, ReleaseError) as error:
            self._retry_at = time.monotonic() + _RETRY_AFTER
            if not self._failing:
                self._failing = True
                _log.error("release-not-taken-up", reason=str(error))
            return
        for pack, unusable in service.unusable.items():  # what was current before stays
            _log.error("release-not-taken-up", pack=pack, reason=unusable.sentence())
        for pack, validator in service.current.items():
            if before.current.get(pack) is not validator:
                validator.warm(datetime.date.today())
                _log.info("release-taken-up", pack=pack, release=validator.release.name, digest=validator.digest)
        if service.catalogue is not before.catalogue:
            code_search(service.catalogue).build_in_background()
        self._failing = False
        self.service = service
