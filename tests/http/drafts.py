"""Drafts as editors send them."""

import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contacts import request

COURSE = """\
courses:
  laenderyg:
    title: {da: "Smerter i lænderyg", en: "Low back pain"}
    specialty: "51"
    main_diagnosis:
      - from: 2025-10-01
        codes: [L03]
        status: decided
        source: ekm-moede-2024
"""
HEAD = "pack: dk\nrelease: ny-2027\nstatus: draft\nextends: ekm-2024-11\n"


def contact(code: str, **encounter: Any) -> dict[str, Any]:
    return request(code, date="2026-01-10", **encounter)


def check(client: FlaskClient, body: str | bytes | dict[str, Any], **headers: str) -> TestResponse:
    """Check a rule file as YAML, or a JSON object with files."""
    if isinstance(body, dict):
        return client.post("/v1/rules/check", data=json.dumps(body), content_type="application/json", headers=headers)
    return client.post("/v1/rules/check", data=body, content_type="application/yaml", headers=headers)


def impact(client: FlaskClient, files: dict[str, str], *contacts: Any, **members: Any) -> TestResponse:
    return client.post("/v1/rules/impact", json={"files": files, "contacts": list(contacts), **members})
