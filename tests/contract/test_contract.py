"""The first request of the contract and its response."""

from flask.testing import FlaskClient

REQUEST = {
    "encounter": {"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92", "role": "main"}]}
}


def test_the_first_request_gets_a_finding_with_suggestion_and_source(client: FlaskClient) -> None:
    answer = client.post("/v1/validate", json=REQUEST).get_json()

    assert (answer["status"], answer["savable"]) == ("error", True)
    (finding,) = answer["findings"]
    assert finding["kind"] == "main-not-in-course-set"
    assert finding["rule"] == "dk.51.artrose-knae"
    assert finding["path"] == "/encounter/diagnoses/0/code"
    assert finding["suggestions"] == [{"action": "replace", "code": "L90", "title": "Artrose i knæet"}]
    assert finding["source"] == {"title": "EKM, gå-hjem-møde", "date": "2024-11-01", "url": None, "status": "unconfirmed"}
    assert answer["rules"]["as_of"] == "2025-10-14"
    assert answer["rules"]["engine"].startswith("durable")


def test_the_same_request_gives_the_same_bytes(client: FlaskClient) -> None:
    assert client.post("/v1/validate", json=REQUEST).data == client.post("/v1/validate", json=REQUEST).data
