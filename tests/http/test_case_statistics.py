"""Statistics of cases for EKM, as JSON and CSV, and a group's answers for its coordinator."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from tests.http.problems import assert_problem
from tests.http.test_cases import answered
from tests.training.case_folder import CASE, CaseFolder
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Sandbox

ADDRESS = "/v1/cases/statistics"


@pytest.fixture
def app(tmp_path: Path, catalogue: Catalogue, service: Service, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    folder = CaseFolder(tmp_path / "cases", catalogue)
    folder.write("loftet.yaml", CASE.replace("id: trappen", "id: loftet").replace("level: basic", "level: advanced"))
    return create_app(Settings(database=tmp_path / "kodevagt.db", cases=folder.root), service)


def learners(app: Flask, *codes: str, case: str = "trappen") -> list[FlaskClient]:
    """Let learners answer a case, each with a code."""
    clients = [app.test_client() for _ in codes]
    for client, code in zip(clients, codes, strict=True):
        answered(client, code, case=case)
    return clients


def get_statistics(app: Flask, query: str = "", **headers: str) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get(f"{ADDRESS}{query}", headers=headers).get_json()
    return found


def test_only_first_attempts_are_counted(app: Flask) -> None:
    assert get_statistics(app)["items"] == []
    first, *_ = learners(app, "L15", "L90", "L90", "L91")
    answered(first, "L90")
    (row,) = get_statistics(app)["items"]
    assert (row["case"], row["title"], row["answers"], row["exact"], row["group"]) == ("trappen", "Trappen", 4, 0.5, 1.0)
    assert row["wrong"] == [
        {"code": "L15", "title": "Symptom fra knæet", "answers": 1},
        {"code": "L91", "title": "Artrose i andet led", "answers": 1},
    ]
    assert row["interval"] == [pytest.approx(0.15, abs=1e-3), pytest.approx(0.85, abs=1e-3)]
    assert (row["unclear"], row["why"]) == (None, None)


def test_phases_are_compared_where_they_alone_are_scored(app: Flask, tmp_path: Path) -> None:
    text = CASE.replace("id: trappen", "id: fasen").replace("course: artrose-knae", "course: parkinson").replace('"51"', '"62"')
    text = text.replace("key: [{code: L90, role: main}]", "key: []\nphase: 3")
    (tmp_path / "cases" / "fasen.yaml").write_text(
        text.replace("[{code: L90, role: main}, {code: L15, role: secondary}]", "[{code: N87, role: main}]"), encoding="utf-8"
    )
    for phase in (3, 2, 2, None):
        answered(app.test_client(), case="fasen", phase=phase)
    (row,) = get_statistics(app)["items"]
    assert (row["exact"], row["score"]) == (0.25, 0.25)
    assert [(wrong["code"], wrong["answers"]) for wrong in row["wrong"]] == [("2", 2), ("-", 1)]
    assert row["ac1"] < 0.5


def test_an_unclear_case_is_marked(app: Flask) -> None:
    learners(app, *["L15"] * 10)
    learners(app, "L90", case="loftet")
    listed = get_statistics(app, "?unclear=true")
    assert [(row["case"], row["unclear"]) for row in listed["items"]] == [("trappen", "other")]
    assert "om reglen eller facit er uklar" in listed["items"][0]["why"]
    assert "the rule or the key" in get_statistics(app, "?unclear=true", **{"Accept-Language": "en"})["items"][0]["why"]
    assert [row["case"] for row in get_statistics(app, "?level=advanced")["items"]] == ["loftet"]


def test_a_fixed_set_is_reported_with_the_published_figures(app: Flask) -> None:
    clients = learners(app, *["L90"] * 24, *["L15"] * 8)
    (statistics,) = get_statistics(app)["sets"]
    assert (statistics["set"], statistics["learners"], statistics["answers"], statistics["published"]["exact"]) == (
        "saettet",
        32,
        32,
        71,
    )
    assert statistics["interval"][0] < 0.75 < statistics["interval"][1]
    assert statistics["fleiss"] is None  # meaningless for a single case
    progress = clients[0].get("/v1/learners/me").get_json()["sets"]
    assert progress == [{"set": "saettet", "cases": {"answered": 1, "of": 1}, "left": [], "first": progress[0]["first"], "published": statistics["published"]}]  # fmt: skip  # noqa: E501
    assert progress[0]["first"]["exact"] == 1.0
    newcomer = app.test_client().get("/v1/learners/me").get_json()["sets"][0]
    assert (newcomer["left"], newcomer["published"]) == (["trappen"], None)


@pytest.mark.parametrize(("language", "delimiter", "half"), [("da", ";", "0,5000"), ("en", ",", "0.5000")])
def test_the_csv_opens_in_a_spreadsheet(app: Flask, language: str, delimiter: str, half: str) -> None:
    learners(app, "L90", "=1+1")
    answer = app.test_client().get(f"{ADDRESS}?format=csv", headers={"Accept-Language": language})
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith("\ufeff".encode())
    heading, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=delimiter)
    statistics = dict(zip(heading, row, strict=True))
    assert (statistics["case"], statistics["answers"], statistics["exact"], statistics["wrong"]) == ("trappen", "2", half, "?:1")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_a_bad_query_is_refused(app: Flask) -> None:
    for query in ("?format=xlsx", "?unclear=yes", "?group=222222", "?level=let"):
        assert_problem(app.test_client().get(f"{ADDRESS}{query}"), 422)


def test_a_group_is_joined_with_its_code_and_watched_by_its_creator(app: Flask) -> None:
    coordinator, outsider = app.test_client(), app.test_client()
    code = coordinator.post("/v1/groups").get_json()["code"]
    members = [app.test_client() for _ in range(4)]
    for member in members:
        assert member.put("/v1/learners/me/group", json={"code": code.upper()}).get_json() == {"code": code}
        assert member.get("/v1/learners/me").get_json()["group"] == code
    learners(app, "L91")
    watched = f"/v1/groups/{code}/cases/trappen"
    assert coordinator.get(watched).get_json()["answers"] == 0
    for member, chosen in zip(members, ("L90", "L90", "L90", "L15"), strict=True):
        answered(member, chosen)
    statistics = coordinator.get(watched).get_json()
    assert (statistics["members"], statistics["answers"], statistics["agreement"]) == (4, 4, 0.5)
    assert [(one["code"], one["answers"]) for one in statistics["chosen"]] == [("L90", 3), ("L15", 1)]
    assert (statistics["exact"], statistics["interval"]) == (None, None)  # hidden until the coordinator has answered
    answered(coordinator, "L90")
    assert coordinator.get(watched).get_json()["exact"] == 0.75
    assert coordinator.get(f"/v1/groups/{code}").get_json()["cases"] == [{"case": "trappen", "answers": 4}]
    assert coordinator.get("/v1/groups").get_json()["items"] == [{"code": code, "members": 4}]
    assert get_statistics(app, f"?group={code}")["items"][0]["answers"] == 4
    assert get_statistics(app)["items"][0]["answers"] == 6
    for other in (outsider, members[0]):
        assert_problem(other.get(watched), 404)
    assert_problem(coordinator.get(f"/v1/groups/{code}/cases/nix"), 404)


def test_a_group_is_left_and_its_answers_stay_there(app: Flask) -> None:
    coordinator, member = app.test_client(), app.test_client()
    code = coordinator.post("/v1/groups").get_json()["code"]
    member.put("/v1/learners/me/group", json={"code": code})
    answered(member, "L90")
    assert member.put("/v1/learners/me/group", json={"code": None}).get_json() == {"code": None}
    answered(member, "L90", case="loftet")
    assert coordinator.get(f"/v1/groups/{code}").get_json() == {
        "code": code,
        "members": 0,
        "cases": [{"case": "trappen", "answers": 1}],
    }
    assert_problem(member.put("/v1/learners/me/group", json={"code": "222222"}), 422)


def test_deleting_a_learner_deletes_the_groups_they_made(app: Flask) -> None:
    coordinator, member = app.test_client(), app.test_client()
    code = coordinator.post("/v1/groups").get_json()["code"]
    member.put("/v1/learners/me/group", json={"code": code})
    answered(member, "L90")
    coordinator.delete("/v1/learners/me")
    assert_problem(member.put("/v1/learners/me/group", json={"code": code}), 422)
    me = member.get("/v1/learners/me").get_json()
    assert (me["group"], me["cases"]["answered"]) == (None, 1)
    assert member.get("/v1/learners/me/export").get_json()["group"] is None
