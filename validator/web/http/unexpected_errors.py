"""Exceptions that nobody expected: logged and counted, and answered with 500.

The log has the type and the place of an exception, never its message, which may quote the request.
"""

import logging

import structlog
from flask import Flask

from validator.web.http.metrics import Metrics
from validator.web.http.request_context import request_id

_log = structlog.get_logger("kodevagt.http")


def register_unexpected_errors(app: Flask, metrics: Metrics) -> None:
    """Report what Flask writes to its logger: the exceptions without a handler, and those of a handler itself."""
    app.logger.handlers = [_Reporter(metrics)]
    app.logger.propagate = False


def report_unexpected(error: BaseException, metrics: Metrics, request_id: str) -> None:
    """Log and count an exception."""
    metrics.count_unexpected_error()
    _log.error("unhandled", error=type(error).__name__, request_id=request_id, where=raised_at(error))


def raised_at(error: BaseException) -> str:
    """Return the file and line that raised an exception."""
    traceback = error.__traceback__
    while traceback and traceback.tb_next:
        traceback = traceback.tb_next
    return f"{traceback.tb_frame.f_code.co_filename}:{traceback.tb_lineno}" if traceback else ""


class _Reporter(logging.Handler):
    """Report the exception of a record instead of printing its traceback and the address of the request."""

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            report_unexpected(record.exc_info[1], self._metrics, request_id())
