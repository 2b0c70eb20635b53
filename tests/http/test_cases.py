"""Learners list, read and answer cases over HTTP. No answer key is sent before the attempt."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.each import naming
from tests.http.problems import assert_problem
from tests.training.case_folder import CASE, CaseFolder
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Sandbox
from validator.web.http.learner_cookie import COOKIE

ADDRESS = "/v1/cases/trappen"
SECRETS = ("L90", "L91", "M17.1", "artrose i knæet", "kan tælles", "dk.51")  # sent after an attempt only


@pytest.fixture
def cases(tmp_path: Path, catalogue: Catalogue) -> CaseFolder:
    folder = CaseFolder(tmp_path / "cases", catalogue)
    faser = CASE.replace("id: trappen", "id: faser").replace("artrose-knae\nlevel: basic", "parkinson\nlevel: advanced")
    faser = faser.replace('"51"', '"62"').replace("key: [{code: L90, role: main}]", "key: []\nphase: 3")
    folder.write(
        "faser.yaml", faser.replace("[{code: L90, role: main}, {code: L15, role: secondary}]", "[{code: N87, role: main}]")
    )
    return folder


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the bank in this process: a subprocess takes a second, and another test covers it."""
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)


@pytest.fixture
def settings(cases: CaseFolder, tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "kodevagt.db", cases=cases.root)


@pytest.fixture
def client(settings: Settings, service: Service) -> FlaskClient:
    return create_app(settings, service).test_client()


