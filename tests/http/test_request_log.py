"""The log line of each request: the release, the kinds of the findings, and nothing that was sent."""

import datetime
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.conftest import ROOT
from tests.contacts import OVERRIDDEN, REQUESTS, WHOLE
from tests.http.routes import CONTACT, NDJSON, ROUTES, Route, documented
from validator.rulebook.release import Release

TOLD = {"event", "log_level", "request_id", "method", "route", "status", "ms"}


def lines_of(client: FlaskClient, method: str, address: str, **sent: Any) -> list[Any]:
    """What is logged of a request; the status is that of its answer."""
    with capture_logs() as logged, client.open(address, method=method, **sent) as response:
        assert response.data is not None
    assert all(line["status"] == response.status_code for line in logged if line["event"] == "request")
    return logged


def line_of(client: FlaskClient, method: str, address: str, **sent: Any) -> Any:
    (line,) = lines_of(client, method, address, **sent)
    return line


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_route_logs_one_line(client: FlaskClient, route: Route) -> None:
    started = time.monotonic()
    line = line_of(client, route.method, route.address, **route.sent)
    elapsed = time.monotonic() - started
    (rule,) = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint == route.endpoint]
    assert (line["event"], line["method"], line["route"]) == ("request", route.method, documented(rule))
    assert line["status"] < 500
    assert 0 < line["ms"] < elapsed * 1_000


def test_the_line_of_a_contact_has_its_release_and_the_kinds_of_its_findings(client: FlaskClient) -> None:
    for sent in REQUESTS.values():
        answer = client.post("/v1/validate", json=sent).get_json()
        rules, findings = answer["rules"], answer["findings"]
        line = line_of(client, "POST", "/v1/validate", json=sent)
        assert line.keys() == TOLD | {"pack", "release", "kinds"}
        assert (line["pack"], line["release"]) == (rules["pack"], rules["release"])
        assert list(line["kinds"]) == list(dict.fromkeys(finding["kind"] for finding in findings))


@pytest.mark.parametrize("sent", [b"no json", b"{}", b'{"encounter": 1}', b"\xff"])
def test_the_line_of_a_refused_contact_has_neither(client: FlaskClient, sent: bytes) -> None:
    line = line_of(client, "POST", "/v1/validate", data=sent, content_type="application/json")
    assert line.keys() == TOLD
    assert line["status"] in (400, 422)


def test_a_batch_logs_one_line_at_its_end_with_the_count_of_each_kind(client: FlaskClient, release: Release) -> None:
    wrong = json.dumps(REQUESTS["main-not-in-course-set"]).encode()
    body = b"\n".join([wrong, b"no json", CONTACT, b"", wrong])
    line = line_of(client, "POST", "/v1/validate/batch", data=body, content_type=NDJSON)
    assert line.keys() == TOLD | {"lines", "complete", "releases", "kind_counts"}
    assert (line["route"], line["status"], line["lines"], line["complete"]) == ("/v1/validate/batch", 200, 4, True)
    assert line["releases"] == {f"dk/{release.name}": 3}
    assert line["kind_counts"] == {"main-not-in-course-set": 2}


def test_the_line_of_an_aborted_batch_is_not_complete(client: FlaskClient) -> None:
    with capture_logs() as logged:
        response = client.post("/v1/validate/batch", data=CONTACT + b"\n" + CONTACT, content_type=NDJSON)
        next(response.iter_encoded())
        assert logged == []
        response.close()
        response.close()
    (line,) = logged
    assert (line["lines"], line["complete"]) == (1, False)


def test_nothing_that_was_sent_is_logged(client: FlaskClient) -> None:
    free = "zyxwv"
    contact = {**WHOLE["encounter"], "id": free, "course": free, "specialty": free, free: free}
    sent = {"encounter": contact, "overrides": [{"rule": free, "reason": free}, {"rule": OVERRIDDEN, "reason": free}], free: 1}
    headers = dict.fromkeys(["User-Agent", "Cookie", "Referer", "Accept-Language", "X-Patient", "Authorization"], free)
    logged = lines_of(client, "POST", f"/v1/validate?{free}={free}", json=sent, headers=headers)
    assert logged[0]["kinds"]
    logged += lines_of(client, "POST", "/v1/validate/batch", data=f"{json.dumps(sent)}\n{free}", content_type=NDJSON)
    logged += lines_of(client, "POST", "/v1/validate", data=f'{{"{free}', content_type="application/json")
    logged += lines_of(client, "GET", f"/{free}/{free}?{free}")
    logged += lines_of(client, "GET", f"/v1/codes/{free}", headers=headers)
    logged += lines_of(client, free.upper(), "/v1/validate")
    assert len(logged) == 6
    assert free not in str(logged).lower()


SERVER = """
import sys
from api import serve

client = serve().test_client()
wrong = {"encounter": {"date": "2027-06-01", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92"}]}}
statuses = [client.post("/v1/validate", json=wrong, headers={"X-Request-ID": "r-1"}).status_code for _ in range(3)]
with client.post("/v1/validate/batch", json=wrong, content_type="application/x-ndjson") as batch:
    statuses += [batch.status_code for _ in batch.iter_encoded()]
statuses += [client.get("/v1/nowhere").status_code, client.post("/v1/validate").status_code]
lost = [line for line in client.get("/metrics").text.splitlines() if line.startswith("kodevagt_log_lines_lost_total")]
print(statuses, lost, file=sys.stderr)
"""


def served(folder: Path, output: Any) -> tuple[str, str]:
    """Return the output of a server process, and its report on the answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SERVER]
    run = subprocess.run(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.PIPE, text=True, check=True)
    return run.stdout, run.stderr


def test_a_server_writes_each_line_as_json(tmp_path: Path) -> None:
    written, report = served(tmp_path, subprocess.PIPE)
    assert report.startswith("[200, 200, 200, 200, 404, 415] ['kodevagt_log_lines_lost_total 0.0']")
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 200, 200, 404, 415, 200]
    common = {"timestamp", "level", "event", "request_id", "ms", "method", "route", "status"}
    for line in lines:
        assert list(line)[:3] == ["timestamp", "level", "event"]
        assert common <= line.keys()
        assert (line["level"], line["event"]) == ("info", "request")
        written_at = datetime.datetime.fromisoformat(line["timestamp"])
        assert abs(datetime.datetime.now(datetime.UTC) - written_at) < datetime.timedelta(minutes=1)
    assert lines[0].keys() == common | {"pack", "release", "kinds"}
    assert (lines[0]["request_id"], lines[0]["kinds"]) == ("r-1", ["main-not-in-course-set"])
    assert lines[3].keys() == common | {"lines", "complete", "releases", "kind_counts"}
    assert lines[4].keys() == common
    assert (lines[4]["route"], lines[5]["route"]) == (None, "/v1/validate")


def test_a_full_disk_loses_lines_but_no_answers(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        _, report = served(tmp_path, full)
    assert report.startswith("[200, 200, 200, 200, 404, 415] ['kodevagt_log_lines_lost_total 6.0']")
