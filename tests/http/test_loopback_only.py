"""Without keys, the service answers this machine only, by its own names; with keys, proxies are trusted as configured."""

import itertools
from pathlib import Path

import pytest
from flask import request

from tests.each import naming
from tests.http.keyed import Keyed, keyed_service
from tests.http.problems import assert_problem
from validator import Service
from validator.store.keys import Role

OWN_HOSTS = ["localhost", "localhost:8000", "LocalHost:1", "127.0.0.1", "127.0.0.1:65535", "127.1.2.3", "[::1]", "[::1]:8000"]
FOREIGN_HOSTS = [
    "",
    "kodevagt.example",
    "localhost.example:8000",
    "localhost.",
    "127.0.0.1.example",
    "127.0.0.1:8000.example",
    "127.0.0.999",
    "128.0.0.1",
    "0.0.0.0",  # noqa: S104
    "192.168.1.2:8000",
    "10.0.0.1",
    "[::2]",
    "[::]:8000",
    "[fe80::1]",
    "::1",
    "localhost, kodevagt.example",
    "user@localhost",
    "localhost:8000/x",
    "１２７.0.0.1",
]
OWN_ADDRESSES = ["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"]
FOREIGN_ADDRESSES = ["192.0.2.7", "10.0.0.1", "0.0.0.0", "::ffff:192.0.2.7", "fe80::1", "", "localhost"]  # noqa: S104
FORWARDED = {
    "Forwarded": "for=192.0.2.7",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "localhost",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "443",
    "X-Forwarded-Prefix": "/kodevagt",
    "X-Forwarded-Something-New": "1",
    "X-Forwarded": "1",
    "X-Real-IP": "127.0.0.1",
    "Via": "1.1 proxy",
}
ADDRESSES = ["/v1/releases", "/health/live", "/docs", "/openapi.json", "/nowhere"]


@pytest.fixture(scope="module")
def keyed(service: Service, tmp_path_factory: pytest.TempPathFactory) -> Keyed:
    """A service without keys."""
    return keyed_service(service, tmp_path_factory.mktemp("store"))


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_without_keys_the_machine_s_own_names_are_accepted(keyed: Keyed, host: str) -> None:
    assert keyed.client.get("/v1/releases", environ_overrides={"HTTP_HOST": host}).status_code == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_without_keys_other_hosts_are_refused(keyed: Keyed, host: str) -> None:
    for address in ADDRESSES:
        answer = keyed.client.get(address, environ_overrides={"HTTP_HOST": host})
        assert "localhost" in assert_problem(answer, 421)["detail"]


@pytest.mark.parametrize("address", OWN_ADDRESSES)
def test_without_keys_programs_on_the_machine_are_answered(keyed: Keyed, address: str) -> None:
    assert keyed.client.get("/v1/releases", environ_overrides={"REMOTE_ADDR": address}).status_code == 200


@pytest.mark.parametrize("address", FOREIGN_ADDRESSES)
def test_without_keys_other_machines_are_refused(keyed: Keyed, address: str) -> None:
    assert_problem(keyed.client.get("/health/live", environ_overrides={"REMOTE_ADDR": address}), 421)


@pytest.mark.parametrize("proxies", [0, 1])
def test_without_keys_forwarded_requests_are_refused(service: Service, tmp_path: Path, proxies: int) -> None:
    keyed = keyed_service(service, tmp_path, proxies=proxies)
    for (header, value), address in itertools.product(FORWARDED.items(), ADDRESSES):
        with naming((header, address)):
            assert_problem(keyed.client.get(address, headers={header: value}), 421)


@pytest.mark.parametrize(
    "origin", ["https://kodevagt.example", "http://localhost:3000", "http://localhost.kodevagt.example", "null", ""]
)
def test_without_keys_pages_of_other_sites_are_refused(keyed: Keyed, origin: str) -> None:
    for method in ("GET", "POST"):
        answer = keyed.client.open("/v1/releases/ekm-2024-11/activate", method=method, headers={"Origin": origin})
        assert_problem(answer, 421)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_without_keys_its_own_pages_are_answered(keyed: Keyed, host: str) -> None:
    assert keyed.get("/v1/codes/L86", Host=host, Origin=f"http://{host}").status_code == 200


@pytest.mark.parametrize("language", ["da", "en", "sv"])
def test_the_refusal_is_in_the_requested_language(keyed: Keyed, language: str) -> None:
    spoken = {"Accept-Language": language}
    answers = [
        keyed.client.get("/docs", headers={**spoken, "Host": "kodevagt.example"}),
        keyed.client.get("/docs", headers={**spoken, "Via": "1.1 proxy"}),
        keyed.client.get("/docs", headers={**spoken, "Origin": "https://kodevagt.example"}),
        keyed.client.get("/docs", headers=spoken, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}),
    ]
    assert len({assert_problem(answer, 421, language=language)["detail"] for answer in answers}) == 4


def test_with_a_key_requests_may_come_from_anywhere(service: Service, tmp_path: Path) -> None:
    keyed = keyed_service(service, tmp_path)
    headers = {**FORWARDED, "Host": "kodevagt.example", "Authorization": f"Bearer {keyed.add(Role.READER)[1]}"}
    stranger = {"REMOTE_ADDR": "192.0.2.7"}
    assert keyed.client.get("/v1/releases", headers=headers, environ_overrides=stranger).status_code == 200
    assert keyed.client.get("/health/live", environ_overrides=stranger).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "seen"),
    [
        (0, ("198.51.100.1", "http", "kodevagt.internal")),
        (1, ("192.0.2.2", "https", "kodevagt.example")),
        (2, ("192.0.2.1", "http", "first.example")),
        (3, ("198.51.100.1", "http", "kodevagt.internal")),  # fewer than configured: none is trusted
    ],
)
def test_as_many_proxies_are_trusted_as_configured(
    service: Service, tmp_path: Path, proxies: int, seen: tuple[str, str, str]
) -> None:
    keyed = keyed_service(service, tmp_path, proxies=proxies)
    keyed.add(Role.READER)
    found = []
    keyed.app.before_request(lambda: found.append((request.remote_addr, request.scheme, request.host)))
    headers = {
        "X-Forwarded-For": "192.0.2.1, 192.0.2.2",
        "X-Forwarded-Proto": "http, https",
        "X-Forwarded-Host": "first.example, kodevagt.example",
        "Host": "kodevagt.internal",
    }
    keyed.client.get("/health/live", headers=headers, environ_overrides={"REMOTE_ADDR": "198.51.100.1"})
    assert found == [seen]
