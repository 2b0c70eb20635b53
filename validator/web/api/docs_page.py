"""`/docs`: the OpenAPI document in Swagger UI, whose files come from this service."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, send_from_directory

from validator.web.http.security_headers import DOCS_POLICY

blueprint = Blueprint("docs", __name__)

_ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
_PAGE = Path(__file__).with_name("docs_page.html").read_text(encoding="utf-8")
_START = 'window.ui = SwaggerUIBundle({url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null});\n'


@blueprint.route("/docs")
def page() -> Response:
    return Response(_PAGE, mimetype="text/html", headers={"Content-Security-Policy": DOCS_POLICY})


@blueprint.route("/docs/start.js")
def start() -> Response:
    return Response(_START, mimetype="text/javascript")


@blueprint.route("/docs/assets/<path:name>")
def assets(name: str) -> Response:
    return send_from_directory(_ASSETS, name)
