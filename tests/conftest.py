"""Shared fixtures: the shipped catalogue and releases, the application, and a judge of contacts."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from tests.stores import make_store
from validator import Service, read_request
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_folder

ROOT = Path(__file__).parent.parent
# The tests have their own store, without keys; set before any application is created, also for servers that tests start.
_STORE = Path(tempfile.mkdtemp(prefix="kodevagt-"))
os.environ["KODEVAGT_DATABASE"] = str(make_store(_STORE / "kodevagt.db"))
os.environ["KODEVAGT_SANDBOX_TIME_FACTOR"] = "3"  # the machine may be busy


def pytest_unconfigure() -> None:
    shutil.rmtree(_STORE)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "catalog")


@pytest.fixture(scope="session")
def releases(catalogue: Catalogue) -> list[Release]:
    return read_folder(ROOT / "rules", catalogue)


@pytest.fixture(scope="session")
def release(releases: list[Release]) -> Release:
    """The current Danish release."""
    return next(release for release in releases if release.pack == "dk" and release.status == "current")


@pytest.fixture(scope="session")
def service(catalogue: Catalogue, releases: list[Release]) -> Service:
    return Service.from_releases(catalogue, releases)


@pytest.fixture(scope="session")
def app(service: Service) -> Flask:
    return create_app(service=service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("kodevagt_form", "0" * 32)
    return client


@pytest.fixture(scope="session")
def judge(service: Service) -> Callable[..., dict[str, Any]]:
    """A judge whose arguments are the members of `encounter`; on the default date every course is in force."""

    def judge(overrides: list[dict[str, Any]] | None = None, *, language: str | None = None, **encounter: Any) -> dict[str, Any]:
        contact = {"date": "2027-06-01", "specialty": "51", "diagnoses": [], **encounter}
        return service.judge(read_request({"encounter": contact, "overrides": overrides}), language=language).to_json()

    return judge


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everybody may write to, with this process not running as root, which ignores file modes."""
    folder = Path(tempfile.mkdtemp(prefix="kodevagt-"))
    folder.chmod(0o777)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        shutil.rmtree(folder)
