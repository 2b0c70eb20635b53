"""The limit of requests a minute for each key, refilled evenly; none without keys."""

import math
from pathlib import Path

import pytest

from tests.http.keyed import Keyed, keyed_service
from tests.http.problems import assert_problem
from tests.http.routes import CONTACT
from validator import Service
from validator.store.keys import Role
from validator.web.http import rate_limit as module
from validator.web.http.rate_limit import RateLimiter

CODES = "/v1/codes/L86"


class Clock:
    """A clock that the test advances."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def statuses(keyed: Keyed, secret: str, count: int) -> list[int]:
    return [keyed.get(CODES, Authorization=f"Bearer {secret}").status_code for _ in range(count)]


def test_a_bucket_is_full_at_first_and_fills_evenly(clock: Clock) -> None:
    rate = RateLimiter(60)
    assert [rate.take(1) for _ in range(61)] == [0] * 60 + [1]
    clock.now += 0.5
    assert rate.take(1) == 1
    clock.now += 0.5
    assert [rate.take(1), rate.take(1)] == [0, 1]
    clock.now += 10
    assert [rate.take(1) for _ in range(11)] == [0] * 10 + [1]


def test_a_bucket_never_has_more_than_its_limit(clock: Clock) -> None:
    rate = RateLimiter(5)
    rate.take(1)
    clock.now += 3600
    assert [rate.take(1) for _ in range(6)].count(0) == 5


def test_a_caller_that_waits_as_long_as_reported_is_admitted(clock: Clock) -> None:
    for limit in (1, 7, 6000):
        rate = RateLimiter(limit)
        for _ in range(limit):
            assert rate.take(1) == 0
        wait = rate.take(1)
        assert wait == math.ceil(60 / limit)
        clock.now += wait
        assert rate.take(1) == 0


def test_a_refused_request_takes_no_token(clock: Clock) -> None:
    rate = RateLimiter(1)
    rate.take(1)
    assert [rate.take(1) for _ in range(100)] == [60] * 100
    clock.now += 60
    assert rate.take(1) == 0


@pytest.mark.usefixtures("clock")
def test_a_key_over_its_limit_gets_a_429_and_others_do_not(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=3)
    _, secret = keyed.add(Role.PRACTICE)
    _, other = keyed.add(Role.PRACTICE)
    assert statuses(keyed, secret, 3) == [200, 200, 200]
    refused = keyed.get(CODES, Authorization=f"Bearer {secret}")
    assert "3" in assert_problem(refused, 429)["detail"]
    assert refused.headers["Retry-After"] == "20"
    assert statuses(keyed, other, 1) == [200]
    assert keyed.get("/health/live", Authorization=f"Bearer {secret}").status_code == 200


@pytest.mark.usefixtures("clock")
def test_a_request_without_a_valid_key_is_not_counted(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=1)
    _, secret = keyed.add(Role.READER)
    for _ in range(3):
        assert keyed.client.post("/v1/validate", headers={"Authorization": f"Bearer {secret}"}).status_code == 403
        assert keyed.get(CODES).status_code == 401
    assert statuses(keyed, secret, 2) == [200, 429]


@pytest.mark.usefixtures("clock")
def test_a_batch_counts_as_one_request(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=2)
    headers = {"Authorization": f"Bearer {keyed.add(Role.PRACTICE)[1]}", "Content-Type": "application/x-ndjson"}
    sent = [keyed.client.post("/v1/validate/batch", data=(CONTACT + b"\n") * 50, headers=headers, buffered=True) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [200, 200, 429]
    assert len(sent[0].data.splitlines()) == 50


def test_full_buckets_are_dropped(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_BUCKETS", 3)
    rate = RateLimiter(60)
    for caller in ("first", "second"):
        rate.take(caller)
    clock.now += 5
    for _ in range(60):
        assert rate.take("busy") == 0
    clock.now += 0.5
    assert rate.take("busy") == 1
    assert rate.take("new") == 0
    assert rate.take("busy") == 1
    assert len(rate._buckets) <= 3


@pytest.mark.usefixtures("clock")
def test_forms_from_an_address_without_a_key_have_the_limit_too(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=2)
    keyed.add(Role.READER)

    def sent(address: str) -> int:
        return keyed.client.post("/cases/dagplejeren", environ_overrides={"REMOTE_ADDR": address}).status_code

    assert [sent("192.0.2.1") for _ in range(3)] == [400, 400, 429]
    assert sent("192.0.2.2") == 400
    assert keyed.client.get("/cases", environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code == 200


@pytest.mark.usefixtures("clock")
def test_zero_is_no_limit(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=0)
    assert statuses(keyed, keyed.add(Role.READER)[1], 50) == [200] * 50


@pytest.mark.usefixtures("clock")
def test_without_keys_there_is_no_limit(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path, rate=1)
    assert [keyed.get(CODES).status_code for _ in range(5)] == [200] * 5
