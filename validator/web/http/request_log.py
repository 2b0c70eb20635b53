"""The line that each request leaves in the log."""

from functools import lru_cache
from typing import Any, NamedTuple

import structlog

from validator.serving.json_log import encode, lines, now

_log = structlog.get_logger("kodevagt.http")


class Facts(NamedTuple):
    """What is told of a request besides its id and its time; of a contact that was judged, by what, and its findings' kinds."""

    method: str
    route: str | None
    status: int
    pack: str | None = None
    release: str | None = None
    kinds: tuple[str, ...] = ()

    def members(self) -> dict[str, Any]:
        """The members of its line."""
        members = self._asdict()
        return members if self.pack else {name: members[name] for name in ("method", "route", "status")}


def log_request(request_id: str, milliseconds: float, facts: Facts) -> None:
    """Writes the line of a request; what is alike in many of them is put into JSON once."""
    server = lines()
    if server is None:
        _log.info("request", request_id=request_id, ms=milliseconds, **facts.members())
    else:
        start = f'{{"timestamp": "{now()}", "level": "info", "event": "request", "request_id": "{request_id}"'
        server.info(f'{start}, "ms": {milliseconds}, {_written(facts)}')


@lru_cache(4096)
def _written(facts: Facts) -> str:
    """The facts as the end of a JSON object."""
    return encode(facts.members())[1:]
