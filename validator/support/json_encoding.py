"""JSON as it is sent: compact, in UTF-8, members in the order of the contract."""

import orjson


def encode_json(value: object) -> str:
    """Return the value as JSON."""
    return orjson.dumps(value).decode()
