"""What the views of cases, groups and learners share: the training of the application and what requests name of it."""

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from validator.requests.errors import Fault, RequestError
from validator.sandbox.sandbox import Sandbox
from validator.store.database import Database
from validator.training.closed_lists import LEVELS
from validator.training.filters import Filters
from validator.web.api.openapi_parts import query_parameter
from validator.web.http.request_body import read_json_object
from validator.web.http.responses import query_choice, query_value, service

if TYPE_CHECKING:
    from validator.training.training import Training

CASE_FILTERS = [
    query_parameter("specialty"),
    query_parameter("course", "An empty value selects cases without a course."),
    query_parameter("level", enum=list(LEVELS)),
]


class LazyTraining:
    """The training of an application, loaded on first use: most services have no learners."""

    def __init__(self, database: Database, folder: Path, sandbox: Sandbox) -> None:
        self._load = partial(_load_training, database, folder, sandbox)
        self._lock = threading.Lock()
        self._training: Training | None = None

    def __call__(self) -> "Training":
        if self._training is None:
            with self._lock:
                if self._training is None:
                    self._training = self._load()
        return self._training


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


def _load_training(database: Database, folder: Path, sandbox: Sandbox) -> "Training":
    from validator.training.bank_loader import Holding  # deferred: a service without learners does not need it
    from validator.training.training import Training

    return Training(database, Holding(database, folder, sandbox), service)
