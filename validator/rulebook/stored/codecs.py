"""Codecs, which write values of one type as JSON and read them back."""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple


class Codec(NamedTuple):
    """A pair of functions.

    `load` raises a built-in exception where the JSON does not describe such a value.
    """

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]


def _unchanged(value: Any) -> Any:
    return value


def _json_type(expected: type) -> Codec:
    def load(value: Any) -> Any:
        if type(value) is not expected:
            raise TypeError(f"not a {expected.__name__}")
        return value

    return Codec(_unchanged, load)


TEXT, INTEGER, BOOLEAN, OBJECT = map(_json_type, (str, int, bool, dict))
DATE = Codec(datetime.date.isoformat, datetime.date.fromisoformat)


def one_of(known: Collection[str]) -> Codec:
    """Return the codec of a text from a closed list."""

    def load(value: Any) -> str:
        if value not in known:
            raise ValueError("not a known word")
        return str(value)

    return Codec(_unchanged, load)


def optional(codec: Codec) -> Codec:
    """Return the codec of a value that may be null."""
    return Codec(
        lambda value: None if value is None else codec.dump(value),
        lambda value: None if value is None else codec.load(value),
    )


def array(codec: Codec) -> Codec:
    """Return the codec of a tuple of like values."""

    def load(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError("not a list")
        return tuple([codec.load(item) for item in value])

    return Codec(lambda values: [codec.dump(item) for item in values], load)


def mapping(codec: Codec) -> Codec:
    """Return the codec of a mapping of names to like values."""
    return Codec(
        lambda values: {name: codec.dump(item) for name, item in values.items()},
        lambda value: {name: codec.load(item) for name, item in value.items()},
    )


def record(dataclass: Callable[..., Any], codecs: Mapping[str, Codec], **members: str) -> Codec:
    """Return the codec of a dataclass as an object.

    `members` maps fields to members of other names.
    """
    fields = [(field, members.get(field, field), codec) for field, codec in codecs.items()]
    return Codec(
        lambda value: {member: codec.dump(getattr(value, field)) for field, member, codec in fields},
        lambda item: dataclass(**{field: codec.load(item[member]) for field, member, codec in fields}),
    )


def row(dataclass: Any, *codecs: Codec) -> Codec:
    """Return the codec of a dataclass as a list of its fields."""
    names = [field.name for field in dataclasses.fields(dataclass)]
    return Codec(
        lambda value: [codec.dump(getattr(value, name)) for name, codec in zip(names, codecs, strict=True)],
        lambda item: dataclass(*[codec.load(part) for part, codec in zip(item, codecs, strict=True)]),
    )
