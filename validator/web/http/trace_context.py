"""The `traceparent` of a request (W3C Trace Context), by which its log line can be found among those of other systems."""

import re

_LENGTH = 55  # characters of the members that every version has
_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)


def valid_traceparent(header: str) -> str | None:
    """Return a valid traceparent, without what a later version may add at its end; None for any other text."""
    if not _TRACEPARENT.match(header):
        return None
    added = header[_LENGTH:]
    if added and (header.startswith("00") or not added.startswith("-")):
        return None
    return header[:_LENGTH]
