"""Clients that openapi-typescript and openapi-python-client generate: they pass a type checker and call the service."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Served, ready
from tests.conftest import ROOT

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
SETTINGS = ROOT / "docs" / "clients" / "openapi-python-client.yaml"
ANSWERS = {
    "id": "contact-7f3a",
    "status": "error",
    "kinds": ["main-not-in-course-set"],
    "codes": ["L90"],
    "listed": ["2025-04-01", "L90"],
    "title": "Osteoarthritis of the knee",
    "read": 200,
}
# The template of the generator passes `*args: object` on.
MYPY = """[mypy]
strict = True
[mypy-kodevagt_client.client]
ignore_errors = True
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with ready(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture
def document(served: Served, tmp_path: Path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_bytes(served.send("GET", "/openapi.json")[2])
    return path


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command, which must succeed."""
    run = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run


def test_the_types_of_openapi_typescript_call_the_service(served: Served, document: Path) -> None:
    assert MODULES.exists(), "the generators for Node are missing; install them: make generators"
    folder = document.parent
    for name in ("package.json", "tsconfig.json", "call.ts"):
        shutil.copy(HERE / name, folder)
    (folder / "node_modules").symlink_to(MODULES)
    programs = MODULES / ".bin"
    run(programs / "openapi-typescript", document, "--output", "schema.d.ts", folder=folder)
    run(programs / "tsc", "--project", ".", folder=folder)
    answers = json.loads(run("node", "call.js", f"http://127.0.0.1:{served.port}", folder=folder).stdout)
    assert answers == {**ANSWERS, "refused": ["/encounter/date"]}


def test_the_client_of_openapi_python_client_calls_the_service(served: Served, document: Path) -> None:
    folder = document.parent
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # the generator formats with ruff
    package = folder / "kodevagt_client"
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", document, "--config", SETTINGS]
    said = run(*command, "--meta", "none", "--output-path", package, folder=folder, PATH=path)
    # The generator knows no NDJSON, and no YAML; a rule file can be sent as JSON too.
    assert [line for line in said.stderr.splitlines() if line.startswith("WARNING")] == [
        "WARNING parsing POST /v1/validate/batch within validation. Endpoint will not be generated.",
        "WARNING parsing GET /v1/conformance within conformance.",
        "WARNING parsing POST /v1/rules/check within workshop.",
    ]
    shutil.copy(HERE / "call_client.py", folder)
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    run(sys.executable, "-m", "mypy", "kodevagt_client", "call_client.py", folder=folder)
    modules = os.pathsep.join([".", os.environ.get("PYTHONPATH", "")])
    address, key = f"http://127.0.0.1:{served.port}", "kv_none"  # a service without keys ignores it
    called = run(sys.executable, "call_client.py", address, key, folder=folder, PYTHONPATH=modules)
    answers = json.loads(called.stdout)
    assert answers == {**ANSWERS, "refused": ["/encounter/specialty"]}
