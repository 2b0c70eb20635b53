"""`GET /metrics`: the counts, with labels of closed lists, summed over all processes."""

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from api import create_app
from tests.conftest import ROOT
from tests.contacts import OVERRIDDEN, REQUESTS, request
from tests.each import naming
from tests.http.counts import counts_of, scraped
from tests.http.mutations import mutate_request
from tests.http.problems import assert_problem
from tests.http.routes import CONTACT, NDJSON, ROUTES, documented
from tests.http.test_fallback import raising
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import KINDS
from validator.rulebook.overview import list_rules
from validator.rulebook.release import Release
from validator.web.http.metrics import Metrics

CONTACTS, FINDINGS, OVERRIDES = "kodevagt_contacts_total", "kodevagt_findings_total", "kodevagt_overrides_total"
REQUESTS_TOTAL, SECONDS = "kodevagt_requests_total", "kodevagt_request_duration_seconds"
WRONG = REQUESTS["main-not-in-course-set"]
ROUTE = "/v1/validate"


@pytest.fixture
def fresh(service: Service) -> FlaskClient:
    """A client of an application with all counts at zero."""
    return create_app(service=service).test_client()


def judged(client: FlaskClient, sent: dict[str, Any]) -> None:
    assert client.post(ROUTE, json=sent).status_code == 200


def test_a_contact_is_counted_by_its_release_and_its_findings_by_kind_and_rule(fresh: FlaskClient, release: Release) -> None:
    for _ in range(3):
        judged(fresh, WRONG)
    judged(fresh, request("L84"))
    counts = scraped(fresh)
    assert counts.total(CONTACTS, pack="dk", release=release.name) == counts.total(CONTACTS) == 4
    assert counts.total(FINDINGS, pack="dk", kind="main-not-in-course-set", rule=OVERRIDDEN) == counts.total(FINDINGS) == 3


def test_every_finding_of_an_answer_is_counted(fresh: FlaskClient) -> None:
    expected: Counter[tuple[str, str]] = Counter()
    for kind, sent in REQUESTS.items():
        with naming(kind):
            findings = fresh.post(ROUTE, json=sent).get_json()["findings"]
            expected.update((finding["kind"], finding["rule"]) for finding in findings)
            counts = scraped(fresh)
            assert counts.total(FINDINGS) == expected.total()
            for finding in findings:
                named = finding["kind"], finding["rule"]
                assert counts.total(FINDINGS, kind=named[0], rule=named[1]) == expected[named]


@pytest.mark.parametrize(("cache_size", "hits"), [(2000, 2), (0, 0)])
def test_cache_hits_are_counted(catalogue: Catalogue, release: Release, cache_size: int, hits: int) -> None:
    client = create_app(service=Service.from_releases(catalogue, [release], cache_size=cache_size)).test_client()
    for _ in range(3):
        judged(client, request("L84"))
    counts = scraped(client)
    assert counts.total(CONTACTS, cache="hit") == hits
    assert counts.total(CONTACTS, cache="miss") == 3 - hits


def test_requests_are_counted_by_method_route_and_status(fresh: FlaskClient) -> None:
    judged(fresh, WRONG)
    fresh.post(ROUTE, data=b"no json", content_type="application/json")
    fresh.post(ROUTE, data=b"{}")
    fresh.get("/v1/codes/L86")
    fresh.get("/v1/codes/L999")
    fresh.head("/v1/codes/L86")
    fresh.delete("/v1/codes/L86")
    fresh.get("/v1/nowhere")
    fresh.open("/v1/nowhere", method="BREW")
    counted = {
        ("POST", ROUTE, "200"),
        ("POST", ROUTE, "400"),
        ("POST", ROUTE, "415"),
        ("GET", "/v1/codes/{code}", "200"),
        ("GET", "/v1/codes/{code}", "404"),
        ("HEAD", "/v1/codes/{code}", "200"),
        ("DELETE", "none", "405"),
        ("GET", "none", "404"),
        ("other", "none", "404"),
    }
    counts = scraped(fresh)
    for method, route, status in counted:
        assert counts.total(REQUESTS_TOTAL, method=method, route=route, status=status) == 1, (method, route, status)
    assert counts.total(REQUESTS_TOTAL) == len(counted)


def test_the_time_of_every_request_is_counted(fresh: FlaskClient) -> None:
    started = time.monotonic()
    for _ in range(5):
        judged(fresh, WRONG)
    fresh.get("/v1/nowhere")
    counts = scraped(fresh)
    assert counts.total(f"{SECONDS}_count", method="POST", route=ROUTE) == 5
    assert counts.total(f"{SECONDS}_bucket", method="POST", route=ROUTE, le="+Inf") == 5
    assert counts.total(f"{SECONDS}_count") == 6
    assert 0 < counts.total(f"{SECONDS}_sum", route=ROUTE) < time.monotonic() - started
    limits = sorted(float(limit) for limit in counts.labels("le"))
    assert limits[0] < 0.001
    assert len([limit for limit in limits if 0.001 <= limit <= 1]) > 8


def test_overrides_are_counted_by_their_result(fresh: FlaskClient) -> None:
    taken = request("L92", course="artrose-knae", overrides=[{"rule": OVERRIDDEN, "reason": "Aftalt"}])
    judged(fresh, taken)
    judged(fresh, taken)
    for kind in ("override-refused", "override-without-reason", "unknown-override"):
        judged(fresh, REQUESTS[kind])
    counts = scraped(fresh)
    assert counts.total(OVERRIDES, pack="dk", result="taken", rule=OVERRIDDEN) == 2
    assert counts.total(OVERRIDES, pack="dk", result="refused", rule="core.unknown-code") == 1
    assert counts.total(OVERRIDES, pack="dk", result="without-reason", rule=OVERRIDDEN) == 1
    assert counts.total(OVERRIDES, pack="dk", result="unknown", rule="") == 1
    assert counts.total(OVERRIDES) == 5


