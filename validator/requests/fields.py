"""Marshmallow fields of the contract: JSON's own types, taken strictly; an error is the key of a text with its values.

Null in a member that is not required means "not given".
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast

from marshmallow import INCLUDE, Schema, ValidationError, fields

from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.catalogue.rubric import normal_form
from validator.support.personal_data import has_cpr

MAX_TEXT_LENGTH = 200
MAX_ITEMS = 100
_MAX_CODE_LENGTH = 9  # a CPR number is longer

# The ways to name a code system, as JSON Schema.
SYSTEM_NAME = {"enum": [*SYSTEMS]}
SYSTEM_URI = {"enum": [*URIS]}
IMPORTED_URI = {"type": "string", "pattern": ":", "maxLength": MAX_TEXT_LENGTH}


Normalise = Callable[[str], str]


class _StrictField:
    """A field that reads a value with `read`, and whose errors are {"key": ..., **values} instead of sentences."""

    read: Callable[[Any], Any]
    required: bool

    def make_error(self, key: str, **values: Any) -> ValidationError:
        return ValidationError([{"key": key, **values}])

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **options: Any) -> Any:
        """The value of a member, by `read` alone: no field here has validators or functions before or after loading."""
        if value is None:
            raise self.make_error("required")
        return self.read(value)


def _with_limits(metadata: Mapping[str, Any] | None, **limits: Any) -> dict[str, Any]:
    """The metadata of a field with its limits, which the OpenAPI document shows."""
    return {**limits, **(metadata or {})}


class Text(_StrictField, fields.String):
    """Text of at most MAX_TEXT_LENGTH characters."""

    def __init__(self, *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=required, allow_none=not required, metadata=_with_limits(metadata, maxLength=MAX_TEXT_LENGTH))

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("text")
        if len(value) > MAX_TEXT_LENGTH:
            raise self.make_error("too-long", limit=MAX_TEXT_LENGTH)
        return value


class NormalisedText(Text):
    """Text that is taken in one form, so that two ways of writing it are the same."""

    def __init__(self, form: Normalise, *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=required, metadata=metadata)
        self.form = form

    def read(self, value: Any) -> str:
        return self.form(super().read(value))


class Code(Text):
    """A diagnosis code; blanks and lower case are allowed, as long as no CPR number is behind the blanks."""

    def __init__(self, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=True, metadata=_with_limits(metadata, minLength=1, pattern=r"\S"))

    def read(self, value: Any) -> str:
        text = super().read(value)
        code = normal_form(text)
        if not code:
            raise self.make_error("empty-text")
        if len(code) > _MAX_CODE_LENGTH and has_cpr(code):
            raise self.make_error("personal-data")
        return text


class Choice(_StrictField, fields.String):
    """One of a closed list of texts."""

    def __init__(self, allowed: Sequence[str], *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        values = [*allowed] if required else [*allowed, None]
        super().__init__(required=required, allow_none=not required, metadata=_with_limits(metadata, enum=values))
        self.allowed = tuple(allowed)
        self._known = frozenset(allowed)

    def read(self, value: Any) -> str:
        if isinstance(value, str) and value in self._known:
            return value
        raise self.make_error("choice", allowed=", ".join(self.allowed))


class SystemName(Text):
    """A code system by its name or one of its URIs, the name is kept; or by another URI, of which an edition may be imported."""

    allowed = (*SYSTEMS, *URIS)

    def __init__(self, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(metadata=_with_limits(metadata, anyOf=[SYSTEM_NAME, SYSTEM_URI, IMPORTED_URI, {"type": "null"}]))

    def read(self, value: Any) -> str:
        if isinstance(value, str) and (value in SYSTEMS or (":" in value and len(value) <= MAX_TEXT_LENGTH)):
            return URIS.get(value, value)  # which ones were imported is known where the contact is judged
        raise self.make_error("choice", allowed=", ".join(self.allowed))


class Integer(_StrictField, fields.Integer):
    """A whole number between two bounds, both included."""

    def __init__(self, low: int, high: int, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(allow_none=True, metadata=_with_limits(metadata, minimum=low, maximum=high))
        self.low, self.high = low, high

    def read(self, value: Any) -> int:
        # JSON has one kind of number: 3.0 is a whole one, true is none.
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole and not (isinstance(value, float) and value.is_integer()):
            raise self.make_error("integer")
        if not self.low <= value <= self.high:
            raise self.make_error("range", low=self.low, high=self.high)
        return int(value)


class Boolean(_StrictField, fields.Boolean):
    """true or false."""

    def __init__(self) -> None:
        super().__init__(allow_none=True)

    def read(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("truth")


class Date(_StrictField, fields.Date):
    """A date as YYYY-MM-DD."""

    def __init__(self, *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=required, allow_none=not required, metadata=_with_limits(metadata))

    def read(self, value: Any) -> datetime.date:
        # Of the other forms that ISO 8601 has, none of ten characters has a hyphen in both places.
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass  # a day that no calendar has; told below like any other text that is no date
        raise self.make_error("date")


class ObjectSchema(Schema):
    """A JSON object of the contract, which becomes a `makes`. Unknown members are skipped."""

    class Meta:
        unknown = INCLUDE  # what the OpenAPI document says: they are reported as findings, never refused

    result_type: ClassVar[type[Any]]

    def load(self, data: Any, **options: Any) -> Any:
        """The object made of a JSON value. Raises ValidationError with the errors of every member.

        It takes no options. marshmallow's own `load` considers options, hooks, renamed keys and defaults for every member,
        which costs three times as much: 45 µs, an eighth of a whole request.
        """
        if not isinstance(data, dict):
            raise ValidationError([{"key": "not-object"}])
        members: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, field in self.fields.items():
            value = data.get(name)
            if value is None and not field.required:
                continue
            try:
                members[name] = field.deserialize(value)
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return self.result_type(**members)

    @cached_property
    def nested_schemas(self) -> dict[str, tuple["ObjectSchema", bool]]:
        """The members that are objects (False) or lists of objects (True), with the shape of those."""
        found: dict[str, tuple[ObjectSchema, bool]] = {}
        for name, field in self.fields.items():
            inner = field.inner if isinstance(field, Items) else field
            if isinstance(inner, NestedObject):
                found[name] = (inner.object_schema, isinstance(field, Items))
        return found


class NestedObject(_StrictField, fields.Nested):
    """An object inside an object."""

    def __init__(self, nested: type[ObjectSchema], *, required: bool = False) -> None:
        super().__init__(nested, required=required, allow_none=not required)

    def read(self, value: Any) -> Any:
        return self.object_schema.load(value)

    @cached_property
    def object_schema(self) -> ObjectSchema:
        return cast(ObjectSchema, self.schema)


class Items(_StrictField, fields.List):  # type: ignore[type-arg]
    """A list of at most MAX_ITEMS items, read as a tuple; no item may be null."""

    def __init__(self, inner: fields.Field[Any], *, required: bool = False, **more: Any) -> None:
        super().__init__(inner, required=required, allow_none=not required, metadata={"maxItems": MAX_ITEMS}, **more)

    def read(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.make_error("list")
        if len(value) > MAX_ITEMS:
            raise self.make_error("too-many", limit=MAX_ITEMS)
        read_item = cast(_StrictField, self.inner).read
        items: list[Any] = []
        errors: dict[int, Any] = {}
        for index, item in enumerate(value):
            try:
                items.append(read_item(item))
            except ValidationError as error:
                errors[index] = error.messages
        if errors:
            raise ValidationError(errors)
        return tuple(items)


class NormalisedTexts(Items):
    """A list of texts, each in its form; one that is blank is none."""

    def __init__(self, form: Normalise) -> None:
        super().__init__(NormalisedText(form, required=True))

    def read(self, value: Any) -> tuple[Any, ...]:
        return tuple(filter(None, super().read(value)))