def answered(client: FlaskClient, *codes: str, case: str = "trappen", **more: Any) -> dict[str, Any]:
    """Return the feedback on main diagnoses."""
    diagnoses = [{"code": code, "role": "main"} for code in codes]
    answer = client.post(f"/v1/cases/{case}/attempts", json={"diagnoses": diagnoses, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_list_has_filters_and_a_total(client: FlaskClient) -> None:
    every = client.get("/v1/cases").get_json()
    assert ([case["id"] for case in every["items"]], every["total"]) == (["faser", "trappen"], 2)
    for query, ids in {"specialty=62": ["faser"], "course=artrose-knae": ["trappen"], "level=advanced": ["faser"]}.items():
        assert [case["id"] for case in client.get(f"/v1/cases?{query}").get_json()["items"]] == ids
    assert client.get("/v1/cases?course=laenderyg").get_json() == {"items": [], "total": 0}
    assert [case["id"] for case in client.get("/v1/cases?limit=1&offset=1").get_json()["items"]] == ["trappen"]
    assert_problem(client.get("/v1/cases?level=let"), 422)


def test_a_case_has_everything_but_its_answer_key(client: FlaskClient) -> None:
    case = client.get(ADDRESS).get_json()
    assert case["question"] == "Hvilken hoveddiagnose koder du?"
    assert case["given"] == {"patient": {"age": 64, "sex": "female"}}
    assert (case["asks_phase"], client.get("/v1/cases/faser").get_json()["asks_phase"]) == (False, True)
    assert case["status"] == {"id": "not-approved", "text": "ikke godkendt af EKM"}
    assert client.get(ADDRESS, headers={"Accept-Language": "en"}).get_json()["title"] == "The stairs"


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_answer_key_is_sent_before_an_attempt(client: FlaskClient, language: str) -> None:
    for address in ("/v1/cases", ADDRESS, "/v1/cases/faser", "/v1/learners/me", "/v1/learners/me/export"):
        with naming(address):
            text = client.get(address, headers={"Accept-Language": language}).text
            assert not [secret for secret in (*SECRETS, "N87") if secret in text]


def test_an_answer_is_marked_explained_and_judged(client: FlaskClient) -> None:
    feedback = answered(client, "L15")
    assert (feedback["score"], feedback["level"], feedback["attempt"]) == (0.5, "group", 1)
    assert feedback["key"] == [{"code": "L90", "role": "main"}]
    assert feedback["equally_right"] == [[{"code": "L90", "role": "main"}, {"code": "L15", "role": "secondary"}]]
    assert (feedback["remark"], feedback["rationale"]) == ("L15 er symptomkoden.", "Det er artrose i knæet.")
    assert (feedback["why_it_matters"], feedback["rules"]) == ("Så kan forløbene tælles.", ["dk.51.artrose-knae"])
    assert [finding["kind"] for finding in feedback["verdict"]["findings"]] == ["main-not-in-course-set"]
    assert {"code": "L90", "title": "Artrose i knæet", "href": "/v1/codes/L90"} in feedback["codes"]


def test_an_answer_with_an_invisible_character_is_explained(client: FlaskClient) -> None:
    feedback = answered(client, "L90\u200b")
    (finding,) = feedback["verdict"]["findings"]
    assert (feedback["level"], finding["kind"], finding["suggestions"][0]["code"]) == ("miss", "unknown-code", "L90")
    assert finding["message"] == "Koden L90 indeholder et usynligt tegn (U+200B) og kan derfor ikke læses."


def test_what_decides_the_code_is_judged_with_but_sent_after_the_answer(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("joints: [knee]", "joints: [hip], radiating_pain: false")
    cases.edit("course: artrose-knae\n", "")
    shown = client.get(ADDRESS).text
    assert "joints" not in shown
    assert "radiating_pain" not in shown
    feedback = answered(client, "L90")
    assert feedback["given"]["observations"] == {"joints": ["hip"], "radiating_pain": False}
    assert "site-contradiction" in {finding["kind"] for finding in feedback["verdict"]["findings"]}


def test_the_verdict_is_that_of_the_validation_route(client: FlaskClient) -> None:
    contact = {
        "date": "2025-10-14",
        "specialty": "51",
        "course": "artrose-knae",
        "patient": {"age": 64, "sex": "female"},
        "observations": {"joints": ["knee"]},
        "diagnoses": [{"code": " l15 ", "role": "main"}],
    }
    verdict = client.post("/v1/validate", json={"encounter": contact}).get_json()
    assert answered(client, " l15 ")["verdict"] == verdict


REMARKS = (
    ("trappen", [], "Der står ingen hoveddiagnose."),
    ("trappen", ["L90", "L15"], "Der står mere end én hoveddiagnose. Kun én kan være den vigtigste."),
    ("trappen", ["L92"], "Koden er fra det samme kapitel af ICPC-2, men fra et andet område."),
    ("trappen", ["N17"], "Koden er fra et andet kapitel af ICPC-2."),
    ("trappen", ["L999"], "Koden findes ikke i ICPC-2."),
    ("trappen", ["DM171"], "Koden findes ikke i ICPC-2."),
    ("trappen", ["M17.1"], "M17.1 er fra ICD-10."),
    ("trappen", ["L91"], "L91 er andre led."),
    ("faser", [], "Her skal ikke kodes noget; det er fasen, der giver point, og den er en anden."),
    ("faser", ["N87"], "Her skal ikke kodes noget; det er fasen, der giver point, og den er en anden."),
    ("faser", ["L92"], "Koden er fra et andet kapitel af ICPC-2."),
)


def test_the_feedback_explains_why_the_code_is_close_or_not(client: FlaskClient) -> None:
    for case, codes, remark in REMARKS:
        with naming((case, codes)):
            assert answered(client, *codes, case=case)["remark"] == remark


def test_the_right_code_in_the_wrong_role_is_reported(client: FlaskClient) -> None:
    feedback = client.post(f"{ADDRESS}/attempts", json={"diagnoses": [{"code": "L90", "role": "secondary"}]}).get_json()
    assert (feedback["score"], feedback["level"]) == (0.75, "accepted")
    assert feedback["remark"] == "Koden er rigtig, men den skal stå som hoveddiagnose, ikke som bidiagnose."


def test_phase_and_diagnosis_count_equally_where_both_are_required(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("key: [{code: L90, role: main}]", "key: [{code: L90, role: main}]\nphase: 3")
    assert answered(client, "L90", phase=3)["score"] == 1.0
    assert (answered(client, "L90", phase=2)["score"], answered(client, "L15", phase=3)["score"]) == (0.5, 0.75)


def test_the_phase_is_the_score_where_no_diagnosis_is_required(client: FlaskClient) -> None:
    feedback = answered(client, case="faser", phase=2)
    assert (feedback["score"], feedback["level"], feedback["phase"]) == (0.0, "miss", {"answered": 2, "right": 3, "found": False})
    feedback = answered(client, case="faser", phase=3)
    assert (feedback["score"], feedback["level"], feedback["remark"], feedback["phase"]["found"]) == (1.0, "exact", None, True)
    assert answered(client, "N87", case="faser", phase=3)["score"] == 1.0
    assert answered(client, case="faser")["phase"] == {"answered": None, "right": 3, "found": False}
    assert answered(client, "L90")["phase"] is None


def test_only_the_first_attempt_creates_a_learner(client: FlaskClient) -> None:
    assert client.get("/v1/learners/me").get_json()["code"] is None
    assert client.get_cookie(COOKIE) is None
    answered(client, "L15")
    code = client.get("/v1/learners/me").get_json()["code"]
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert (cookie.value, cookie.http_only, cookie.same_site) == (code, True, "Lax")
    answered(client, "L90")
    assert client.get("/v1/learners/me").get_json()["code"] == code
    assert len(code.split("-")) == 3


def test_progress_is_of_first_attempts(client: FlaskClient) -> None:
    answered(client, "L15")
    assert answered(client, "L90")["attempt"] == 2
    answered(client, case="faser", phase=3)
    progress = client.get("/v1/learners/me").get_json()
    assert progress["cases"] == {"answered": 2, "of": 2}
    assert progress["first"] == {"answers": 2, "score": 0.75, "exact": 0.5, "group": 1.0, "chapter": 1.0}
    assert progress["latest"]["exact"] == 1.0
    assert [(row["course"], row["exact"]) for row in progress["by_course"]] == [("artrose-knae", 0.0), ("parkinson", 1.0)]
    assert [(row["level"], row["answers"]) for row in progress["by_level"]] == [("basic", 1), ("intermediate", 0), ("advanced", 1)]


def test_the_next_case_can_be_filtered(client: FlaskClient) -> None:
    assert client.get("/v1/learners/me").get_json()["next"] == "trappen"
    assert client.get("/v1/learners/me?level=advanced").get_json()["next"] == "faser"
    assert client.get("/v1/learners/me?course=laenderyg").get_json()["next"] is None
    answered(client, "L90")
    assert client.get("/v1/learners/me").get_json()["next"] == "faser"


def test_a_learner_continues_in_another_browser_with_the_code(client: FlaskClient, settings: Settings, service: Service) -> None:
    answered(client, "L15")
    code = client.get("/v1/learners/me").get_json()["code"]
    elsewhere = create_app(settings, service).test_client()
    feedback = elsewhere.post("/v1/learners/me", json={"code": code.replace("-", " ").upper()}).get_json()
    assert feedback["cases"]["answered"] == 1
    assert answered(elsewhere, "L90")["attempt"] == 2
    for unknown in ("2222-2222-2222", "", None):
        problem = assert_problem(elsewhere.post("/v1/learners/me", json={"code": unknown}), 422)
        assert problem["errors"][0]["path"] == "/code"


def test_a_learner_exports_and_deletes_everything(client: FlaskClient, settings: Settings) -> None:
    answered(client, "L15")
    answered(client, case="faser", phase=2)
    export = client.get("/v1/learners/me/export")
    assert "attachment" in export.headers["Content-Disposition"]
    assert [(one["case"], one["diagnoses"], one["phase"]) for one in export.get_json()["attempts"]] == [
        ("trappen", [{"code": "L15", "role": "main"}], None),
        ("faser", [], 2),
    ]
    assert client.delete("/v1/learners/me").get_json() == {"attempts": 2}
    assert client.get_cookie(COOKIE) is None
    assert client.get("/v1/learners/me/export").get_json()["attempts"] == []
    with closing(sqlite3.connect(settings.database)) as store:
        assert store.execute("SELECT (SELECT count(*) FROM attempts) + (SELECT count(*) FROM learners)").fetchone() == (0,)
    assert client.delete("/v1/learners/me").get_json() == {"attempts": 0}


def test_nothing_that_identifies_a_learner_is_stored(client: FlaskClient, settings: Settings) -> None:
    feedback = client.post(f"{ADDRESS}/attempts", json={"diagnoses": [{"code": "Hans Jensen 12"}, {"code": "L15"}]})
    assert feedback.get_json()["answer"][0]["code"] == "HANSJENSEN12"
    code = client.get("/v1/learners/me").get_json()["code"]
    with closing(sqlite3.connect(settings.database)) as store:
        dump = "\n".join(store.iterdump())
    assert '["?", "secondary"]' in dump
    assert code not in dump
    assert code.replace("-", "") not in dump
    assert not any(word in dump for word in ("Hans", "HANS", "127.0.0.1"))


def test_a_cpr_number_is_refused(client: FlaskClient) -> None:
    answer = client.post(f"{ADDRESS}/attempts", json={"diagnoses": [{"code": "0101901234"}]})
    assert_problem(answer, 422)
    assert "0101901234" not in answer.text
    assert client.get("/v1/learners/me").get_json()["cases"]["answered"] == 0


NO_ANSWERS: list[Any] = [{}, [], {"diagnoses": None}, {"diagnoses": [{}]}, {"diagnoses": [], "phase": "3"}]


def test_a_bad_attempt_is_refused(client: FlaskClient) -> None:
    for body in (*NO_ANSWERS, {"diagnoses": [{"code": "L90", "role": "chief"}]}):
        with naming(body):
            assert_problem(client.post(f"{ADDRESS}/attempts", json=body), 422)
            assert_problem(client.post(f"{ADDRESS}/attempts", data=json.dumps(body), content_type="text/plain"), 415)


def test_an_unknown_case_is_a_404(client: FlaskClient) -> None:
    for answer in (client.get("/v1/cases/nix"), client.post("/v1/cases/nix/attempts", json={"diagnoses": []})):
        assert_problem(answer, 404)


def test_a_case_whose_right_answer_the_rules_refuse_is_withdrawn(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("course: artrose-knae", "course: artrose-hofte")
    listed = {case["id"]: case["withdrawn"] for case in client.get("/v1/cases").get_json()["items"]}
    assert listed["faser"] is None
    assert "efter udgaven ekm-2024-11 af reglerne passer dens svar ikke længere" in listed["trappen"]
    assert assert_problem(client.post(f"{ADDRESS}/attempts", json={"diagnoses": []}), 409)["detail"] == listed["trappen"]
    assert not [secret for secret in SECRETS if secret in client.get(ADDRESS).text]
    assert client.get("/v1/learners/me").get_json()["next"] == "faser"


def test_a_case_for_a_release_that_is_not_published_waits(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("status: not-approved", "status: not-approved\nrelease: ekm-2025-06")
    assert client.get(ADDRESS).get_json()["withdrawn"] == (
        "Casen er skrevet til udgaven ekm-2025-06 af reglerne, som ikke er udgivet."
    )


def test_an_unreadable_case_does_not_affect_the_others(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("level: basic", "level: let")
    assert [case["id"] for case in client.get("/v1/cases").get_json()["items"]] == ["faser"]


def test_without_cases_their_routes_are_503_and_others_work(client: FlaskClient, cases: CaseFolder) -> None:
    cases.path("scoring.yaml").unlink()
    assert_problem(client.get("/v1/cases"), 503)
    assert client.get("/v1/codes/L90").status_code == 200
    cases.write("scoring.yaml", "weights: {}")
    assert_problem(client.get("/v1/cases"), 503)


def test_a_bank_is_read_in_a_subprocess(settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert create_app(settings, service).test_client().get("/v1/cases").get_json()["total"] == 2


def test_a_bank_is_read_once_for_all_processes(
    client: FlaskClient, settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch, cases: CaseFolder
) -> None:
    assert client.get("/v1/cases").get_json()["total"] == 2
    with monkeypatch.context() as patch:
        patch.setattr(Sandbox, "run", lambda *_, **__: pytest.fail("read again"))
        assert create_app(settings, service).test_client().get("/v1/cases").get_json()["total"] == 2
    cases.path("faser.yaml").unlink()
    assert create_app(settings, service).test_client().get("/v1/cases").get_json()["total"] == 1
