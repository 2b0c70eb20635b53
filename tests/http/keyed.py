"""A service with a store and keys of its own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from tests.http.routes import Route
from validator import Service, Settings
from validator.store.database import Database
from validator.store.keys import Role, add_key, revoke_key


@dataclass
class Keyed:
    """An application and its store; keys are changed through another connection, as by the command line."""

    app: Flask
    store: Database

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def add(self, role: Role) -> tuple[int, str]:
        """Add a key; return its id and the key."""
        key, secret = add_key(self.store, role=role, name=f"For {role}", actor="test")
        return key.id, secret

    def revoke(self, id: int) -> None:
        revoke_key(self.store, id, actor="test")

    def ask(self, route: Route, key: str | None = None, *, method: str | None = None) -> TestResponse:
        """Call a route with a valid request and this key."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.client.open(route.address, method=method or route.method, headers=headers, **route.sent)

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def keyed_service(service: Service, folder: Path, **settings: Any) -> Keyed:
    """Return an application with a new store in a folder."""
    path = folder / "kodevagt.db"
    return Keyed(create_app(Settings(database=path, **settings), service), Database(path))
