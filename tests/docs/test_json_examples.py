"""Every JSON example of the documents is sent to the service, and the answers shown are those that it gives."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import ROOT

PATHS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [
    (path.name, number, json.loads(block))
    for path in PATHS
    for number, block in enumerate(re.findall(r"```json\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL), 1)
]
ACTIONS = {"replace", "add", "make-main", "remove", "restore"}


def is_part(shown: Any, answered: Any) -> bool:
    """Return whether an answer has what is shown of it: fewer members, but every item of a list."""
    if isinstance(shown, dict):
        return isinstance(answered, dict) and all(name in answered and is_part(shown[name], answered[name]) for name in shown)
    if isinstance(shown, list):
        return isinstance(answered, list) and len(shown) == len(answered) and all(map(is_part, shown, answered))
    return bool(shown == answered)


def judge(client: FlaskClient, encounter: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/v1/validate", json={"encounter": encounter})
    assert answer.status_code == 200, answer.text
    verdict: dict[str, Any] = answer.get_json()
    return verdict


@pytest.mark.parametrize(("name", "number", "example"), BLOCKS)
def test_an_example_is_answered_as_shown(client: FlaskClient, name: str, number: int, example: dict[str, Any]) -> None:
    """An answer is that to the request in the block before it."""
    match sorted(example):
        case ["after", "before", "finding"]:
            before = judge(client, example["before"])
            assert [finding for finding in before["findings"] if is_part(example["finding"], finding)]
            after = judge(client, {**example["before"], "diagnoses": example["after"]})
            assert not [finding for finding in after["findings"] if finding["kind"] == example["finding"]["kind"]]
            assert after["status"] in ("ok", "information")
        case ["encounter"] | ["encounter", "overrides"]:
            assert client.post("/v1/validate", json=example).status_code == 200
        case ["files", "jurisdiction"]:
            assert client.post("/v1/rules/check", json=example).status_code == 200
        case _:
            asked = next(request for other, place, request in BLOCKS if (other, place) == (name, number - 1))
            assert is_part(example, client.post("/v1/validate", json=asked).get_json())


def test_every_action_has_an_example() -> None:
    shown = [example["finding"]["suggestions"] for _, _, example in BLOCKS if "finding" in example]
    assert {suggestion["action"] for suggestions in shown for suggestion in suggestions} == ACTIONS


def test_the_clinician_sees_nothing_of_the_example_for_it(client: FlaskClient) -> None:
    example = next(example for _, _, example in BLOCKS if example.get("encounter", {}).get("specialty") == "99")
    answer = client.post("/v1/validate?audience=clinician", json=example).get_json()
    assert (answer["status"], answer["findings"]) == ("error", [])
