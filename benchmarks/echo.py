"""The bare Flask application that the service is measured against: JSON in, the same JSON out."""

from flask import Flask, Response, request


def create_app() -> Flask:
    app = Flask("echo", static_folder=None)

    @app.post("/v1/validate")
    def echo() -> Response:
        return app.json.response(request.get_json())

    return app
