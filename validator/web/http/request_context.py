"""What belongs to the current request: its id, its start time, and the snapshot of the store that it is judged by."""

from flask import Request, request

# Keys of a request's WSGI environment.
REQUEST_ID = "kodevagt.request_id"
STARTED_AT = "kodevagt.started_at"  # of `time.perf_counter`
SNAPSHOT = "kodevagt.snapshot"  # a StoreSnapshot; None while the store could not be read


def request_id() -> str:
    """Return the id of the current request."""
    id: str = request.environ[REQUEST_ID]
    return id


def current_request() -> Request:
    """Return the request itself, not the proxy `flask.request`.

    Each access through the proxy looks the request up again.
    """
    current: Request = request._get_current_object()  # type: ignore[attr-defined]
    return current
