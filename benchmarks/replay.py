"""Send recorded requests to the application of a source tree, and write its answers without what differs between two runs.

Run by its path, in a process whose PYTHONPATH is the tree: `python -P benchmarks/replay.py REQUESTS ANSWERS`. It imports nothing of
the project but `api.create_app`, so that one script serves trees of every layout. Both files have one JSON object a line; bodies
are written as Latin-1, one character a byte.
"""

import hashlib
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

Line = dict[str, Any]
LIBRARY = "library"  # the application of the requests that tests give to the library
TOKEN = b"T" * 64  # instead of a form's token in a recorded body: each store signs with a secret of its own
# What two runs of one commit answer differently, with the reason.
NORMALIZED = {
    "random: request ids, the cookie of a browser": (re.compile(rb"\b[0-9a-f]{32}\b"), b"<32 hex digits>"),
    "signed with the secret of the store": (re.compile(rb'(name="form_token" value=")[0-9a-f]{64}'), rb"\1<token>"),
    "the time of the run": (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(Z|\+00:00)"), b"<time>"),
    "the expiry of a cookie, from the time of the run": (re.compile(rb"Expires=[^;]+"), b"Expires=<time>"),
    "documentation, whose English may change": (re.compile(rb'"(description|summary)":\s*"(?:[^"\\]|\\.)*"'), rb'"\1":"<text>"'),
    "the version, which changes with each release": (re.compile(rb'"version":\s*"\d+\.\d+\.\d+"'), b'"version":"<version>"'),
}
NOT_COMPARED = {
    "/metrics": "seconds, and counts by the order of threads",
}
HEADERS_NOT_COMPARED = {
    "Content-Length": "it follows from the body before it is normalized",
    "Date": "the time of the run",
    "Last-Modified": "the time of a file's checkout",
}
# Codes of learners and groups are random too, but later requests send them: each run's own takes the place of the recorded one.
_LETTER = "[23456789bcdfghjkmnpqrstvwxyz]"
_CODES = re.compile(
    f"kodevagt_learner=({_LETTER}{{4}}-{_LETTER}{{4}}-{_LETTER}{{4}});"
    f"|\nLocation: /groups/({_LETTER}{{6}})\n"
    f'|\n{{"code":"({_LETTER}{{6}})"'
)


def request_line(app: str, body: bytes, language: str | None = None) -> Line:
    """A request of `/v1/validate` as a line of the file."""
    headers = [("Accept-Language", language)] if language else []
    builder = EnvironBuilder("/v1/validate", method="POST", data=body, content_type="application/json", headers=headers)
    return recorded_line(app, builder.get_environ(), body)


def recorded_line(app: str, environ: dict[str, Any], body: bytes) -> Line:
    """A request to the application `app` as a line of the file."""
    sent = {name: value for name, value in environ.items() if isinstance(value, str | bool) and not name.startswith("werkzeug.")}
    return {"app": app, "environ": sent, "body": body.decode("latin-1"), "codes": [], "settings": {}}


def makes_group(environ: dict[str, Any]) -> bool:
    """Whether the body of the answer has the code of a new group."""
    return (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", "/v1/groups")


def codes(headers: Iterable[tuple[str, str]], body: bytes = b"") -> list[str]:
    """Return the random codes of learners and groups that an answer issues; `body` if it creates a group."""
    text = "".join(f"\n{name}: {value}\n" for name, value in headers) + "\n" + body.decode("latin-1")
    return [found[found.lastindex or 0] for found in _CODES.finditer(text)]


def replay(lines: Iterable[Line], folder: Path) -> Iterator[str]:
    """Yield the answer to each request, from a new application and store for each recorded application."""
    name, app = None, Flask("none")
    own: dict[str, str] = {}
    for line in lines:
        if line["app"] != name:
            name, app, own = line["app"], _new_app(line["settings"], folder), {}
        yield json.dumps(answer(app, line, own))


def _new_app(settings: dict[str, str], folder: Path) -> Flask:
    """Return an application with its own store: a copy of one that has imported the releases and cases of the settings."""
    import api  # of the tree that PYTHONPATH names

    if Path(api.__file__).parent != Path(os.environ["PYTHONPATH"]):
        raise RuntimeError(f"the application is not that of the tree: {api.__file__}")
    os.environ.update({"KODEVAGT_RATE": "0"} | settings)  # no rate limit, which a replay would exceed
    imported, own = folder / hashlib.sha256(repr(settings).encode()).hexdigest(), folder / "store"
    if not imported.exists():
        os.environ["KODEVAGT_DATABASE"] = str(imported / "kodevagt.db")
        imported.mkdir()
        api.create_app().test_client().get("/v1/cases")
    shutil.rmtree(own, ignore_errors=True)
    os.environ["KODEVAGT_DATABASE"] = str(shutil.copytree(imported, own) / "kodevagt.db")
    app: Flask = api.create_app()
    for name in settings:
        del os.environ[name]
    return app


def answer(app: Flask, line: Line, own: dict[str, str]) -> Line:
    """Return the answer to a request. `own` maps recorded codes to those of this run; codes that the answer issues are added."""
    sent = json.dumps([line["environ"], line["body"]])
    for recorded, code in own.items():
        sent = sent.replace(recorded, code).replace(recorded.upper(), code.upper())
    environ, text = json.loads(sent)
    body = text.encode("latin-1")
    if TOKEN in body:
        body = body.replace(TOKEN, _form_token(app, environ.get("HTTP_COOKIE", "")))
    environ |= {"wsgi.version": (1, 0), "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr}
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    content = b"".join(parts)
    if environ["PATH_INFO"] in NOT_COMPARED:
        headers, content = Headers(), b""
    issued = codes(headers.items(), content if makes_group(environ) else b"")
    names = line["codes"] if len(line["codes"]) == len(issued) else [f"<code {len(own) + number}>" for number in range(len(issued))]
    own.update(zip(names, issued, strict=True))
    comparable, head = normalized(content, own), normalized("".join(sorted(_shown(headers))).encode("latin-1"), own)
    if not content or comparable != content:  # the ETag depends on what was normalized
        head = re.sub(rb"ETag: .*\n", b"", head)
    return {"status": status, "answer": (head + b"\n" + comparable).decode("latin-1")}


def normalized(answer: bytes, own: dict[str, str]) -> bytes:
    """Return an answer with placeholders for what differs between runs, and with the recorded codes instead of this run's own."""
    for pattern, name in NORMALIZED.values():
        answer = pattern.sub(name, answer)
    for recorded, code in own.items():
        answer = answer.replace(code.encode(), recorded.encode())
        answer = answer.replace(code.upper().encode(), recorded.upper().encode())
    return answer


def _shown(headers: Headers) -> list[str]:
    # The ETag of a static file depends on the time of its checkout.
    left_out = {*HEADERS_NOT_COMPARED, "ETag"} if "Last-Modified" in headers else HEADERS_NOT_COMPARED
    return [f"{name}: {value}\n" for name, value in headers.items() if name not in left_out]


def _form_token(app: Flask, cookie: str) -> bytes:
    """The token that the store's forms have for a browser."""
    page = app.test_client(use_cookies=False).get("/", headers={"Cookie": cookie}).data
    found = re.search(rb'name="form_token" value="([0-9a-f]{64})"', page)
    return found[1] if found else TOKEN


def main(requests: str, answers: str) -> None:
    with tempfile.TemporaryDirectory() as folder, open(requests, encoding="ascii") as lines, open(answers, "w") as file:
        file.writelines(text + "\n" for text in replay(map(json.loads, lines), Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