def test_the_contacts_of_a_batch_are_counted_as_they_are_judged(fresh: FlaskClient) -> None:
    body = b"\n".join([CONTACT, b"no json", CONTACT, CONTACT])
    response = fresh.post("/v1/validate/batch", data=body, content_type=NDJSON)
    stream = response.iter_encoded()
    next(stream)
    assert scraped(fresh).total(CONTACTS) >= 1
    assert len(list(stream)) == 3
    response.close()
    counts = scraped(fresh)
    assert counts.total(CONTACTS) == 3
    assert counts.total(REQUESTS_TOTAL, route="/v1/validate/batch", status="200") == 1


def test_the_current_releases_and_the_version_are_reported(fresh: FlaskClient) -> None:
    counts = scraped(fresh)
    releases = [item for item in fresh.get("/v1/releases").get_json()["items"] if item["current"]]
    assert releases
    for item in releases:
        labels = {"pack": item["pack"], "release": item["name"], "digest": item["digest"]}
        assert counts.total("kodevagt_release_info", **labels) == 1
    assert counts.total("kodevagt_release_info") == len(releases)
    version = fresh.get("/openapi.json").get_json()["info"]["version"]
    assert counts.total("kodevagt_build_info", version=version, python=sys.version.split()[0]) == 1


def test_counters_start_at_zero(fresh: FlaskClient) -> None:
    names = {name for name, _ in scraped(fresh).samples}
    assert {"kodevagt_engine_fallback_total", "kodevagt_log_lines_lost_total"} <= names


def test_no_label_contains_what_was_sent(fresh: FlaskClient, releases: list[Release]) -> None:
    chance = random.Random(7)
    sent = [mutate_request(chance) for _ in range(200)]
    for item in sent:
        fresh.open(environ_overrides=item.environ, method=item.method, data=item.body).close()
    for name in ("dk.findes-ikke", "Jens Hansen", OVERRIDDEN + "x", "", "core.unknown-override"):
        judged(fresh, request("L92", course="artrose-knae", overrides=[{"rule": name, "reason": name}, {"rule": name}]))
    for method in ("BREW", "JENSHANSEN", "get", "GETS"):
        fresh.open("/v1/validate", method=method)
    counts = scraped(fresh)
    rules = {rule["id"] for release in releases for rule in list_rules(release, release.language)}
    assert counts.labels("method") <= {*(route.method for route in ROUTES), "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "other"}
    assert counts.labels("route") <= {*(documented(rule) for rule in fresh.application.url_map.iter_rules()), "none"}
    assert all(re.fullmatch(r"[2-5]\d\d", status) for status in counts.labels("status"))
    assert counts.labels("kind") <= set(KINDS)
    assert counts.labels("rule") <= rules | {""}
    assert counts.labels("pack") <= {release.pack for release in releases}
    assert counts.labels("release") <= {release.name for release in releases}
    assert counts.labels("result") == {"taken", "refused", "without-reason", "unknown"}
    assert counts.total(REQUESTS_TOTAL) == len(sent) + 5 + 4


@pytest.mark.parametrize("method", ["count_contact", "count_request"])
def test_a_failure_to_count_does_not_affect_the_answer(fresh: FlaskClient, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    monkeypatch.setattr(Metrics, method, raising(OSError("010190-1234")))
    with capture_logs() as logged:
        judged(fresh, WRONG)
    assert [(line["event"], line["log_level"]) for line in logged] == [("not-counted", "error"), ("request", "info")]
    assert (logged[0]["error"], logged[0]["request_id"]) == ("OSError", logged[1]["request_id"])
    assert "010190" not in str(logged)


def test_one_of_several_processes_refuses_to_report_its_counts_alone(fresh: FlaskClient) -> None:
    refused = fresh.get("/metrics", environ_overrides={"wsgi.multiprocess": True})
    assert "PROMETHEUS_MULTIPROC_DIR" in assert_problem(refused, 503)["detail"]


SEVERAL = """
import os, signal
from api import create_app

client = create_app().test_client()  # before the fork, like a server that preloads the application
body = {"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": [{"code": "L84", "role": "main"}] * 2}}

def process(count, end):
    pid = os.fork()
    if pid == 0:
        for _ in range(count):
            client.post("/v1/validate", json=body)
        end()
    return pid

def killed():
    os.kill(os.getpid(), signal.SIGKILL)

for pid in [process(3, killed), process(4, lambda: os._exit(0)), process(5, killed)]:
    os.waitpid(pid, 0)
client.post("/v1/validate", json=body)
text = client.get("/metrics", environ_overrides={"wsgi.multiprocess": True}).text
print("# scraped", text, sep="\\n")
print("# files", sorted(os.listdir(os.environ["PROMETHEUS_MULTIPROC_DIR"])))
"""


def test_counts_are_summed_over_processes_including_killed_ones(tmp_path: Path) -> None:
    folder = tmp_path / "counts"
    folder.mkdir()
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", SEVERAL], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    text, _, files = run.stdout.partition("# scraped\n")[2].partition("# files")
    counts = counts_of(text)
    assert counts.total(CONTACTS, pack="dk") == 13
    assert counts.total(REQUESTS_TOTAL, method="POST", route=ROUTE, status="200") == 13
    assert counts.total(f"{SECONDS}_count", route=ROUTE) == 13
    assert counts.total(FINDINGS, kind="duplicate-code") == 13
    assert counts.total("kodevagt_release_info", pack="dk") == 1
    assert counts.total("kodevagt_build_info") == 1
    assert files.count("counter_") == 4
