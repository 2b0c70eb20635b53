"""Marshmallow fields of the contract: JSON's own types, taken strictly; what is wrong is told by the key of a text.

Null means "not given" of a member that is not required.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields

from validator.catalogue.systems import SYSTEMS, URIS

LIMIT_TEXT = 200
LIMIT_ITEMS = 100
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KEYS = {"required": "required", "null": "required", "invalid": "list", "type": "not-object"}


class _Told:
    """Makes a field's errors {"key": ..., **values} instead of English sentences."""

    def make_error(self, key: str, **values: Any) -> ValidationError:
        return ValidationError([{"key": _KEYS.get(key, key), **{name: value for name, value in values.items() if name != "input"}}])


def _described(metadata: Mapping[str, Any] | None, **limits: Any) -> dict[str, Any]:
    """The metadata of a field with its limits, which the OpenAPI document shows."""
    return {**limits, **(metadata or {})}


class Text(_Told, fields.String):
    """Text of at most LIMIT_TEXT characters."""

    def __init__(self, *, required: bool = False, blank: bool = True, metadata: Mapping[str, Any] | None = None) -> None:
        limits = {"maxLength": LIMIT_TEXT} if blank else {"maxLength": LIMIT_TEXT, "minLength": 1, "pattern": r"\S"}
        super().__init__(required=required, allow_none=not required, metadata=_described(metadata, **limits))
        self.blank = blank

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        if len(value) > LIMIT_TEXT:
            raise self.make_error("too-long", limit=LIMIT_TEXT)
        if not self.blank and not value.strip():
            raise self.make_error("empty-text")
        return value


class Choice(_Told, fields.String):
    """One of a closed list of texts."""

    def __init__(self, allowed: Sequence[str], *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        values = [*allowed] if required else [*allowed, None]
        super().__init__(required=required, allow_none=not required, metadata=_described(metadata, enum=values))
        self.allowed = tuple(allowed)
        self._known = frozenset(allowed)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if isinstance(value, str) and value in self._known:
            return value
        raise self.make_error("choice", allowed=", ".join(self.allowed))


class SystemName(Choice):
    """A code system by its name or one of its URIs; the name is kept."""

    def __init__(self, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__((*SYSTEMS, *URIS), metadata=metadata)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        name: str = super()._deserialize(value, attr, data, **more)
        return URIS.get(name, name)


class Integer(_Told, fields.Integer):
    """A whole number between two bounds, both included."""

    def __init__(self, low: int, high: int, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(allow_none=True, metadata=_described(metadata, minimum=low, maximum=high))
        self.low, self.high = low, high

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        # JSON has one kind of number: 3.0 is a whole one, true is none.
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole and not (isinstance(value, float) and value.is_integer()):
            raise self.make_error("integer")
        if not self.low <= value <= self.high:
            raise self.make_error("range", low=self.low, high=self.high)
        return int(value)


class Truth(_Told, fields.Boolean):
    """true or false."""

    def __init__(self) -> None:
        super().__init__(allow_none=True)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("truth")


class Date(_Told, fields.Date):
    """A date as YYYY-MM-DD."""

    def __init__(self, *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=required, allow_none=not required, metadata=_described(metadata))

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> datetime.date:
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass  # a day that no calendar has; told below like any other text that is no date
        raise self.make_error("date")


class Member(_Told, fields.Nested):
    """An object inside an object."""

    def __init__(self, nested: Any, *, required: bool = False, **more: Any) -> None:
        super().__init__(nested, required=required, allow_none=not required, **more)


class Items(_Told, fields.List):  # type: ignore[type-arg]
    """A list of at most LIMIT_ITEMS items, given on as a tuple; `inner` is a required field, since no item may be null."""

    def __init__(self, inner: fields.Field[Any], *, required: bool = False, **more: Any) -> None:
        super().__init__(inner, required=required, allow_none=not required, metadata={"maxItems": LIMIT_ITEMS}, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> tuple[Any, ...]:  # type: ignore[override]
        if not isinstance(value, list):
            raise self.make_error("list")
        if len(value) > LIMIT_ITEMS:
            raise self.make_error("too-many", limit=LIMIT_ITEMS)
        return tuple(super()._deserialize(value, attr, data, **more))
