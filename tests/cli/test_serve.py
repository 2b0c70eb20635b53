"""`kodevagt serve` serves from any folder until it is stopped, and prints nothing of what was sent."""

import http.client
import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.process import KODEVAGT, PATIENCE, Served, ready
from tests.conftest import ROOT
from validator.cli.main import main

pytestmark = pytest.mark.slow
CONTACT = b'{"encounter":{"date":"2025-10-14","specialty":"51","course":"artrose-knae","diagnoses":[{"code":"L92"}]}}'


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with ready(tmp_path) as found:
        yield found


def test_the_service_starts_in_an_empty_folder_and_stops_on_sigterm(served: Served) -> None:
    status, headers, body = served.send("POST", "/v1/validate", CONTACT, Content_Type="application/json", X_Request_ID="r-1")
    assert (status, headers["X-Request-ID"]) == (200, "r-1")
    assert json.loads(body)["findings"][0]["suggestions"][0]["code"] == "L90"

    batch = b"\n".join([CONTACT, b"no json", CONTACT])
    status, _, body = served.send("POST", "/v1/validate/batch", batch, Content_Type="application/x-ndjson")
    assert (status, len(body.splitlines())) == (200, 3)
    assert served.send("GET", "/docs/assets/swagger-ui.css")[0] == 200

    printed = served.stop()
    assert served.process.returncode == 0
    assert "Traceback" not in printed
    assert all(path.name.startswith("kodevagt.db") for path in served.folder.iterdir())
    logged = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    assert [line["request_id"] for line in logged].count("r-1") == 1
    assert f"http://127.0.0.1:{served.port}" in printed


def test_standard_output_is_json_lines(tmp_path: Path) -> None:
    """The messages of the server and the command are on standard error, which a shell can redirect."""
    command = ["sh", "-c", f'exec "{KODEVAGT}" serve 2> stderr.txt']
    with ready(tmp_path, command) as found:
        found.send("GET", "/health/live")
        printed = found.stop()
    assert {json.loads(line)["event"] for line in printed.splitlines()} >= {"request"}
    messages = (tmp_path / "stderr.txt").read_text(encoding="utf-8")
    assert "Kodevagt svarer på" in messages
    assert "[WARNING]" not in messages


@pytest.mark.parametrize("redirect", ["2> /dev/full", "2>&-"])
def test_a_standard_error_that_cannot_be_written_stops_nothing(redirect: str, tmp_path: Path) -> None:
    with ready(tmp_path, ["sh", "-c", f'exec "{KODEVAGT}" serve {redirect}']) as found:
        assert found.status("/health/ready") == 200
        assert "Traceback" not in found.stop()
    assert found.process.returncode == 0


def test_a_rule_folder_without_a_head_is_left_out_and_logged(tmp_path: Path) -> None:
    rules = shutil.copytree(ROOT / "rules", tmp_path / "regler")
    (rules / "se" / "halv").mkdir()
    (rules / "se" / "halv" / "regler.yaml").write_text("rules: []\n", encoding="utf-8")
    command = ["sh", "-c", f'exec "{KODEVAGT}" serve 2> /dev/null']
    with ready(tmp_path, command, KODEVAGT_RULES=str(rules)) as found:
        assert set(json.loads(found.send("GET", "/health/ready")[2])["releases"]) == {"dk", "se"}
        logged = [json.loads(line) for line in found.stop().splitlines()]
    assert [line["folder"] for line in logged if line["event"] == "rule-folder-left-out"] == [str(rules / "se" / "halv")]


def test_a_file_with_a_module_name_in_the_folder_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "api.py").write_text('raise SystemExit("not this one")\n', encoding="utf-8")
    with ready(tmp_path) as found:
        assert found.send("GET", "/health/ready")[0] == 200
        assert "not this one" not in found.stop()


def test_the_service_accepts_the_name_of_this_machine(tmp_path: Path) -> None:
    with ready(tmp_path, KODEVAGT_HOST="localhost") as found:
        assert "http://localhost:" in found.stop()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param({"KODEVAGT_HOST": "0.0.0.0"}, 1, id="others can reach it"),  # noqa: S104
        pytest.param({"KODEVAGT_HOST": "0.0.0.0", "KODEVAGT_PROXIES": "1"}, 0, id="behind a proxy"),  # noqa: S104
        pytest.param({"KODEVAGT_HOST": "localhost"}, 0, id="this machine only"),
    ],
)
def test_a_service_that_others_can_reach_says_that_it_belongs_behind_a_proxy(
    tmp_path: Path, settings: dict[str, str], expected: int
) -> None:
    added = CliRunner().invoke(
        main,
        ["keys", "add", "--create", "--role", "practice", "--name", "Journalsystem"],
        env={"KODEVAGT_DATABASE": str(tmp_path / "kodevagt.db")},
    )
    assert added.exit_code == 0
    with ready(tmp_path, **settings) as found:
        lines = [line for line in found.stop().splitlines() if "proxy" in line]
    assert len(lines) == expected
    assert all("docs/settings.md" in line and "deploy/nginx.conf" in line for line in lines)


def test_the_printed_command_can_be_pasted(served: Served) -> None:
    printed = served.stop()
    (line,) = [line for line in printed.splitlines() if line.startswith("curl ")]
    words = shlex.split(line)
    assert f"http://127.0.0.1:{served.port}/v1/validate" in words
    assert json.loads(words[words.index("-d") + 1]) == {
        "encounter": {"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92"}]}
    }
    assert words[words.index("-H") + 1] == "Content-Type: application/json"


def test_a_chunked_body_is_read_up_to_its_limit(served: Served) -> None:
    def chunked(body: bytes) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
        try:
            pieces = (body[start : start + 2**16] for start in range(0, len(body), 2**16))
            connection.request("POST", "/v1/validate", pieces, {"Content-Type": "application/json"}, encode_chunked=True)
            return connection.getresponse().status
        finally:
            connection.close()

    assert chunked(CONTACT) == 200
    assert chunked(CONTACT.ljust(2**20)) == 200
    assert chunked(CONTACT.ljust(2**20 + 1)) == 413


def test_no_cpr_number_is_printed(served: Served) -> None:
    number = "010190-1234"
    body = CONTACT.replace(b'"L92"', f'"{number}"'.encode())
    sent = [
        served.send("POST", "/v1/validate", body, Content_Type="application/json"),
        served.send("POST", "/v1/validate/batch", body, Content_Type="application/x-ndjson"),
        served.send("GET", f"/v1/codes/{number}"),
        served.send("GET", f"/nowhere?q={number}"),
        served.send("GET", "/v1/courses", X_Request_ID=number),
        served.send("GET", "/v1/courses", User_Agent=number, Referer=number, Cookie=f"cpr={number}"),
    ]
    assert [status for status, _, _ in sent] == [422, 200, 422, 422, 422, 200]
    assert not any(number in str(headers) + answer.decode() for _, headers, answer in sent)
    printed = served.stop()
    assert printed.count('"event": "request"') >= len(sent)
    assert number not in printed
