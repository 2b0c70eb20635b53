"""Examples of requests for the OpenAPI document; each works on a service with the rules and cases that ship."""

from typing import Any

from validator.support.json_encoding import encode_json


def path_example(name: str, example: str, description: str) -> dict[str, Any]:
    """Return a parameter of a path with its example."""
    return {"in": "path", "name": name, "description": description, "example": example}


CONTACT: dict[str, Any] = {
    "encounter": {
        "id": "contact-7f3a",
        "date": "2025-10-14",
        "specialty": "51",
        "course": "artrose-knae",
        "contact_number": 1,
        "patient": {"age": 67, "sex": "female"},
        "observations": {"joints": ["knee"]},
        "diagnoses": [{"code": "L92", "role": "main"}],
        "previous_diagnoses": [],
    },
    "overrides": [],
}
_CODED_RIGHT = {"encounter": {**CONTACT["encounter"], "id": "contact-7f3b", "diagnoses": [{"code": "L90", "role": "main"}]}}
CONTACT_LINES = f"{encode_json(CONTACT)}\n{encode_json(_CODED_RIGHT)}\n"
_COURSES = """courses:
  artrose-knae:
    title: {da: "Artrose i knæet", en: "Osteoarthritis of the knee"}
    specialty: "51"
    main_diagnosis:
      - {from: 2025-04-01, codes: [L90], status: decided, source: ekm-moede-2024}
"""
_PACK = """pack: dk
release: eksempel
status: current
extends: ekm-2024-11
"""
DRAFT_FILE = _COURSES
DRAFT: dict[str, Any] = {"files": {"courses.yaml": _COURSES}, "jurisdiction": "dk"}
DRAFT_WITH_CONTACTS = {**DRAFT, "contacts": [CONTACT]}
RELEASE_TO_PUBLISH = {
    "files": {"pack.yaml": _PACK, "courses.yaml": _COURSES},
    "note": "Et eksempel: forløbet artrose-knae har fået en anden titel.",
    "jurisdiction": "dk",
}
ANSWER = {"diagnoses": [{"code": "L86", "role": "main"}], "phase": None}
NO_GROUP = {"code": None}
CODE = path_example("code", "L86", "A code of ICPC-2.")
RULE = path_example("rule_id", "dk.51.artrose-knae", "The `rule` of a finding.")
RELEASE = path_example("name", "ekm-2024-11", "The name of a published release.")
CASE = path_example("case_id", "arkitekten", "The id of a case.")
TWO_RELEASES = [
    path_example("a", "ekm-2024-11", "The name of the earlier release."),
    path_example("b", "ekm-2024-11", "The name of the later release, of the same pack."),
]
