"""A pytest plugin that records the requests of the tests: `RECORDED=FOLDER python -m pytest -p benchmarks.recording tests`.

It is loaded before the tests import anything, and replaces two public functions of the project by ones that record their
arguments: `api.create_app` (every request to the applications it creates) and `validator.read_request` (every contact).
"""

import contextlib
import functools
import hashlib
import io
import itertools
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from werkzeug.wsgi import ClosingIterator

import api
import validator
from benchmarks.replay import LIBRARY, TOKEN, codes, makes_group, recorded_line, request_line

_FOLDER = Path(os.environ["RECORDED"])
_TOKEN = re.compile(rb"(?<=form_token=)[0-9a-f]{64}")
_PATHS = ("rules", "catalog", "cases", "sample")
_numbers = itertools.count()


class Recorder:
    """A WSGI application with its requests recorded, except those whose body is a stream, such as aborted ones."""

    def __init__(self, app: Callable[..., Iterable[bytes]], settings: validator.Settings | None) -> None:
        self._app = app
        self._settings = settings
        self._name = f"{os.getpid()}-{next(_numbers)}"

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        stream, sent = environ["wsgi.input"], dict(environ)
        started: list[Any] = ["", []]

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            started[:] = status, list(headers)
            return start_response(status, headers, *failed)

        parts = self._app(environ, start)
        if isinstance(stream, io.BytesIO):
            status, headers = started
            if makes_group(sent):
                with contextlib.closing(ClosingIterator(parts)) as chunks:
                    parts = list(chunks)
            body = stream.getvalue() if status.startswith("400") else _TOKEN.sub(TOKEN, stream.getvalue())
            line = recorded_line(self._name, sent, body)
            _write(
                {**line, "settings": self._variables, "codes": codes(headers, b"".join(parts) if isinstance(parts, list) else b"")}
            )
        return parts

    @functools.cached_property
    def _variables(self) -> dict[str, str]:
        """Return the paths in the settings that the test changed, copied at the first request."""
        default, own = validator.Settings(), self._settings or validator.Settings()
        changed = {name: path for name in _PATHS if (path := getattr(own, name)) != getattr(default, name) and path.exists()}
        return {f"KODEVAGT_{name.upper()}": str(_copy(path)) for name, path in changed.items()}


def _copy(path: Path) -> Path:
    """Copy a file or a folder to a name derived from its content."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        digest.update(f"{file.relative_to(path)}\n".encode() + (file.read_bytes() if file.is_file() else b""))
    copy = _FOLDER / digest.hexdigest()
    if not copy.exists():
        shutil.copytree(path, copy) if path.is_dir() else shutil.copy(path, copy)
    return copy


def _write(line: dict[str, Any]) -> None:
    with open(_FOLDER / f"{os.getpid()}.jsonl", "a", encoding="ascii") as file:
        file.write(json.dumps(line) + "\n")


def _recorded_app(create_app: Callable[..., Any]) -> Callable[..., Any]:
    def create(settings: validator.Settings | None = None, *arguments: Any, **named: Any) -> Any:
        app = create_app(settings, *arguments, **named)
        app.wsgi_app = Recorder(app.wsgi_app, settings)
        return app

    return create


def _recorded_reader(read_request: Callable[..., Any]) -> Callable[..., Any]:
    def read(data: Any, *arguments: Any, **named: Any) -> Any:
        try:
            body = json.dumps(data)
        except (TypeError, ValueError):  # no JSON, so it cannot be sent over HTTP
            body = None
        if body is not None:
            _write(request_line(LIBRARY, body.encode()))
        return read_request(data, *arguments, **named)

    return read


api.create_app = _recorded_app(api.create_app)
validator.read_request = _recorded_reader(validator.read_request)
