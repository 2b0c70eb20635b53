"""A problem as a page in the frame: what is wrong, and where to go on."""

from typing import Any

from flask import Response

from validator.web.http.request_context import request_id
from validator.web.pages.frame import page


def problem_page(content: dict[str, Any]) -> Response:
    """The page of a problem, which says more to a reader than its JSON does to a program."""
    # The address may be what is wrong with the request, so the page in the other language is the first one.
    return page("site/problem.html", content["status"], here="/", problem=content, request_id=request_id())
