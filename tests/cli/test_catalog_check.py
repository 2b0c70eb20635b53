"""`kodevagt catalog check` against a local registry; slow tests use npm's own."""

import base64
import hashlib
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.catalogue.editions import tarball, titles
from tests.cli.process import free_port
from tests.conftest import ROOT
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions import npm_comparison
from validator.cli.main import main

PATH = "/@navikt/diagnosekoder/-/diagnosekoder-1.2026.0.tgz"


class Registry(http.server.ThreadingHTTPServer):
    """A registry that serves one tarball at the address of the pinned package."""

    content = b""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:  # the name that the library calls
        found = self.path == PATH
        self.send_response(200 if found else 404)
        self.end_headers()
        if found:
            self.wfile.write(self.server.content)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def registry() -> Iterator[Registry]:
    with Registry(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def send(registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Serve a package with these codes as the pinned one."""

    def send(codes: dict[str, str]) -> None:
        registry.content = tarball(tmp_path / "sendt.tgz", codes).read_bytes()
        monkeypatch.setattr(npm_comparison, "_SHA512", base64.b64encode(hashlib.sha512(registry.content).digest()).decode())

    return send


def check(registry: str, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["catalog", "check", "--registry", registry, *words])
    assert result.exit_code == code, result.output
    return result


Send = Callable[[dict[str, str]], None]


def test_equal_codes_give_no_difference(registry: Registry, send: Send, catalogue: Catalogue) -> None:
    send({**titles(catalogue), "D991": "Lokal"})
    answer = check(registry.address).stdout
    assert "686 koder er de samme.\n0 titler har intet ord til fælles" in answer


def test_codes_on_one_side_only_are_reported(registry: Registry, send: Send, catalogue: Catalogue) -> None:
    send(titles(catalogue, ["L84"], A22="Ny"))
    answer = check(registry.address, code=1).stdout
    assert "Kun her: L84.\nKun der: A22.\n" in answer


def test_titles_without_a_common_word_are_reported_for_review(registry: Registry, send: Send, catalogue: Catalogue) -> None:
    own = titles(catalogue)
    send({**own, "L86": own["H71"], "A08": "Hevelse", "L90": "Kneleddsartrose"})
    answer = json.loads(check(registry.address, "--format", "json").stdout)
    assert answer["unlike"] == [{"code": "L86", "ours": own["L86"], "theirs": own["H71"]}]
    assert f"  L86  {own['L86']}  |  {own['H71']}\n" in check(registry.address).stdout


def test_a_package_other_than_the_pinned_one_is_refused(registry: Registry, send: Send, catalogue: Catalogue) -> None:
    send(titles(catalogue))
    registry.content += b"\0"
    refused = check(registry.address, code=1)
    assert "fingeraftrykket" in refused.stderr
    assert refused.stdout == ""


def test_an_unreachable_registry_is_reported(registry: Registry) -> None:
    refused = check(f"http://127.0.0.1:{free_port()}", code=2)
    assert "kontrollen er ikke kørt" in refused.stderr
    assert "kan ikke nås" in check(f"{registry.address}/andet", code=2).stderr
    assert "ikke en adresse" in check("file:///etc/passwd", code=2).stderr


def test_no_file_of_the_package_remains(
    registry: Registry, send: Send, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(titles(catalogue, L86="Kun i registret"))
    (tmp_path / "her").mkdir()
    monkeypatch.chdir(tmp_path / "her")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "her"))
    before = {path: path.stat().st_mtime_ns for path in (ROOT / "catalog").iterdir()}
    check(registry.address)
    assert list(Path.cwd().iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in (ROOT / "catalog").iterdir()} == before


@pytest.mark.soak
def test_the_shipped_codes_equal_those_of_the_registry() -> None:
    result = CliRunner().invoke(main, ["catalog", "check"])
    print(f"\n{result.output.splitlines()[0]}")
    if "kan ikke nås" in result.stderr:
        assert result.exit_code == 2
    else:
        assert result.exit_code == 0
        assert "686 koder er de samme" in result.stdout
