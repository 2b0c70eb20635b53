"""Codecs, which write values of one type as JSON and read them back."""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from validator.support.added_fields import added_fields
from validator.support.json_encoding import encode_json

_MAX_INTEGER = 2**53
LOAD_ERRORS = (KeyError, IndexError, TypeError, ValueError, AttributeError)


class PartError(ValueError):
    """A part of the JSON does not describe a value; `path` has the keys and indexes that lead to it."""

    def __init__(self, path: tuple[str | int, ...]) -> None:
        super().__init__("not such a value")
        self.path = path


class Codec(NamedTuple):
    """A pair of functions.

    `load` raises one of LOAD_ERRORS where the JSON does not describe such a value: a PartError, unless the value itself
    is at fault and not a part of it.
    """

    dump: Callable[[Any], Any]
    load: Callable[[Any], Any]


def _unchanged(value: Any) -> Any:
    return value


def _load_boolean(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError("not a truth value")
    return value


def _load_text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not a text")
    value.encode()  # raises UnicodeEncodeError for half of a UTF-16 pair, which no answer could have
    return value


def _load_object(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise TypeError("not an object")
    encode_json(value).encode()
    return value


def _load_integer(value: Any) -> int:
    if type(value) is not int or abs(value) > _MAX_INTEGER:
        raise TypeError("not an integer that JSON can have everywhere")
    return value


TEXT, INTEGER, BOOLEAN, OBJECT = (Codec(_unchanged, load) for load in (_load_text, _load_integer, _load_boolean, _load_object))
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
        try:
            return tuple([codec.load(item) for item in value])
        except LOAD_ERRORS:
            _raise_part_error((number, codec, item) for number, item in enumerate(value))
            raise

    return Codec(lambda values: [codec.dump(item) for item in values], load)


def mapping(codec: Codec) -> Codec:
    """Return the codec of a mapping of names to like values."""

    def load(value: Any) -> dict[str, Any]:
        try:
            return {TEXT.load(name): codec.load(item) for name, item in value.items()}
        except LOAD_ERRORS:
            if isinstance(value, dict):
                _raise_part_error((name, codec, item) for name, item in value.items())
            raise

    return Codec(lambda values: {name: codec.dump(item) for name, item in values.items()}, load)


def record(dataclass: Callable[..., Any], codecs: Mapping[str, Codec], **members: str) -> Codec:
    """Return the codec of a dataclass as an object.

    `members` maps fields to members of other names. A field that was added later is dumped only where it has not its default.
    """
    added = added_fields(dataclass)
    fields = [(field, members.get(field, field), codec) for field, codec in codecs.items()]
    required = [item for item in fields if item[0] not in added]
    later = [item for item in fields if item[0] in added]

    def dump(value: Any) -> dict[str, Any]:
        given = [item for item in later if getattr(value, item[0]) != added[item[0]]]
        return {member: codec.dump(getattr(value, field)) for field, member, codec in (*required, *given)}

    def load(item: Any) -> Any:
        try:
            values = {field: codec.load(item[member]) for field, member, codec in required}
            if later:
                values |= {field: codec.load(item[member]) for field, member, codec in later if member in item}
            return dataclass(**values)
        except LOAD_ERRORS:
            if isinstance(item, dict):
                given = [(field, member, codec) for field, member, codec in later if member in item]
                for _, member, codec in (*required, *given):
                    if member not in item:
                        raise PartError((member,)) from None
                    _raise_part_error([(member, codec, item[member])])
            raise

    return Codec(dump, load)


def row(dataclass: Any, *codecs: Codec) -> Codec:
    """Return the codec of a dataclass as a list of its fields."""
    names = [field.name for field in dataclasses.fields(dataclass)]
    return Codec(
        lambda value: [codec.dump(getattr(value, name)) for name, codec in zip(names, codecs, strict=True)],
        lambda item: dataclass(*[codec.load(part) for part, codec in zip(item, codecs, strict=True)]),
    )


def _raise_part_error(parts: Iterable[tuple[str | int, Codec, Any]]) -> None:
    """Raise the PartError of the first part that cannot be loaded, with its key.

    Parts are only looked at one by one after an error, so that loading costs nothing for it.
    """
    for key, codec, part in parts:
        try:
            codec.load(part)
        except PartError as error:
            raise PartError((key, *error.path)) from error
        except LOAD_ERRORS as error:
            raise PartError((key,)) from error
