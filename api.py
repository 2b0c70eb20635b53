"""The application: settings, catalogue, releases and blueprints. Wiring only."""

import gc
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import MapAdapter
from werkzeug.utils import cached_property

from validator.sandbox.sandbox import Sandbox
from validator.serving.json_log import configure_log
from validator.serving.live_service import Live
from validator.serving.service import Service
from validator.serving.startup import Opened, open_service
from validator.settings import Settings, read_settings
from validator.store.database import Database
from validator.store.keyring import Keyring
from validator.web.api import (
    case_statistics,
    cases,
    codes,
    courses_and_rules,
    draft_checks,
    groups,
    health,
    learners,
    releases,
    validation,
)
from validator.web.api.release_actions import Desk
from validator.web.http.access import register_access
from validator.web.http.error_responses import register_problems
from validator.web.http.guards import register_guards
from validator.web.http.headers import SecurityHeaders
from validator.web.http.instrumentation import register_watching
from validator.web.http.metrics import Metrics
from validator.web.http.openapi import register_openapi
from validator.web.http.stop_signal import watch_for_stop
from validator.web.pages import cases as case_pages
from validator.web.pages import codes as code_pages
from validator.web.pages import courses_and_rules as rule_pages
from validator.web.pages import groups as group_pages
from validator.web.pages import progress, tryout
from validator.web.pages.frame import register_pages
from validator.web.pages.problem_page import problem_page


class _Request(Request):
    """A request that finds out once which blueprints it is for; Flask asks three times."""

    @cached_property
    def blueprints(self) -> list[str]:
        return super().blueprints


class _NoSession(SessionInterface):
    """No session: what is kept of a browser has cookies of its own."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:  # noqa: ARG002  # what it is asked with
        """The same for everybody; nothing can be written in it."""
        return self._none

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing."""


class _Application(Flask):
    """Flask without what no route here needs and every call would pay for."""

    request_class = _Request
    session_interface = _NoSession()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: no view is asynchronous."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Matches by path and method only: no route depends on the name of the host."""
        if request is None:
            return None
        environ = request.environ
        host: str = environ.get("HTTP_HOST") or environ["SERVER_NAME"]  # for an address to be sent on to
        root, query = environ.get("SCRIPT_NAME") or "/", environ.get("QUERY_STRING", "")
        return MapAdapter(self.url_map, host, root, "", request.scheme, request.path, request.method, query)


def create_app(
    settings: Settings | None = None,
    service: Service | Opened | None = None,
    metrics: Metrics | None = None,
    *,
    store_stands: bool = False,
) -> Flask:
    """The Flask application. `settings` are those of the environment by default, `service` that of their store and folders.

    What was opened from the store follows the store; a service as such is served as it is.
    `store_stands`: the store has been made ready, so one that is missing has been lost, and is not made anew.
    """
    settings = settings or read_settings()
    required = settings.keys == "required"
    keyring = Keyring(Database(settings.database, create=not (required or store_stands)), required=required)
    app = _Application("kodevagt", static_folder=None, template_folder=None)
    served = service or open_service(settings)
    opened = served if isinstance(served, Opened) else Opened(served, None)
    following = keyring.standing if opened is served else lambda: None
    app.extensions["kodevagt"] = Live(opened, keyring.database, following, settings.cache)
    app.extensions["kodevagt_keyring"] = keyring
    app.extensions["kodevagt_stopping"] = lambda: False
    sandbox = Sandbox(preload="validator.authoring.publishing", time_factor=settings.sandbox_time_factor)
    app.extensions["kodevagt_sandbox"] = sandbox
    app.extensions["kodevagt_training"] = cases.TrainingRoom(keyring.database, settings.cases, sandbox)
    app.extensions["kodevagt_desk"] = Desk(settings)
    register_guards(app)
    blueprints = [validation, codes, courses_and_rules, draft_checks, releases, cases, case_statistics, learners, groups, health]
    register_openapi(app, [part.blueprint for part in blueprints], _version())
    app.register_blueprint(health.documents)
    parts = (tryout, code_pages, rule_pages, case_pages, progress, group_pages)
    register_pages(app, keyring.database, [part.blueprint for part in parts])
    register_problems(app, problem_page)
    register_access(app, keyring, settings.rate)
    register_watching(app, metrics or Metrics(_version()))
    app.wsgi_app = SecurityHeaders(app.wsgi_app)  # type: ignore[method-assign]
    if settings.proxies:
        behind = dict.fromkeys(("x_for", "x_proto", "x_host"), settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **behind)  # type: ignore[method-assign]
    return app


def serve(opened: Opened | None = None, stopping: Callable[[], bool] | None = None, *, store_stands: bool = False) -> Flask:
    """The application of a server's worker, with structured logs.

    What it serves is `opened` by the environment by default; `stopping` tells whether the worker has been told to end, which is
    seen from the signal by default.
    """
    metrics = Metrics(_version())
    configure_log(metrics.log_line_lost)
    settings = read_settings()
    app = create_app(settings, opened or open_service(settings), metrics, store_stands=store_stands)
    app.extensions["kodevagt"]().warm()
    app.extensions["kodevagt_stopping"] = stopping or watch_for_stop()
    gc.freeze()  # what is there by now stays: the collector need not look at it again
    return app


def _version() -> str:
    try:
        return version("kodevagt")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
