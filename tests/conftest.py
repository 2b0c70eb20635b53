"""What tests share: the shipped catalogue and release, the application over them, and a way to send a contact."""

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
from validator import Service, read_request
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_folder

ROOT = Path(__file__).parent.parent
# The tests have a store of their own, without keys; set before any application is made, and for the servers that tests start.
_STORE = Path(tempfile.mkdtemp(prefix="kodevagt-"))
os.environ["KODEVAGT_DATABASE"] = str(_STORE / "kodevagt.db")
os.environ["KODEVAGT_SANDBOX_TIME_FACTOR"] = "3"  # a busy machine is no failure


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
    """Judges a contact given as the members of `encounter`; the date and specialty have defaults with every course in force."""

    def judge(overrides: list[dict[str, Any]] | None = None, *, language: str | None = None, **encounter: Any) -> dict[str, Any]:
        contact = {"date": "2027-06-01", "specialty": "51", "diagnoses": [], **encounter}
        return service.judge(read_request({"encounter": contact, "overrides": overrides}), language=language).to_json()

    return judge


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that everybody may write in, while this process may do no more than anybody: root is bound by no file's mode."""
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
