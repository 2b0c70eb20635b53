"""Every error of every route as problem details (RFC 9457), or as a page for a browser."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog
from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from validator.requests.errors import Fault, RequestError
from validator.requests.problem_details import problem, request_problem
from validator.store.database import StoreError
from validator.store.errors import DamagedReleaseError, InvalidReleaseError, ReleaseError, ReleaseTakenError, UnknownReleaseError
from validator.texts import problem_text
from validator.training.errors import BankMissingError, UnknownCaseError, UnknownGroupError, WithdrawnCaseError
from validator.web.http.content_negotiation import page_language, prefers_page, text_language
from validator.web.http.errors import ProblemError
from validator.web.http.request_body import MAX_BODY_LENGTH
from validator.web.http.request_context import request_id
from validator.web.http.responses import json_response
from validator.web.http.unexpected_errors import raised_at

PROBLEM_TYPE = "application/problem+json"
_log = structlog.get_logger("kodevagt.http")
_RELEASE_STATUSES = {UnknownReleaseError: 404, ReleaseTakenError: 409, InvalidReleaseError: 422, DamagedReleaseError: 500}
_DETAILS = {404: "detail-not-found", 405: "detail-method", 413: "detail-too-large"}
_PAGE = "kodevagt_problem_page"


def register_error_handlers(app: Flask, problem_page: Callable[[dict[str, Any]], Response]) -> None:
    """Answer every error of the application with problem details.

    `problem_page` renders them for a browser.
    """
    app.extensions[_PAGE] = problem_page
    app.register_error_handler(RequestError, _request_error)
    app.register_error_handler(ProblemError, _problem_error)
    app.register_error_handler(ReleaseError, _release_error)
    app.register_error_handler(StoreError, _store_error)
    app.register_error_handler(UnknownCaseError, lambda _: _problem_response(404, "case-not-found"))
    app.register_error_handler(UnknownGroupError, lambda _: _problem_response(404, "group-unknown"))
    app.register_error_handler(WithdrawnCaseError, _withdrawn_case)
    app.register_error_handler(BankMissingError, lambda _: _problem_response(503, "detail-cases-missing"))
    app.register_error_handler(HTTPException, _http_error)


def _problem_response(status: int, key: str, values: Mapping[str, object] | None = None, faults: Iterable[Fault] = ()) -> Response:
    """Return a problem whose detail is a text of the catalogue by its key."""
    language = _language()
    return _response(problem(status, language, problem_text(key, language, values), faults))


def _response(content: dict[str, Any]) -> Response:
    if prefers_page():
        try:
            page: Response = current_app.extensions[_PAGE](content)
        except Exception as error:  # the problem is still sent, as JSON
            _log.error("page-not-made", error=type(error).__name__, request_id=request_id(), where=raised_at(error))
        else:
            return page
    response = json_response(content, content["status"], PROBLEM_TYPE)
    response.headers["Content-Language"] = _language()
    return response


def _language() -> str:
    return page_language() if prefers_page() else text_language()


def _request_error(error: RequestError) -> Response:
    if any(fault.key == "release-not-found" for fault in error.faults):
        return _problem_response(404, "detail-see-errors", faults=error.faults)
    return _response(request_problem(error, _language()))


def _problem_error(error: ProblemError) -> Response:
    response = _problem_response(error.status, error.key, error.values)
    response.headers.update(error.headers)
    return response


def _release_error(error: ReleaseError) -> Response:
    return _problem_response(_RELEASE_STATUSES[type(error)], error.key, error.values, error.faults)


def _withdrawn_case(error: WithdrawnCaseError) -> Response:
    language = _language()
    return _response(problem(409, language, error.notice(language) or ""))


def _store_error(error: StoreError) -> Response:
    _log.error("store-failed", reason=str(error), request_id=request_id())
    return _problem_error(ProblemError(503, "detail-store-unread", headers={"Retry-After": "1"}))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:  # a redirect is no error
        return Response(headers=dict(error.get_headers()), status=status)
    allowed = ", ".join(sorted(error.valid_methods or ())) if isinstance(error, MethodNotAllowed) else ""
    key = _DETAILS.get(status, "detail-bad-request" if status < 500 else "detail-server-error")
    response = _problem_response(status, key, {"allowed": allowed, "limit": MAX_BODY_LENGTH})
    if allowed:
        response.headers["Allow"] = allowed
    return response
