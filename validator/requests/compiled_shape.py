"""Compiles the schema of a JSON object to one function that reads what is in order, several times as fast as member by member.

It is no second schema: it is written from the fields, and what it does not take is left to them, who tell what is wrong with it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from validator.catalogue.code_systems import URIS
from validator.catalogue.rubric import normal_form
from validator.requests import fields

if TYPE_CHECKING:
    from marshmallow.fields import Field

_TAKE = "type({0}) is {1}"


class OddError(Exception):
    """The value is not in order, or holds a member that the schema does not know."""


def compiled(shape: "fields.Shape") -> Callable[[Any], Any]:
    """A function that makes the object of a JSON value. It raises OddError or ValidationError for what it leaves to the fields."""
    used: dict[str, Any] = {"OddError": OddError, "known": frozenset(shape.fields), "makes": shape.makes}
    lines = ["def read(value):", f" if {_TAKE.format('value', 'dict')} and value.keys() <= known:", "  get = value.get"]
    for number, name in enumerate(shape.makes._fields):
        variable, default = f"x{number}", f"d{number}"
        used[default] = shape.makes._field_defaults.get(name)
        if name not in shape.fields:
            lines.append(f"  {variable} = {default}")
            continue
        field = shape.fields[name]
        lines += [
            f"  {variable} = get({name!r})",
            f"  if {variable} is None:",
            "   raise OddError" if field.required else f"   {variable} = {default}",
            *(f"  {line}" for line in _reading(field, variable, f"f{number}", used)),
        ]
    lines += [f"  return makes({', '.join(f'x{number}' for number in range(len(shape.makes._fields)))})", " raise OddError"]
    exec("\n".join(lines), used)  # noqa: S102  # written from our own fields alone: nothing that was sent is in it
    read: Callable[[Any], Any] = used["read"]
    return read


def _reading(field: "Field[Any]", variable: str, reader: str, used: dict[str, Any]) -> list[str]:
    """The lines that take a value which was given, or refuse it."""
    text = _TAKE.format(variable, "str")
    become = variable
    match field:
        case fields.Code():
            used[reader] = normal_form
            condition = (
                f"{text} and 0 < len({reader}({variable})) <= {fields.LONGEST_CODE} and len({variable}) <= {fields.LIMIT_TEXT}"
            )
        case fields.SystemName():
            used[reader] = {name: URIS.get(name, name) for name in field.allowed}
            uri = f"':' in {variable} and len({variable}) <= {fields.LIMIT_TEXT}"
            condition, become = f"{text} and ({variable} in {reader} or {uri})", f"{reader}.get({variable}, {variable})"
        case fields.Choice():
            used[reader] = frozenset(field.allowed)
            condition = f"{text} and {variable} in {reader}"
        case fields.Formed():
            used[reader] = field.read
            condition, become = text, f"{reader}({variable})"
        case fields.Text():
            condition = f"{text} and len({variable}) <= {fields.LIMIT_TEXT}"
        case fields.Integer():
            condition = f"{_TAKE.format(variable, 'int')} and {field.low} <= {variable} <= {field.high}"
        case fields.Truth():
            condition = _TAKE.format(variable, "bool")
        case fields.Date():
            used[reader] = field.read
            condition, become = text, f"{reader}({variable})"
        case fields.Member():
            used[reader] = compiled(field.shape)
            condition, become = "True", f"{reader}({variable})"
        case fields.FormedItems():
            used[reader] = field.read
            condition, become = _TAKE.format(variable, "list"), f"{reader}({variable})"
        case fields.Items():
            inner = field.inner
            used[reader] = compiled(inner.shape) if isinstance(inner, fields.Member) else cast(fields.Choice, inner).read
            condition = f"{_TAKE.format(variable, 'list')} and len({variable}) <= {fields.LIMIT_ITEMS}"
            become = f"tuple([{reader}(item) for item in {variable}])"
        case _:
            raise TypeError(f"no way to compile {field!r}")
    return [f"elif {condition}:", f" {variable} = {become}", "else:", " raise OddError"]
