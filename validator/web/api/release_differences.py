"""`GET /v1/releases/{a}/diff/{b}`: the changelog of the rules, in sentences and as JSON."""

from dataclasses import asdict

from flask import Response
from flask_smorest import Blueprint

from validator.rulebook.release import Release
from validator.web.api import request_examples
from validator.web.api.openapi_parts import LANGUAGE_HEADER, query_parameter
from validator.web.api.release_schemas import ReleaseDifferencesSchema
from validator.web.http.content_negotiation import text_language
from validator.web.http.errors import ProblemError
from validator.web.http.request_body import JSON_TYPE
from validator.web.http.responses import add_etag, current_service, json_response, query_choice

blueprint = Blueprint("release_differences", __name__, description="What changes from one release to another")

_FORMAT = query_parameter(
    "format", "`text`: the sentences alone, in Danish as `kodevagt rules diff` prints them.", enum=["json", "text"]
)


@blueprint.route("/v1/releases/<a>/diff/<b>", parameters=request_examples.TWO_RELEASES)
@blueprint.doc(
    operationId="compareReleases",
    summary="List what changes from release a to release b",
    parameters=[_FORMAT, LANGUAGE_HEADER],
    responses={
        "200": {
            "description": "The differences in the order of the release: courses and rules, each with its sentences.",
            "content": {JSON_TYPE: {"schema": ReleaseDifferencesSchema}, "text/plain": {"schema": {"type": "string"}}},
        }
    },
)
def differences(a: str, b: str) -> Response:
    """Both releases are of the same pack. The answer has an ETag."""
    from validator.authoring.compare.release_differences import difference_lines, find_differences  # deferred: rarely needed

    language = text_language()
    form = query_choice("format", "json", "text")
    old, new = _releases(a, b)
    found = find_differences(old, new, language)
    if form == "text":
        response = Response("".join(f"{line}\n" for line in difference_lines(old, new, found, language)), mimetype="text/plain")
    else:
        names = [{"pack": release.pack, "release": release.name} for release in (old, new)]
        response = json_response({"from": names[0], "to": names[1], "differences": [asdict(difference) for difference in found]})
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return add_etag(response)


def _releases(*names: str) -> list[Release]:
    """Return the releases of one pack. Raises ProblemError, or DamagedReleaseError."""
    service = current_service()
    known = sorted({name for _, name in service.releases})
    if not set(names) <= set(known):
        raise ProblemError(404, "release-not-found", known=", ".join(known))
    for pack in dict.fromkeys(pack for pack, _ in service.releases):
        if all((pack, name) in service.releases for name in names):
            return [service.validator(pack, name).release for name in names]
    raise ProblemError(422, "detail-two-packs")
