"""`Accept-Language`: Danish by default, English and Swedish on request; rules have the languages of their pack."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.contacts import REQUESTS
from validator.texts import FINDINGS

# The beginnings of the texts of a finding with fixed texts and of one of a rule.
UNKNOWN_CODE = {"da": "Koden L999 findes ikke", "en": "The code L999 does not exist", "sv": "Koden L999 finns inte"}
RADIATION = {"da": "L84 er uden smerteudstråling", "en": "L84 is without radiating pain"}
HEADERS = [
    (None, "da"),
    ("", "da"),
    ("da", "da"),
    ("da-DK,da;q=0.9,en;q=0.8", "da"),
    ("en", "en"),
    ("en-GB", "en"),
    ("fr, en;q=0.5", "en"),
    ("en;q=0.1, sv;q=0.9", "sv"),
    ("sv-SE", "sv"),
    ("fr", "da"),
    ("en;q=0", "da"),
    ("xx;q=abc", "da"),
    ("," * 1000, "da"),
]


def finding(client: FlaskClient, kind: str, header: str | None) -> dict[str, Any]:
    headers = {} if header is None else {"Accept-Language": header}
    answer = client.post("/v1/validate", json=REQUESTS[kind], headers=headers).get_json()
    found: dict[str, Any] = next(item for item in answer["findings"] if item["kind"] == kind)
    return found


@pytest.mark.parametrize(("header", "language"), HEADERS)
def test_a_fixed_text_is_in_the_requested_language(client: FlaskClient, header: str | None, language: str) -> None:
    assert finding(client, "unknown-code", header)["message"].startswith(UNKNOWN_CODE[language])


@pytest.mark.parametrize(("header", "language"), HEADERS)
def test_a_rule_of_the_danish_pack_is_in_danish_and_english(client: FlaskClient, header: str | None, language: str) -> None:
    assert finding(client, "radiation-contradiction", header)["message"].startswith(RADIATION.get(language, RADIATION["da"]))


@pytest.mark.parametrize("kind", REQUESTS)
def test_no_text_is_empty_or_half_filled_in_any_language(client: FlaskClient, kind: str) -> None:
    texts = {}
    for language in ("da", "en", "sv"):
        found = finding(client, kind, language)
        texts[language] = found["message"]
        for text in (found["message"], found["explanation"]):
            assert text
            assert "{" not in text
            assert "None" not in text
            assert "  " not in text
        assert all(suggestion["title"] != "" for suggestion in found["suggestions"])
    assert texts["da"] != texts["en"]
    assert (texts["sv"] != texts["da"]) is (kind in FINDINGS["sv"])


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_language_changes_words_only(client: FlaskClient, kind: str) -> None:
    def wordless(language: str) -> list[dict[str, Any]]:
        answer = client.post("/v1/validate", json=REQUESTS[kind], headers={"Accept-Language": language}).get_json()
        for found in answer["findings"]:
            del found["message"], found["explanation"]
            found["suggestions"] = [{**item, "title": None} for item in found["suggestions"]]
        findings: list[dict[str, Any]] = answer["findings"]
        return findings

    assert wordless("da") == wordless("en") == wordless("sv")
