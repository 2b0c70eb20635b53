"""Requests generated from the OpenAPI document: the answers match it, and none is a server error."""

import os

import pytest
from hypothesis import HealthCheck, settings
from schemathesis import Case, checks, serializer
from schemathesis.openapi import from_wsgi

from api import create_app
from tests.http.routes import NDJSON

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]
# By default it accepts gzip, and does not unpack what a WSGI application sends; test_gzip_answers.py compares both forms.
UNPACKED = {"Accept-Encoding": "identity"}
serializer.alias(NDJSON, "text/plain")
# The operations are read when the tests are collected, so the application is one of its own.
document = from_wsgi("/openapi.json", create_app())


# Few examples of each operation in `make test`, and many in `make soak`.
SOAK = "KODEVAGT_SOAK" in os.environ


@(pytest.mark.soak if SOAK else pytest.mark.slow)
@document.parametrize()
@settings(max_examples=200 if SOAK else 10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_every_answer_matches_the_document(case: Case) -> None:
    case.call_and_validate(headers=UNPACKED, checks=CHECKS)
