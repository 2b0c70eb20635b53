"""Addresses, hosts and forwarded headers that no route can digest are 4xx, and redirect nowhere."""

from pathlib import Path

import pytest

from tests.each import naming
from tests.http.keyed import Keyed, keyed_service
from tests.http.problems import assert_problem
from validator import Service
from validator.store.keys import Role

PATHS = ["//v1//codes", "//v1//validate", "/v1//codes", "/v1/codes//", "//zyxwv/%0d%0a"]
HOSTS = [
    "127.0.0.1:99999",
    "localhost:abc",
    "localhost:-1",
    "[::1",
    "[::1]:x",
    "",
    "a b",
    "a@b",
    "localhost:80:90",
    "zyxwv\n",
    "\xe6",
]


@pytest.fixture
def proxied(service: Service, tmp_path: Path) -> Keyed:
    """A service with a key behind a proxy."""
    keyed = keyed_service(service, tmp_path, proxies=1)
    keyed.add(Role.PRACTICE)
    return keyed


@pytest.mark.parametrize("path", PATHS)
def test_repeated_slashes_are_a_404_whatever_the_host(proxied: Keyed, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    for host in HOSTS:
        for variable in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR"):
            with naming(f"{variable}: {host!r}"):
                answer = proxied.client.get("/", environ_overrides={"PATH_INFO": path, variable: host})
                assert_problem(answer, 404, absent="zyxwv")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("host", HOSTS[1:])  # the first names this machine
def test_without_keys_an_invalid_host_is_refused(service: Service, tmp_path: Path, host: str) -> None:
    client = keyed_service(service, tmp_path).client
    for path in PATHS:
        assert_problem(client.get("/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": host}), 421, absent="zyxwv")
