"""The filters of the list of cases, which the links between its pages carry in their query."""

from typing import Any

from flask import request

from validator.training.filters import Filters

NO_COURSE = "-"  # as a filter
_FILTERS = ("specialty", "course", "level")


def narrowed() -> dict[str, Any]:
    """What the query narrows the cases to; the links of a page keep it."""
    return {name: request.args[name] for name in _FILTERS if request.args.get(name)}


def filters_of(chosen: dict[str, Any]) -> Filters:
    """The same for the library."""
    course = chosen.get("course")
    return Filters(chosen.get("specialty"), "" if course == NO_COURSE else course, chosen.get("level"))
