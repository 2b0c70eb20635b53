"""`/health/live`, `/health/ready` and `/metrics`: for operators and their tools."""

from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from prometheus_client import CONTENT_TYPE_LATEST

from validator.serving.live_service import LiveService, RuleFolderState
from validator.store.snapshot import SnapshotCache
from validator.web.api.health_schemas import LivenessSchema, ReadinessSchema
from validator.web.http.errors import ProblemError
from validator.web.http.request_log import current_metrics
from validator.web.http.responses import current_service, json_response

blueprint = Blueprint("health", __name__, description="Health")


@blueprint.route("/health/live")
@blueprint.doc(operationId="readLiveness", summary="Whether the process runs")
@blueprint.alt_response(200, schema=LivenessSchema)
def live() -> Response:
    return json_response({"status": "live"})


@blueprint.route("/health/ready")
@blueprint.doc(
    operationId="readReadiness",
    summary="Whether contacts can be judged",
    responses={"503": {"description": "No release is loaded yet, the store cannot be written, or the service is stopping."}},
)
@blueprint.alt_response(200, schema=ReadinessSchema)
def ready() -> Response:
    live: LiveService = current_app.extensions["kodevagt"]
    service = current_service()
    current = {pack: validator.release.name for pack, validator in service.current.items()}
    damaged = {"damaged": sorted(service.unusable)} if service.unusable else {}
    notes = {**damaged, **_rule_folder(live.rule_folder)} | ({"offered": service.offered} if service.offered else {})
    store: SnapshotCache = current_app.extensions["kodevagt_store"]
    if current_app.extensions["kodevagt_stopping"]():
        status = "stopping"
    elif not current:
        status = "starting"
    else:
        status = "ready" if store.ready() else "store-not-writable"
    return json_response({"status": status, "releases": current, **notes}, 200 if status == "ready" else 503)


def _rule_folder(state: RuleFolderState) -> dict[str, Any]:
    """Return how the rule folder differs from what is served; nothing where it does not."""
    if state.unreadable:
        return {"rule_folder": {"unreadable": True}}
    return {"rule_folder": {"differing": list(state.differing)}} if state.differing else {}


@blueprint.route("/metrics")
@blueprint.doc(
    operationId="readMetrics",
    summary="Counts for Prometheus",
    responses={"200": {"description": "The counts of all workers.", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics() -> Response:
    metrics = current_metrics()
    if request.environ.get("wsgi.multiprocess") and not metrics.shared:
        raise ProblemError(503, "detail-metrics-alone")  # the counts of one worker would look like those of all
    releases = [(pack, validator.release.name, validator.digest) for pack, validator in current_service().current.items()]
    return Response(metrics.text(releases), content_type=CONTENT_TYPE_LATEST)
