"""The application: settings, catalogue, releases and blueprints. Wiring only."""

import gc
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from validator.sandbox.sandbox import Sandbox
from validator.serving.json_log import configure_log
from validator.serving.live_service import LiveService
from validator.serving.service import Service
from validator.serving.startup import start_service
from validator.settings import Settings, read_settings
from validator.store.database import Database
from validator.store.snapshot import SnapshotCache
from validator.web.api import (
    case_statistics,
    cases,
    codes,
    conformance,
    courses_and_rules,
    docs_page,
    draft_checks,
    groups,
    health,
    learners,
    release_differences,
    releases,
    validation,
)
from validator.web.api.training_requests import lazy_training
from validator.web.http.access import register_access
from validator.web.http.error_responses import register_error_handlers
from validator.web.http.metrics import Metrics
from validator.web.http.openapi import register_openapi
from validator.web.http.packed_answers import register_packing
from validator.web.http.request_body import MAX_BODY_LENGTH
from validator.web.http.request_envelope import RequestEnvelope
from validator.web.http.request_log import register_request_log
from validator.web.http.stop_signal import watch_for_stop
from validator.web.http.unexpected_errors import register_unexpected_errors
from validator.web.pages import cases as case_pages
from validator.web.pages import codes as code_pages
from validator.web.pages import courses_and_rules as rule_pages
from validator.web.pages import groups as group_pages
from validator.web.pages import progress, tryout
from validator.web.pages.frame import register_pages
from validator.web.pages.problem_page import problem_page


def create_app(
    settings: Settings | None = None,
    service: Service | LiveService | None = None,
    metrics: Metrics | None = None,
) -> Flask:
    """Create the Flask application, by default with the settings of the environment and the service of their store.

    With a Service, a missing store is created and the service is never replaced. With a LiveService, a missing store counts as
    lost and is not created.
    """
    settings = settings or read_settings()
    app = Flask("kodevagt", static_folder=None, template_folder=None)
    service = service or start_service(settings)
    keys_required = settings.keys == "required"
    create = isinstance(service, Service) and not keys_required
    store = SnapshotCache(Database(settings.database, create=create), keys_required=keys_required)
    app.extensions["kodevagt"] = LiveService(service) if isinstance(service, Service) else service
    app.extensions["kodevagt_store"] = store
    app.extensions["kodevagt_stopping"] = lambda: False
    sandbox = Sandbox(preload="validator.authoring.publishing", time_factor=settings.sandbox_time_factor)
    app.extensions["kodevagt_sandbox"] = sandbox
    app.extensions["kodevagt_training"] = lazy_training(store.database, settings.cases, sandbox)
    app.extensions["kodevagt_settings"] = settings
    app.extensions["kodevagt_database"] = Database(settings.database, create=False, writes=store.database.writes)
    # One byte more than allowed, so that a body without a Content-Length is read to the limit and refused by us.
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_LENGTH + 1
    app.url_map.merge_slashes = False  # a redirect would repeat what was sent, such as the host of a forwarded request
    blueprints = [
        validation,
        conformance,
        codes,
        courses_and_rules,
        draft_checks,
        releases,
        release_differences,
        cases,
        case_statistics,
        learners,
        groups,
        health,
    ]
    register_openapi(app, [part.blueprint for part in blueprints], _version())
    app.register_blueprint(docs_page.blueprint)
    parts = (tryout, code_pages, rule_pages, case_pages, progress, group_pages)
    register_pages(app, store.database, [part.blueprint for part in parts])
    metrics = metrics or Metrics(_version())
    register_error_handlers(app, problem_page)
    register_unexpected_errors(app, metrics)
    register_access(app, store, settings.rate)
    register_request_log(app, metrics)
    register_packing(app)
    app.wsgi_app = RequestEnvelope(app.wsgi_app, metrics)  # type: ignore[method-assign]
    if settings.proxies:
        counts = dict.fromkeys(("x_for", "x_proto", "x_host"), settings.proxies)
        app.wsgi_app = ProxyFix(app.wsgi_app, **counts)  # type: ignore[method-assign]
    return app


def serve(service: LiveService | None = None, stopping: Callable[[], bool] | None = None) -> Flask:
    """Create the application of a server's worker, with a JSON log.

    `service` is by default that of the environment; `stopping` returns whether the worker is stopping, by default after SIGTERM.
    """
    metrics = Metrics(_version())
    configure_log(metrics.log_line_lost)
    settings = read_settings()
    app = create_app(settings, service, metrics)
    app.extensions["kodevagt"].service.warm()
    app.extensions["kodevagt_stopping"] = stopping or watch_for_stop()
    gc.freeze()  # what is loaded by now stays loaded, so the collector can skip it
    return app


def _version() -> str:
    try:
        return version("kodevagt")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"
