"""The pages of coding cases, from the list to the feedback, progress and groups. No answer key is shown before an answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from tests.each import naming
from tests.http.personal import leaks
from tests.pages.reading import BROWSER, Read
from tests.training.case_folder import CASE, CaseFolder
from validator import Service, Settings
from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Sandbox
from validator.training.bank_reader import read_bank
from validator.training.case import Case
from validator.web.http.learner_cookie import COOKIE
from validator.web.pages.case_details import detail_lines
from validator.web.pages.case_labels import CaseLabels

SECRETS = ("L90", "L91", "M17.1", "artrose i knæet", "kan tælles", "dk.51", "N87")  # shown after an answer only


@pytest.fixture
def cases(tmp_path: Path, catalogue: Catalogue) -> CaseFolder:
    folder = CaseFolder(tmp_path / "cases", catalogue)
    phase = CASE.replace("id: trappen", "id: faser").replace("artrose-knae\nlevel: basic", "parkinson\nlevel: advanced")
    phase = (
        phase.replace('"51"', '"62"').replace("key: [{code: L90, role: main}]", "key: []\nphase: 3").replace('"Trappen"', '"Faser"')
    )
    folder.write(
        "faser.yaml", phase.replace("[{code: L90, role: main}, {code: L15, role: secondary}]", "[{code: N87, role: main}]")
    )
    return folder


@pytest.fixture
def app(tmp_path: Path, cases: CaseFolder, service: Service, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    return create_app(Settings(database=tmp_path / "kodevagt.db", cases=cases.root), service)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sent(client: FlaskClient, address: str, **filled: Any) -> TestResponse:
    """Send a form of the site."""
    token = Read(client.get("/")).values["form_token"]
    return client.post(address, data={"form_token": token, **filled})


def answered(client: FlaskClient, code: str, *, case: str = "trappen", role: str = "main", **more: str) -> Read:
    """Answer with one code; return the feedback page."""
    redirect = sent(client, f"/cases/{case}", **{"code-1": code, "role-1": role, **more})
    assert (redirect.status_code, redirect.headers["Location"]) == (303, f"/cases/{case}/feedback")
    return Read(client.get(f"/cases/{case}/feedback"))


def test_the_list_has_filters_and_shows_which_cases_are_answered(client: FlaskClient) -> None:
    titles = {"/cases/trappen", "/cases/faser"}
    assert titles <= set(Read(client.get("/cases")).links)
    for query, id in {"specialty=62": "faser", "course=artrose-knae": "trappen", "level=advanced": "faser"}.items():
        page = Read(client.get(f"/cases?{query}"))
        assert [link for link in page.links if link.startswith("/cases/")] == [f"/cases/{id}?{query}"]
        assert "1 case" in page.text
    assert "Ingen case passer på det" in Read(client.get("/cases?course=-")).text
    assert "ikke godkendt af EKM" in Read(client.get("/cases")).text
    answered(client, "L15")
    page = Read(client.get("/cases"))
    assert "Samme kropsregion" in page.text
    assert "Du har svaret på 1 af 2" in page.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_answer_key_is_shown_before_an_answer(client: FlaskClient, language: str) -> None:
    for address in ("/cases", "/cases/trappen", "/cases/faser", "/cases/trappen/feedback", "/progress", "/groups"):
        with naming(address):
            answer = client.get(address, headers={"Accept-Language": language})
            shown = answer.get_data(as_text=True) + str(answer.headers)
            assert not [secret for secret in SECRETS if secret in shown]


def test_a_case_shows_its_vignette_and_details(client: FlaskClient) -> None:
    page = Read(client.get("/cases/trappen"))
    assert page.heading == "Trappen"
    for text in (
        "Hvilken hoveddiagnose koder du?",
        "14. oktober 2025",
        "Alder 64",
        "Køn Kvinde",
        "ikke godkendt af EKM",
    ):
        assert text in page.text
    assert "Berørte led" not in page.text
    assert "Berørte led Knæ" in answered(client, "L90").text
    assert "phase" not in page.values
    assert "phase" in Read(client.get("/cases/faser")).values
    assert Read(client.get("/cases/trappen?language=en")).heading == "The stairs"


def test_the_feedback_has_the_key_its_rationale_and_the_findings(client: FlaskClient) -> None:
    page = answered(client, "l15")
    assert "Dit svar: Samme kropsregion" in page.text
    for text in (
        "0,5 af 1 point",
        "L15 er symptomkoden.",
        "Det er artrose i knæet.",
        "Så kan forløbene tælles.",
        "ikke godkendt af EKM",
    ):
        assert text in page.text
    assert {"/codes/L90", "/codes/L15"} <= set(page.links)
    assert "Fejl" in page.text
    assert "Brug L90 Artrose i knæet i stedet" in page.text
    right = answered(client, "L90")
    assert "Dit svar: Rigtig" in right.text
    assert "Ingen bemærkninger" in right.text
    assert "Dit svar nummer 2" in right.text


def test_an_answer_can_have_no_code_or_a_phase(client: FlaskClient) -> None:
    page = answered(client, "", case="faser", phase="2")
    for text in ("Dit svar: Ved siden af", "Dit svar: 2. Det rigtige: 3.", "Kun fasen tæller med i pointene.", "Ingen kode"):
        assert text in page.text
    page = answered(client, "", case="faser", phase="3")
    assert "Dit svar: Rigtig" in page.text
    assert "1 af 1 point" in page.text


def test_secondary_codes_are_shown_as_found_or_superfluous(client: FlaskClient) -> None:
    page = answered(client, "L90", **{"code-2": "L15", "role-2": "secondary", "code-3": "A01", "role-3": "secondary"})
    assert "Bidiagnoser, du fandt L15" in page.text
    assert "Overflødige bidiagnoser A01" in page.text


@pytest.mark.parametrize(("field", "value"), [("phase", "to"), ("role-1", "chief")])
def test_an_invalid_field_is_reported_and_the_others_stay_filled_in(client: FlaskClient, field: str, value: str) -> None:
    answer = sent(client, "/cases/faser", **{"code-1": "N87", "role-1": "main", field: value})
    page = Read(answer)
    assert answer.status_code == 422
    assert "Nogle felter skal rettes først" in page.text
    assert page.values["code-1"] == "N87"
    assert client.get_cookie(COOKIE) is None


@pytest.mark.parametrize("number", ["010190-1234", "0101901234"])
def test_a_cpr_number_is_refused_and_not_repeated(client: FlaskClient, number: str) -> None:
    places = [
        ("/cases/faser", "code-2"),
        ("/cases/faser", "phase"),
        ("/progress/continue", "learner"),
        ("/progress/group", "group"),
    ]
    for address, field in places:
        with naming((address, field)):
            answer = sent(client, address, **{field: number})
            assert answer.status_code == 422
            assert not leaks(number, answer.get_data(as_text=True) + str(answer.headers))
            assert client.get_cookie(COOKIE) is None


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    for address in ("/cases/trappen", "/progress/continue", "/progress/group", "/progress/delete", "/groups"):
        with naming(address):
            assert client.post(address, data={"code-1": "L90", "role-1": "main"}).status_code == 400


def test_an_unknown_case_gives_an_error_page(client: FlaskClient) -> None:
    for address in ("/cases/nix", "/cases/nix/feedback"):
        answer = client.get(address, headers=BROWSER)
        assert (answer.status_code, Read(answer).heading) == (404, "Siden findes ikke")


def test_a_withdrawn_case_has_a_notice_and_no_form(client: FlaskClient, cases: CaseFolder) -> None:
    cases.edit("course: artrose-knae", "course: artrose-hofte")
    page = Read(client.get("/cases/trappen"))
    assert "Casen er trukket tilbage" in page.text
    assert "form_token" not in page.values
    assert sent(client, "/cases/trappen").status_code == 409


def test_an_answer_to_an_older_version_has_no_feedback(
    client: FlaskClient, cases: CaseFolder, app: Flask, service: Service
) -> None:
    answered(client, "L15")
    cases.edit("version: 1", "version: 2")
    settings = Settings(database=app.extensions["kodevagt_store"].database.path, cases=cases.root)
    later = create_app(settings, service).test_client()
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    later.set_cookie(COOKIE, cookie.value)
    assert later.get("/cases/trappen/feedback").headers["Location"] == "/cases/trappen"


def test_the_next_case_is_chosen_and_keeps_the_filter(client: FlaskClient) -> None:
    assert client.get("/progress/next").headers["Location"] == "/cases/trappen"
    assert client.get("/progress/next?level=advanced").headers["Location"] == "/cases/faser?level=advanced"
    assert client.get("/progress/next?level=intermediate").headers["Location"] == "/cases?level=intermediate"
    answered(client, "L92")
    assert client.get("/progress/next").headers["Location"] == "/cases/faser"


def test_progress_has_figures_a_chart_and_the_published_figures_of_a_complete_set(client: FlaskClient) -> None:
    empty = Read(client.get("/progress"))
    assert "0 af 2 cases" in empty.text
    assert "71" not in empty.text
    assert 'href="/cases/trappen"' in empty.source  # the remaining case of the set
    assert client.get_cookie(COOKIE) is None
    answered(client, "L15")
    answered(client, "L90")
    page = Read(client.get("/progress"))
    assert page.source.count('class="column ') == 2
    assert "0,5; 1" in page.text
    for text in (
        "Dit første til hver case 1 0 % 100 % 100 %",
        "Dit seneste til hver case 1 100 %",
        "71 %",
        "84 %",
        "94 %",
        "En undersøgelse",
    ):
        assert text in page.text
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    assert cookie.value in page.text


def test_a_learner_continues_in_another_browser_and_exports_and_deletes_answers(client: FlaskClient, app: Flask) -> None:
    answered(client, "L15")
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    elsewhere = app.test_client()
    assert sent(elsewhere, "/progress/continue", learner="2222-2222-2222").status_code == 422
    assert sent(elsewhere, "/progress/continue", learner=cookie.value.upper()).status_code == 303
    assert "1 af 2 cases" in Read(elsewhere.get("/progress")).text
    export = elsewhere.get("/progress/export")
    assert "attachment" in export.headers["Content-Disposition"]
    assert [one["case"] for one in json.loads(export.data)["attempts"]] == ["trappen"]
    assert "1 svar er slettet" in Read(sent(elsewhere, "/progress/delete")).text
    assert elsewhere.get_cookie(COOKIE) is None
    assert "0 af 2 cases" in Read(client.get("/progress")).text


def test_the_creator_of_a_group_sees_its_answers(client: FlaskClient, app: Flask) -> None:
    address = sent(client, "/groups").headers["Location"]
    code = address.removeprefix("/groups/")
    assert code in Read(client.get(address)).text
    assert "Ingen i gruppen har svaret endnu." in Read(client.get(f"{address}/cases/trappen")).text
    for answer in ("L15", "L15", "L90", ""):
        member = app.test_client()
        assert sent(member, "/progress/group", group=f" {code.upper()} ").status_code == 303
        assert f"gruppen {code}" in Read(member.get("/progress")).text
        answered(member, answer)
    page = Read(client.get(f"{address}/cases/trappen"))
    for text in ("4 svar, 4 deltagere", "L15 Symptom fra knæet 2 50 %", "Ingen hoveddiagnose 1 25 %", "17 % det samme"):
        assert text in page.text
    assert "chose" not in page.text
    assert "valgte det rigtige svar" not in page.text.replace("der valgte det rigtige svar", "")
    answered(client, "L90")
    assert "25 % valgte det rigtige svar" in Read(client.get(f"{address}/cases/trappen")).text
    answered(late := app.test_client(), "L15")
    assert sent(late, "/progress/group", group=code).status_code == 303
    for answer in ("L90", "L92"):  # a learner who joins later counts with the first answer in the group
        answered(late, answer)
    page = Read(client.get(f"{address}/cases/trappen"))
    for text in ("5 svar, 5 deltagere", "L90 Artrose i knæet 2 40 %"):
        assert text in page.text
    assert member.get(address, headers=BROWSER).status_code == 404
    assert sent(member, "/progress/group", group="").status_code == 303
    assert "Gå med i gruppen" in Read(member.get("/progress")).text
    assert sent(member, "/progress/group", group="222222").status_code == 422


def test_a_group_sees_the_phases_where_they_alone_are_scored(client: FlaskClient, app: Flask) -> None:
    address = sent(client, "/groups").headers["Location"]
    for phase in ("2", "3", "3"):
        member = app.test_client()
        assert sent(member, "/progress/group", group=address.removeprefix("/groups/")).status_code == 303
        answered(member, "", case="faser", phase=phase)
    text = Read(client.get(f"{address}/cases/faser")).text
    assert "Fase 3 2 67 %" in text
    assert "Fase 2 1 33 %" in text


def test_every_detail_of_a_case_has_a_line(service: Service, catalogue: Catalogue, app: Flask) -> None:
    """Every shipped case has one line for each detail, in both languages."""

    def leaves(details: Any) -> int:
        return sum(leaves(value) if isinstance(value, dict) else 1 for value in details.values())

    assert app.test_client().get("/codes").status_code == 200  # the first request loads the languages
    bank: dict[str, Case] = dict(read_bank(Path(__file__).parents[2] / "cases", catalogue).cases)
    for case in bank.values():
        for language in ("da", "en"):
            with app.test_request_context(f"/?language={language}"):
                labels = CaseLabels(service, language)
                lines = detail_lines(case, case.given, labels)
                before = detail_lines(case, case.shown_given, labels)
            assert len(lines) == 3 + leaves(case.given), case.id
            assert set(before) <= set(lines)
            assert len(lines) - len(before) == len(case.given.get("observations", {}))
            assert all(label and text for label, text in lines)
