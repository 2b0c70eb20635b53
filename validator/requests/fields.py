"""Marshmallow fields of the contract.

The JSON types are strict, and errors are keys of texts with values. Null in an optional member means that the member is
absent.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar, cast

from marshmallow import INCLUDE, Schema, ValidationError, fields

from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.catalogue.rubric import normal_form
from validator.support.lookalikes import replace_lookalikes
from validator.support.personal_data import has_cpr

MAX_TEXT_LENGTH = 200
MAX_ITEMS = 100
_MAX_CODE_LENGTH = 9  # longer codes may contain a CPR number

# The allowed names of a code system, as JSON Schema.
SYSTEM_NAME = {"enum": [*SYSTEMS]}
SYSTEM_URI = {"enum": [*URIS]}
IMPORTED_URI = {"type": "string", "pattern": ":", "maxLength": MAX_TEXT_LENGTH}


Normalise = Callable[[str], str]


class _StrictField:
    """A field that converts a value with `read`.

    Its errors are {"key": ..., **values} instead of sentences.
    """

    read: Callable[[Any], Any]

    def make_error(self, key: str, **values: Any) -> ValidationError:
        return ValidationError([{"key": key, **values}])


def _with_limits(metadata: Mapping[str, Any] | None, **limits: Any) -> dict[str, Any]:
    """Return the metadata of a field with its limits, for the OpenAPI document."""
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
    """Text that is converted to a normal form."""

    def __init__(self, normalise: Normalise, *, required: bool = False, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=required, metadata=metadata)
        self.normalise = normalise

    def read(self, value: Any) -> str:
        return self.normalise(super().read(value))


class Code(Text):
    """A diagnosis code; blanks and lower case are allowed.

    A CPR number written with blanks or invisible characters is not allowed.
    """

    def __init__(self, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(required=True, metadata=_with_limits(metadata, minLength=1, pattern=r"\S"))

    def read(self, value: Any) -> str:
        text = super().read(value)
        code = normal_form(text)
        if not code:
            raise self.make_error("empty-text")
        if len(code) > _MAX_CODE_LENGTH and (has_cpr(code) or has_cpr(replace_lookalikes(code))):
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
    """A code system by name or URI.

    A known URI becomes the name; the URI of an imported system stays.
    """

    allowed = (*SYSTEMS, *URIS)

    def __init__(self, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(metadata=_with_limits(metadata, anyOf=[SYSTEM_NAME, SYSTEM_URI, IMPORTED_URI, {"type": "null"}]))

    def read(self, value: Any) -> str:
        if isinstance(value, str) and (value in SYSTEMS or (":" in value and len(value) <= MAX_TEXT_LENGTH)):
            return URIS.get(value, value)  # a diagnosis with an unknown URI is left out of judging
        raise self.make_error("choice", allowed=", ".join(self.allowed))


class Integer(_StrictField, fields.Integer):
    """A whole number between two bounds, both included."""

    def __init__(self, low: int, high: int, *, metadata: Mapping[str, Any] | None = None) -> None:
        super().__init__(allow_none=True, metadata=_with_limits(metadata, minimum=low, maximum=high))
        self.low, self.high = low, high

    def read(self, value: Any) -> int:
        # JSON has one type of number: 3.0 is an integer; True is an int in Python only.
        is_integer = isinstance(value, int) and not isinstance(value, bool)
        if not is_integer and not (isinstance(value, float) and value.is_integer()):
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
        # `fromisoformat` accepts other ISO 8601 formats; none of ten characters has hyphens in both of these places.
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            try:
                return datetime.date.fromisoformat(value)
            except ValueError:
                pass  # no such day, such as 2025-02-30; reported below
        raise self.make_error("date")


class ObjectSchema(Schema):
    """The schema of a JSON object, which becomes a `result_type`. Unknown members are skipped."""

    class Meta:
        unknown = INCLUDE  # for the OpenAPI document: unknown members are reported as findings, never refused

    result_type: ClassVar[type[Any]]

    def load(self, data: Any, **options: Any) -> Any:
        """Return the object that a JSON value describes.

        Options are ignored. marshmallow's own `load` handles options, hooks, renamed keys and defaults for every
        member, which takes three times as long: 45 µs, an eighth of a request.
        Raises ValidationError with the errors of every member.
        """
        if not isinstance(data, dict):
            raise ValidationError([{"key": "not-object"}])
        members: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, value in data.items():
            if value is None or (read := self._readers.get(name)) is None:
                continue
            try:
                members[name] = read(value)
            except ValidationError as error:
                errors[name] = error.messages
        if errors or not members.keys() >= self._required:
            errors |= {name: [{"key": "required"}] for name in self._required - members.keys() - errors.keys()}
            raise ValidationError({name: errors[name] for name in self.fields if name in errors})
        return self.result_type(**members)

    @cached_property
    def _readers(self) -> dict[str, Callable[[Any], Any]]:
        """What reads the value of each member."""
        return {name: cast(_StrictField, field).read for name, field in self.fields.items()}

    @cached_property
    def _required(self) -> frozenset[str]:
        """The names of the required members."""
        return frozenset(name for name, field in self.fields.items() if field.required)

    @cached_property
    def member_names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(self.fields)

    @cached_property
    def nested_schemas(self) -> dict[str, tuple["ObjectSchema", bool]]:
        """The schemas of members that are objects (False) or lists of objects (True)."""
        schemas: dict[str, tuple[ObjectSchema, bool]] = {}
        for name, field in self.fields.items():
            inner = field.inner if isinstance(field, Items) else field
            if isinstance(inner, NestedObject):
                schemas[name] = (inner.object_schema, isinstance(field, Items))
        return schemas


class NestedObject(_StrictField, fields.Nested):
    """An object within an object."""

    def __init__(self, nested: type[ObjectSchema], *, required: bool = False) -> None:
        super().__init__(nested, required=required, allow_none=not required)

    def read(self, value: Any) -> Any:
        return self.object_schema.load(value)

    @cached_property
    def object_schema(self) -> ObjectSchema:
        return cast(ObjectSchema, self.schema)


class Items(_StrictField, fields.List):  # type: ignore[type-arg]
    """A list of at most MAX_ITEMS items, none of them null, read as a tuple."""

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
    """A list of normalised texts; blank ones are dropped."""

    def __init__(self, normalise: Normalise) -> None:
        super().__init__(NormalisedText(normalise, required=True))

    def read(self, value: Any) -> tuple[Any, ...]:
        return tuple(filter(None, super().read(value)))
