"""The filters of the list of cases, which the links between its pages carry in their query."""

from typing import Any

from flask import request

from validator.training.filters import Filters

NO_COURSE = "-"  # as a filter
_FILTERS = ("specialty", "course", "level")


def query_filters() -> dict[str, Any]:
    """Return the filters in the query of the request, for the links of a page."""
    return {name: request.args[name] for name in _FILTERS if request.args.get(name)}


def parse_filters(query: dict[str, Any]) -> Filters:
    """Return the filters of a query as the library reads them."""
    course = query.get("course")
    return Filters(query.get("specialty"), "" if course == NO_COURSE else course, query.get("level"))
