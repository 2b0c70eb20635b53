"""The application's training, and its parameters in requests.

The views of cases, groups and learners share them.
"""

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from validator.requests.errors import Fault, RequestError
from validator.sandbox.sandbox import Sandbox
from validator.store.database import Database
from validator.training.filters import Filters
from validator.training.levels_and_grades import LEVELS
from validator.web.api.openapi_parts import query_parameter
from validator.web.http.request_body import read_json_object
from validator.web.http.responses import current_service, query_choice, query_value

if TYPE_CHECKING:
    from validator.training.case_training import Training

CASE_FILTERS = [
    query_parameter("specialty"),
    query_parameter("course", "An empty value selects cases without a course."),
    query_parameter("level", enum=list(LEVELS)),
]


def lazy_training(database: Database, folder: Path, sandbox: Sandbox) -> "Callable[[], Training]":
    """Return a function that loads the training on its first call.

    Most services have no learners.
    """
    lock = threading.Lock()

    @cache
    def load() -> "Training":
        from validator.training.bank_loader import BankLoader  # deferred: a service without learners does not need it
        from validator.training.case_training import Training

        return Training(database, BankLoader(database, folder, sandbox), current_service)

    def load_once() -> "Training":
        with lock:  # with `cache` alone, two threads may both load it
            return load()

    return load_once


def training() -> "Training":
    """Return the training of the application."""
    loaded: Training = current_app.extensions["kodevagt_training"]()
    return loaded


def case_filters() -> Filters:
    """Return the filters of the query. Raises RequestError."""
    level = query_choice("level", *LEVELS)
    return Filters(query_value("specialty"), query_value("course"), level)


def read_learner_code() -> str | None:
    """Return the member `code` of the request's body, which may be null. Raises RequestError."""
    content = read_json_object()
    if "code" not in content:
        raise RequestError([Fault("/code", "required")])
    code = content["code"]
    if code is not None and not isinstance(code, str):
        raise RequestError([Fault("/code", "text")])
    return code
