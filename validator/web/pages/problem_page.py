"""Error pages: the problem details of a refused request, as a page."""

from typing import Any

from flask import Response

from validator.web.http.request_context import request_id
from validator.web.pages.frame import page


def problem_page(content: dict[str, Any]) -> Response:
    """Render the page of a problem."""
    # The address itself may be the problem, so the link to the other language leads to the first page.
    return page("site/problem.html", content["status"], here="/", problem=content, request_id=request_id())
