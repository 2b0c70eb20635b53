"""JSON as it is sent: compact, in UTF-8, members in the order of the contract."""

import orjson


def write(value: object) -> str:
    """The value as JSON."""
    return orjson.dumps(value).decode()
