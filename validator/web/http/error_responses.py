"""Every error of every route as problem details (RFC 9457), in the caller's language; as a page where a browser asks for one."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Flask, Response, current_app
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from validator.requests.errors import RequestError
from validator.requests.problem_details import problem, request_problem
from validator.store.database import StoreError
from validator.store.errors import DamagedReleaseError, InvalidReleaseError, ReleaseError, ReleaseTakenError, UnknownReleaseError
from validator.texts import problem_text
from validator.training.errors import BankMissingError, UnknownCaseError, UnknownGroupError, WithdrawnCaseError
from validator.web.http.guards import LIMIT_BODY, request_id
from validator.web.http.page_negotiation import asks_for_page, page_language
from validator.web.http.responses import PROBLEM_TYPE, NotFoundError, json_answer, spoken_language

_log = structlog.get_logger("kodevagt.http")
_STATUSES = {UnknownReleaseError: 404, ReleaseTakenError: 409, InvalidReleaseError: 422, DamagedReleaseError: 500}
_PAGE = "kodevagt_problem_page"
_DETAILS = {404: "detail-not-found", 405: "detail-method", 413: "detail-too-large"}


class UnsupportedMediaError(Exception):
    """The body came in another content type than `expected`."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


class RefusedError(Exception):
    """A request that is not let in: the status, the text that says why with its values, and headers that say what would help."""

    def __init__(self, status: int, key: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.headers, self.values = status, key, headers or {}, values


def register_problems(app: Flask, problem_page: Callable[[dict[str, Any]], Response]) -> None:
    """Makes every error of the application a problem, which `problem_page` shows to a browser."""
    app.extensions[_PAGE] = problem_page
    app.register_error_handler(RequestError, _request_error)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(UnsupportedMediaError, _unsupported_media)
    app.register_error_handler(RefusedError, _refused)
    app.register_error_handler(ReleaseError, _release_error)
    app.register_error_handler(StoreError, _store_error)
    app.register_error_handler(UnknownCaseError, lambda _: _not_found(NotFoundError("case-not-found")))
    app.register_error_handler(UnknownGroupError, lambda _: _not_found(NotFoundError("group-unknown")))
    app.register_error_handler(WithdrawnCaseError, _withdrawn_case)
    app.register_error_handler(BankMissingError, lambda _: _refused(RefusedError(503, "detail-cases-missing")))
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _server_error)


def _answer(content: dict[str, Any]) -> Response:
    if asks_for_page():
        try:
            page: Response = current_app.extensions[_PAGE](content)
        except Exception as error:  # the answer must be made, in plainer form
            _log.error("page-not-made", error=type(error).__name__, request_id=request_id(), where=_place(error))
        else:
            return page
    response = json_answer(content, content["status"], PROBLEM_TYPE)
    response.headers["Content-Language"] = _language()
    return response


def _language() -> str:
    return page_language() if asks_for_page() else spoken_language()


def _request_error(error: RequestError) -> Response:
    missing = any(fault.key == "release-not-found" for fault in error.faults)
    content = request_problem(error, _language())
    if missing:
        content = problem(404, _language(), content["detail"], error.faults)
    return _answer(content)


def _not_found(error: NotFoundError) -> Response:
    return _answer(problem(404, _language(), problem_text(error.key, _language(), error.values)))


def _unsupported_media(error: UnsupportedMediaError) -> Response:
    detail = problem_text("detail-media-type", _language(), {"expected": error.expected})
    return _answer(problem(415, _language(), detail))


def _refused(error: RefusedError) -> Response:
    response = _answer(problem(error.status, _language(), problem_text(error.key, _language(), error.values)))
    response.headers.update(error.headers)
    return response


def _release_error(error: ReleaseError) -> Response:
    language, status = _language(), _STATUSES[type(error)]
    return _answer(problem(status, language, problem_text(error.key, language, error.values), error.faults))


def _withdrawn_case(error: WithdrawnCaseError) -> Response:
    language = _language()
    return _answer(problem(409, language, error.notice(language) or ""))


def _store_error(error: StoreError) -> Response:
    _log.error("store-failed", reason=str(error), request_id=request_id())
    response = _answer(problem(503, _language(), problem_text("detail-store-unread", _language())))
    response.headers["Retry-After"] = "1"
    return response


def _http_error(error: HTTPException) -> Response:
    status, language = error.code or 500, _language()
    if status < 400:  # a redirect is no error
        return Response(headers=dict(error.get_headers()), status=status)
    allowed = ", ".join(sorted(error.valid_methods or ())) if isinstance(error, MethodNotAllowed) else ""
    key = _DETAILS.get(status, "detail-bad-request" if status < 500 else "detail-server-error")
    response = _answer(problem(status, language, problem_text(key, language, {"allowed": allowed, "limit": LIMIT_BODY})))
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _server_error(error: Exception) -> Response:
    # The type and the place, never the text: a message may quote what was sent.
    _log.error("unhandled", error=type(error).__name__, request_id=request_id(), where=_place(error))
    return _answer(problem(500, _language(), problem_text("detail-server-error", _language())))


def _place(error: Exception) -> str:
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}" if traceback else ""
