"""`/health/live`, `/health/ready`, `/metrics` and `/docs`: for those who operate the service or write a client."""

from pathlib import Path

import flask_swagger_ui
from flask import Response, current_app, request, send_from_directory
from flask_smorest import Blueprint
from prometheus_client import CONTENT_TYPE_LATEST

from validator.store.snapshot import SnapshotCache
from validator.web.http.errors import ProblemError
from validator.web.http.request_log import current_metrics
from validator.web.http.responses import json_response, service
from validator.web.http.security_headers import DOCS_POLICY

blueprint = Blueprint("health", __name__, description="Health")
documents = Blueprint("docs", __name__)

_ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Kodevagt: the HTTP contract</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css"><link rel="icon" href="/docs/assets/favicon-32x32.png"></head>
<body><div id="swagger-ui"><noscript>This page needs JavaScript; the document itself is <a href="/openapi.json">openapi.json</a>.</noscript></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
"""
_START = 'window.ui = SwaggerUIBundle({url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null});\n'


@blueprint.route("/health/live")
@blueprint.doc(summary="Whether the process runs")
@blueprint.alt_response(200, schema={"type": "object"})
def live() -> Response:
    return json_response({"status": "live"})


@blueprint.route("/health/ready")
@blueprint.doc(
    summary="Whether contacts can be judged",
    responses={"503": {"description": "No release is loaded yet, the store cannot be written, or the service is stopping."}},
)
@blueprint.alt_response(200, schema={"type": "object"})
def ready() -> Response:
    current = {pack: validator.release.name for pack, validator in service().current.items()}
    store: SnapshotCache = current_app.extensions["kodevagt_store"]
    if current_app.extensions["kodevagt_stopping"]():
        status = "stopping"
    elif not current:
        status = "starting"
    else:
        status = "ready" if store.ready() else "store-not-writable"
    return json_response({"status": status, "releases": current}, 200 if status == "ready" else 503)


@blueprint.route("/metrics")
@blueprint.doc(
    summary="Counts for Prometheus",
    responses={"200": {"description": "The counts of all workers.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics() -> Response:
    metrics = current_metrics()
    if request.environ.get("wsgi.multiprocess") and not metrics.shared:
        raise ProblemError(503, "detail-metrics-alone")  # the counts of one worker would look like those of all
    releases = [(pack, validator.release.name, validator.digest) for pack, validator in service().current.items()]
    return Response(metrics.text(releases), content_type=CONTENT_TYPE_LATEST)


@documents.route("/docs")
def page() -> Response:
    return Response(_PAGE, mimetype="text/html", headers={"Content-Security-Policy": DOCS_POLICY})


@documents.route("/docs/start.js")
def start() -> Response:
    return Response(_START, mimetype="text/javascript")


@documents.route("/docs/assets/<path:name>")
def assets(name: str) -> Response:
    return send_from_directory(_ASSETS, name)
