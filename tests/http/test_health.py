"""`GET /health/ready` is 503 without a release, while the service stops, and while its store cannot be written."""

import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from flask import Flask

from api import create_app
from tests.http.keyed import keyed_service
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.store import snapshot
from validator.web.http.stop_signal import watch_for_stop


def readiness(app: Flask) -> tuple[int, str]:
    response = app.test_client().get("/health/ready")
    assert app.test_client().get("/health/live").status_code == 200
    return response.status_code, response.get_json()["status"]


def test_a_service_with_releases_is_ready_and_names_the_current_ones(app: Flask, service: Service) -> None:
    assert readiness(app) == (200, "ready")
    assert app.test_client().get("/health/ready").get_json()["releases"] == {
        pack: service.validator(pack).release.name for pack in ("dk", "se")
    }


def test_without_a_release_the_service_is_not_ready(catalogue: Catalogue) -> None:
    assert readiness(create_app(service=Service.from_releases(catalogue, []))) == (503, "starting")


def test_a_stopping_service_is_not_ready(service: Service) -> None:
    app = create_app(service=service)
    app.extensions["kodevagt_stopping"] = lambda: True
    assert readiness(app) == (503, "stopping")


def test_with_a_read_only_store_the_service_is_not_ready(service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_RETRY_AFTER", 0)
    keyed = keyed_service(service, tmp_path)
    assert readiness(keyed.app) == (200, "ready")
    aside = keyed.store.path.rename(tmp_path / "aside.db")
    assert readiness(keyed.app) == (503, "store-not-writable")
    aside.rename(keyed.store.path)
    assert readiness(keyed.app) == (200, "ready")


@pytest.fixture
def handled() -> Iterator[list[int]]:
    """The signals handled by a server that installs its handler before it loads the application."""
    seen: list[int] = []

    def handle(number: int, _: FrameType | None) -> None:
        seen.append(number)

    before = signal.signal(signal.SIGTERM, handle)
    yield seen
    signal.signal(signal.SIGTERM, before)


def test_sigterm_is_seen_and_passed_to_the_server(handled: list[int]) -> None:
    stopping = watch_for_stop()
    assert not stopping()
    signal.raise_signal(signal.SIGTERM)
    assert stopping()
    assert handled == [signal.SIGTERM]


def test_sigterm_still_ends_a_process_without_a_handler() -> None:
    before = signal.getsignal(signal.SIGTERM)
    watch_for_stop()
    assert signal.getsignal(signal.SIGTERM) is before
