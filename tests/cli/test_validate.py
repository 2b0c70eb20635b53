"""`kodevagt validate FILE`: one request or JSON lines, output as a table or as JSON, and the exit code."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.cli.process import KODEVAGT
from tests.contacts import REQUESTS, WHOLE, request
from tests.http.problems import assert_problem_shape
from validator import Service
from validator.cli.common import load_service
from validator.cli.main import main

GOOD, WRONG, WARNED = request("L84"), REQUESTS["main-not-in-course-set"], REQUESTS["sex-conflict"]


@pytest.fixture(autouse=True)
def _one_service(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the service once for all tests; the subprocess in the last test loads its own."""
    monkeypatch.setattr("validator.cli.validate.load_service", lambda *_, **__: service)


def run(*arguments: str | Path, stdin: bytes | None = None, columns: int = 200) -> Result:
    return CliRunner().invoke(main, ["validate", *map(str, arguments)], input=stdin, env={"COLUMNS": str(columns)})


def written(folder: Path, text: str | bytes, name: str = "kontakter.json") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(*requests: Any) -> str:
    return "".join(f"{json.dumps(item)}\n" for item in requests)


def answers(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(("sent", "code"), [(GOOD, 0), (WARNED, 0), (WRONG, 1)], ids=["ok", "warning", "error"])
@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "many lines"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_the_exit_code_is_1_with_an_error(tmp_path: Path, sent: Any, code: int, indent: int | None, form: str) -> None:
    result = run(written(tmp_path, json.dumps(sent, indent=indent)), "--format", form)
    assert result.exit_code == code
    assert result.stdout
    assert result.stderr == ""


def test_an_overridden_error_does_not_count(tmp_path: Path) -> None:
    sent = request("L92", course="artrose-knae", overrides=[{"rule": "dk.51.artrose-knae", "reason": "Aftalt"}])
    result = run(written(tmp_path, json.dumps(sent)))
    assert result.exit_code == 0
    assert "fraveget" in result.stdout


def test_the_table_has_the_finding_its_place_its_suggestion_and_its_rule(tmp_path: Path) -> None:
    shown = run(written(tmp_path, json.dumps(WRONG))).stdout
    assert "Linje 1: fejl" in shown
    for text in ("L92 passer ikke", "/encounter/diagnoses/0/code", "L90 Artrose i knæet", "dk.51.artrose-knae"):
        assert text in shown


def test_a_narrow_table_truncates_nothing(tmp_path: Path) -> None:
    shown = run(written(tmp_path, json.dumps(WRONG)), columns=80).stdout
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_an_unsavable_coding_is_reported(tmp_path: Path) -> None:
    assert "ikke klar til at blive sendt videre" in run(written(tmp_path, json.dumps(REQUESTS["unknown-code"]))).stdout


def test_json_equals_the_answer_of_the_service(tmp_path: Path, client: Any) -> None:
    sent = [*REQUESTS.values(), WHOLE]
    result = run(written(tmp_path, lines(*sent)), "--format", "json")
    alone = [client.post("/v1/validate", json=item).get_json() for item in sent]
    assert answers(result) == [{"line": number, **answer} for number, answer in enumerate(alone, 1)]


def test_answers_have_the_lines_and_ids_of_the_batch_over_http(tmp_path: Path, client: Any) -> None:
    named, refused = {**GOOD["encounter"], "id": "k-7"}, {**GOOD["encounter"], "id": "k-8", "date": "i dag"}
    text = f"\n{lines({'encounter': named})} \n{lines(GOOD)}\n{lines({'encounter': refused})}" + '{"encounter": NaN}\n\n'
    result = run(written(tmp_path, text, "kontakter.ndjson"), "--format", "json")
    over_http = client.post("/v1/validate/batch", data=text.encode(), content_type="application/x-ndjson").text
    assert result.stdout == over_http
    assert [(answer["line"], answer.get("id")) for answer in answers(result)] == [(2, "k-7"), (4, None), (6, "k-8"), (7, None)]
    assert "linje 7, tegn 15" in answers(result)[-1]["problem"]["errors"][0]["message"]


def test_the_table_counts_blank_lines(tmp_path: Path) -> None:
    shown = run(written(tmp_path, f"\n{lines(GOOD)}\n\nno json\n{lines(WRONG)}", "kontakter.ndjson")).stdout
    assert [line.partition(":")[0] for line in shown.splitlines() if line.startswith("Linje")] == ["Linje 2", "Linje 5", "Linje 6"]


def test_a_single_request_has_the_line_on_which_it_begins(tmp_path: Path) -> None:
    path = written(tmp_path, "\n\n" + json.dumps({"encounter": {**GOOD["encounter"], "id": "k-7"}}, indent=2))
    (answer,) = answers(run(path, "--format", "json"))
    assert (answer["line"], answer["id"], answer["status"]) == (3, "k-7", "ok")


@pytest.mark.parametrize("name", ["kontakter.ndjson", "kontakter.jsonl", "kontakter.json", "kontakter"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_many_lines_are_answered_in_order(tmp_path: Path, name: str, end: str) -> None:
    text = lines(GOOD, WRONG, WARNED).replace("\n", end)
    result = run(written(tmp_path, text, name), "--format", "json")
    assert [answer["status"] for answer in answers(result)] == ["ok", "error", "warning"]
    assert result.exit_code == 1


@pytest.mark.parametrize("blank", ["\n", "\r\n", "  \n\n\t\n"])
def test_blank_lines_at_the_beginning_are_counted_and_skipped(tmp_path: Path, blank: str) -> None:
    result = run(written(tmp_path, f"{blank}{lines(GOOD)}\nno json\n{lines(WRONG)}"), "--format", "json")
    first, bad, last = answers(result)
    assert (first["status"], bad["line"], last["status"]) == ("ok", blank.count("\n") + 3, "error")


def test_blank_lines_before_a_single_request_count_in_its_line_numbers(tmp_path: Path) -> None:
    text = json.dumps(GOOD, indent=2)
    assert run(written(tmp_path, f"\n \n{text}")).exit_code == 0
    (bad,) = answers(run(written(tmp_path, "\n \n{\n"), "--format", "json"))
    assert "linje 4" in bad["problem"]["errors"][0]["message"]


def test_endless_blank_lines_are_too_large(tmp_path: Path) -> None:
    (bad,) = answers(run(written(tmp_path, "\n" * (2**20 + 1) + json.dumps(GOOD, indent=2)), "--format", "json"))
    assert bad["problem"]["status"] == 413


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_bad_line_is_reported_with_its_number_and_the_others_are_judged(tmp_path: Path, form: str) -> None:
    path = written(tmp_path, f"{lines(GOOD)}\nno json\n{lines(WRONG)}", "kontakter.ndjson")
    result = run(path, "--format", form)
    assert result.exit_code == 2
    if form == "json":
        first, bad, last = answers(result)
        assert (first["status"], bad["line"], last["status"]) == ("ok", 3, "error")
        assert_problem_shape(bad["problem"], 400)
    else:
        assert "Linje 3" in result.stdout
        assert "L92 passer ikke" in result.stdout


@pytest.mark.parametrize(
    "text", [b"", b"no json", b"{\n", b"[]", b"{}", b"[\n1\n]", b'{"encounter": "\xf8"}', b"\x00\xff", b"null\n"]
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_an_invalid_request_exits_2_with_a_reason(tmp_path: Path, text: bytes, form: str) -> None:
    result = run(written(tmp_path, text), "--format", form)
    assert result.exit_code == 2
    assert result.stdout.strip()
    assert "Traceback" not in result.output


@pytest.mark.parametrize("levels", [600, 1000, 100_000])
@pytest.mark.parametrize("name", ["kontakter.ndjson", "kontakter.json"])
def test_a_line_nested_too_deep_is_reported_at_any_position(tmp_path: Path, name: str, levels: int) -> None:
    deep = "[" * levels + "]" * levels
    result = run(written(tmp_path, f"{deep}\n{lines(GOOD)}{deep}\n", name), "--format", "json")
    assert result.exit_code == 2
    first, good, last = answers(result)
    assert good["status"] == "ok"
    for answer in (first, last):
        assert_problem_shape(answer["problem"], 422)
        assert "indlejret" in answer["problem"]["errors"][0]["message"]


def test_a_line_above_a_mebibyte_is_reported_at_any_position(tmp_path: Path) -> None:
    long = json.dumps(GOOD).ljust(2**20 + 1)
    result = run(written(tmp_path, f"{long}\n{lines(GOOD)}{long}\n", "kontakter.ndjson"), "--format", "json")
    first, second, third = answers(result)
    assert (first["line"], first["problem"]["status"]) == (1, 413)
    assert second["status"] == "ok"
    assert (third["line"], third["problem"]["status"]) == (3, 413)


@pytest.mark.parametrize("name", ["findes-ikke.json", "."])
def test_a_missing_file_exits_2(tmp_path: Path, name: str) -> None:
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert "FILE" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("language", "text"), [("da", "L92 passer ikke"), ("en", "L92 does not fit"), ("sv", "L92 passar inte")])
def test_the_language_of_the_texts_can_be_chosen(tmp_path: Path, language: str, text: str) -> None:
    path = written(tmp_path, json.dumps(WRONG))
    assert text in run(path, "--language", language).stdout
    bad = answers(run(written(tmp_path, "no json", "x"), "--language", language, "--format", "json"))[0]
    assert_problem_shape(bad["problem"], 400, language=language)


def test_a_draft_judges_when_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.cli.validate.load_service", load_service)
    path = written(tmp_path, json.dumps(request("L15", course="artrose-knae")))
    assert run(path).exit_code == 1
    judged = run(path, "--release", "ekm-2025-06", "--format", "json")
    assert judged.exit_code == 0
    (answer,) = answers(judged)
    assert (answer["rules"]["release"], [finding["kind"] for finding in answer["findings"]]) == ("ekm-2025-06", ["symptom-first"])


def test_a_release_can_be_chosen_and_an_unknown_one_exits_2(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(GOOD))
    assert run(path, "--release", "ekm-2024-11").exit_code == 0
    refused = run(path, "--release", "findes-ikke")
    assert refused.exit_code == 2
    assert "ekm-2024-11" in refused.output


@pytest.mark.parametrize("option", [("--format", "xml"), ("--language", "fr"), ("--findes-ikke",)])
def test_an_invalid_option_exits_2(tmp_path: Path, option: tuple[str, ...]) -> None:
    assert run(written(tmp_path, json.dumps(GOOD)), *option).exit_code == 2


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("number", ["0101901234", "010190-1234"])
def test_a_cpr_number_is_never_printed(tmp_path: Path, number: str, form: str) -> None:
    sent = [request(id=number), request(number), {**GOOD, number: 1}, request(course=f"patient {number}")]
    text = f"{lines(*sent)}{number} is no json\n{lines(GOOD)}"
    result = run(written(tmp_path, text, "kontakter.ndjson"), "--format", form)
    assert result.exit_code == 2
    assert number not in result.output
    single = run(written(tmp_path, json.dumps(sent[0], indent=2)), "--format", form)
    assert single.exit_code == 2
    assert number not in single.output


@pytest.mark.parametrize(
    "text",
    [json.dumps(WRONG), json.dumps(WRONG, indent=2), lines(*[WRONG] * 50), f"\n{lines(*[WRONG] * 49)}"],
    ids=["one", "indented", "50", "blank line first"],
)
def test_a_hyphen_reads_standard_input(tmp_path: Path, text: str) -> None:
    command = [KODEVAGT, "validate", "-", "--format", "json"]
    piped = subprocess.run(command, input=text.encode(), capture_output=True, cwd=tmp_path, check=False)
    assert (piped.returncode, piped.stderr) == (1, b"")
    statuses = [json.loads(line)["status"] for line in piped.stdout.splitlines()]
    assert statuses == ["error"] * text.count('"encounter"')
