"""Fields that were added to a dataclass after values of it had been published.

Where such a field has its default, it is in neither the digest nor the stored form, so that what was published before keeps both.
"""

import dataclasses
from typing import Any

ADDED_LATER = {"added_later": True}  # the metadata of such a field


def added_fields(dataclass: Any) -> dict[str, Any]:
    """Return the default of each field that was added later."""
    fields = dataclasses.fields(dataclass) if dataclasses.is_dataclass(dataclass) else ()
    return {part.name: part.default for part in fields if part.metadata.get("added_later")}


def published_fields(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass's value without those that were added later and have their default."""
    added = added_fields(value)
    values = {part.name: getattr(value, part.name) for part in dataclasses.fields(value)}
    return {name: item for name, item in values.items() if name not in added or item != added[name]}
