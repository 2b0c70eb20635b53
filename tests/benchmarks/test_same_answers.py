"""The comparison of trees ignores random parts of answers, shows a planted difference, and replays recorded requests."""

import json
from pathlib import Path

import pytest

from benchmarks.replay import Line, normalized, request_line
from benchmarks.same_answers import answers, compare, record, recorded, stream
from tests.conftest import ROOT

pytestmark = pytest.mark.slow  # whole processes answer, two for each comparison
GROUPS = "tests/http/test_case_statistics.py::test_a_group_is_left_and_its_answers_stay_there"
FORMS = "tests/pages/test_forms.py::test_a_form_of_our_own_page_is_accepted"
LIBRARY = "tests/judging/test_sweden.py::test_a_course_is_unknown"
PLANTED = """
_create_app = create_app

def create_app():
    app = _create_app()

    @app.after_request
    def plant(response):
        if response.status_code == 422:
            response.data = response.data.replace(b"422", b"423")
        return response

    return app
"""


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    """The requests of a test with codes of learners and groups, of one with a form, and of tests of the library."""
    folder = tmp_path_factory.mktemp("recorded") / "requests"
    record(folder, GROUPS, FORMS, LIBRARY)
    return recorded(folder)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A tree with another answer to requests that are refused."""
    (tmp_path / "validator").symlink_to(ROOT / "validator")
    (tmp_path / "api.py").write_text((ROOT / "api.py").read_text("utf-8") + PLANTED, "utf-8")
    return tmp_path


def test_a_tree_answers_as_itself(requests: list[Line], capsys: pytest.CaptureFixture[str]) -> None:
    sent = [*requests, *stream(30)]
    assert compare([ROOT, ROOT], sent)
    assert capsys.readouterr().out == f"{len(sent)} equal, 0 different\n"


def test_a_difference_is_counted_and_shown(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused = request_line("stream", b'{"encounter": {}}')
    assert not compare([ROOT, changed], [refused, *stream(2)])
    shown, _, last = capsys.readouterr().out.rstrip().rpartition("\n")
    assert shown.startswith('POST /v1/validate {"encounter": {}}\n    --- before\n')
    assert '\n    -"status":422,\n' in shown
    assert '\n    +"status":423,\n' in shown
    assert last == "2 equal, 1 different"


def test_requests_with_random_codes_and_tokens_are_replayed_as_they_were_answered(requests: list[Line], tmp_path: Path) -> None:
    found = {}
    for line, (answer,) in zip(requests, answers([ROOT], requests, tmp_path), strict=True):
        group = line["environ"]["PATH_INFO"].startswith("/v1/groups/")
        found["group" if group else f"{line['environ']['REQUEST_METHOD']} {line['environ']['PATH_INFO']}"] = json.loads(answer)
    assert found["group"]["status"] == found["POST /"]["status"] == found["POST /v1/validate"]["status"] == "200 OK"


def test_what_differs_between_two_runs_has_a_name() -> None:
    token, browser = b"0f" * 32, b"0f" * 16
    assert normalized(b'name="form_token" value="' + token + b'"', {}) == b'name="form_token" value="<token>"'
    assert normalized(b"X-Request-ID: " + browser, {}) == b"X-Request-ID: <32 hex digits>"
    assert (
        normalized(b'{"at":"2026-11-30T14:02:28Z","digest":"' + token + b'"}', {}) == b'{"at":"<time>","digest":"' + token + b'"}'
    )
    assert normalized(b'{"code":"k7qf2m"}', {"ft8tkg": "k7qf2m"}) == b'{"code":"ft8tkg"}'
