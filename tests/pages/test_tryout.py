"""The form at `/`: the request it sends, errors at their fields, and suggestions; nothing of it is stored."""

import html
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.datastructures import MultiDict

from tests.contacts import REQUESTS
from tests.pages.reading import Read
from validator.requests.fields import MAX_ITEMS
from validator.web.pages.contact_form import ContactForm, field_name, form_from_request, parse_form, request_from_form
from validator.web.pages.example_contacts import EXAMPLES

WHOLE = {
    "date": "2025-10-14",
    "specialty": "51",
    "course": "lumbal-stenose",
    "phase": 2,
    "contact_number": 3,
    "patient": {"age": 67, "sex": "female"},
    "observations": {"radiating_pain": False, "joints": ["hip", "back"]},
    "diagnoses": [{"code": "L84", "role": "main"}, {"code": "L03", "role": "secondary"}],
    "previous_diagnoses": [{"code": "L03"}, {"code": "L02"}],
    "saved_diagnoses": [{"code": "L84"}],
    "referral": {"diagnoses": [{"code": "DG35"}]},
    "services": ["group-training"],
}

# Members without a field in the form are left out.
IN_REACH = {kind: sent for kind, sent in REQUESTS.items() if "overrides" not in sent and "jurisdiction" not in sent["encounter"]}


def form_of(contact: ContactForm) -> MultiDict[str, str]:
    """Return the form fields of a contact, as a browser sends them."""
    form = MultiDict(contact.texts)
    for name, values in contact.ticked.items():
        form.setlist(name, values)
    for number, (code, role) in enumerate(contact.rows, 1):
        form[f"code-{number}"], form[f"role-{number}"] = code, role
    return form


def filled(client: FlaskClient, **form: str) -> Read:
    form_token = Read(client.get("/")).values["form_token"]
    return Read(client.post("/", data={"date": "2025-10-14", "specialty": "51", **form, "form_token": form_token}))


def shown(page: Read) -> list[Any]:
    """Return the request and the answer that the page shows."""
    return [json.loads(html.unescape(text)) for text in re.findall(r"<pre[^>]*>(.*?)</pre>", page.source, re.DOTALL)]


def test_a_form_and_its_request_are_equivalent() -> None:
    request = {"encounter": WHOLE}
    assert request_from_form(form_from_request(request)) == request
    assert request_from_form(parse_form(form_of(form_from_request(request)))) == request


def test_empty_fields_are_absent_from_the_request() -> None:
    request = {"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": []}}
    assert request_from_form(parse_form(form_of(form_from_request(request)))) == request


def test_an_empty_line_between_diagnoses_is_ignored() -> None:
    contact = parse_form(MultiDict({"code-1": " ", "code-2": "L84", "role-2": "main", "code-7": "L03"}))
    assert contact.diagnoses == [("L84", "main"), ("L03", "")]


@pytest.mark.parametrize("number", [3, 20, 40])
def test_every_line_of_the_form_is_read(client: FlaskClient, number: int) -> None:
    page = filled(client, **{f"code-{place}": "L84" for place in range(1, number + 1)})
    lines = {name: value for name, value in page.values.items() if name.startswith("code-")}
    assert len(lines) == number + 1
    empty = lines.popitem()
    assert empty == (f"code-{number + 1}", "")
    request, _ = shown(filled(client, **lines, **{empty[0]: "L03"}))
    assert [diagnosis["code"] for diagnosis in request["encounter"]["diagnoses"]] == ["L84"] * number + ["L03"]


def test_too_many_diagnoses_are_reported_at_their_field(client: FlaskClient) -> None:
    page = filled(client, **{f"code-{place}": "L84" for place in range(1, MAX_ITEMS + 2)})
    assert 'id="code-1-fault"' in page.source
    assert f"{MAX_ITEMS}" in page.text
    assert page.values[f"code-{MAX_ITEMS + 1}"] == "L84"


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_is_judged_as_by_the_api(client: FlaskClient, key: str) -> None:
    page = Read(client.get("/", query_string={"example": key}))
    request, answer = shown(page)
    assert request == EXAMPLES[key][1]
    assert answer == client.post("/v1/validate", json=request).get_json()
    assert (answer["status"] == "ok") is (key == "right")


@pytest.mark.parametrize("sent", IN_REACH.values(), ids=IN_REACH)
def test_only_findings_for_clinicians_are_shown(client: FlaskClient, sent: dict[str, Any]) -> None:
    form = form_of(form_from_request(sent))
    form["form_token"] = Read(client.get("/")).values["form_token"]
    page = Read(client.post("/", data=form))
    answer = shown(page)[1]
    first = page.source.partition('<details class="panel quiet"')[0]
    for finding in answer["findings"]:
        assert (html.escape(finding["message"], quote=False).replace('"', "&#34;") in first) is (finding["audience"] == "clinician")
        assert finding["message"].replace("  ", " ") in page.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"date": "14-10-2025"}, "date"),
        ({"date": ""}, "date"),
        ({"age": "67 år"}, "age"),
        ({"age": "131"}, "age"),
        ({"phase": "to"}, "phase"),
        ({"sex": "x"}, "sex"),
        ({"joints": "nose"}, "joints"),
        ({"services": "x"}, "services"),
        ({"code-1": "L" * 201}, "code-1"),
        ({"code-1": "L84", "code-2": "x" * 300}, "code-2"),
        ({"radiating_pain": "maybe"}, "radiating_pain"),
        ({"contact_number": "-1"}, "contact_number"),
    ],
)
def test_an_error_is_reported_at_its_field(client: FlaskClient, form: dict[str, str], field: str) -> None:
    page = filled(client, **form)
    assert f'id="{field}-fault"' in page.source
    assert f"#{field}" in page.links
    assert page.source.count('class="fault"') == 1
    assert f'id="{field}"' in page.source
    assert shown(page) == []


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/encounter/patient/age", "age"),
        ("/encounter/observations/joints/1", "joints"),
        ("/encounter/diagnoses/1/code", "code-2"),
        ("/encounter/diagnoses/0/role", "role-1"),
        ("/encounter/diagnoses", "code-1"),
        ("/encounter/referral/diagnoses/0/code", "referral"),
        ("/encounter/services/0", "services"),
    ],
)
def test_every_path_of_the_request_has_a_field(path: str, field: str) -> None:
    assert field_name(path) == field


def test_a_suggestion_changes_the_contact(client: FlaskClient) -> None:
    page = filled(client, **{"code-1": "L92", "course": "artrose-knae"})
    (key,) = re.findall(r'name="apply" value="([^"]+)"', page.source)
    after = filled(client, **{"code-1": "L92", "course": "artrose-knae", "apply": key})
    assert after.values["code-1"] == "L90"
    assert shown(after)[1]["status"] == "ok"


@pytest.mark.parametrize("key", ["", "x", "dk.51.artrose-knae /encounter/diagnoses/0/code replace A01"])
def test_an_unknown_suggestion_changes_nothing(client: FlaskClient, key: str) -> None:
    after = filled(client, **{"code-1": "L92", "course": "artrose-knae", "apply": key})
    assert after.values["code-1"] == "L92"


def test_a_role_in_the_wrong_place_can_be_changed(client: FlaskClient) -> None:
    contact = {"code-1": "L92", "role-1": "main", "code-2": "L90", "role-2": "secondary", "course": "artrose-knae"}
    key = re.findall(r'name="apply" value="([^"]*make-main[^"]*)"', filled(client, **contact).source)[0]
    request = shown(filled(client, **contact, apply=key))[0]
    assert request["encounter"]["diagnoses"] == [{"code": "L92", "role": "secondary"}, {"code": "L90", "role": "main"}]


def test_a_tried_contact_is_neither_counted_nor_logged(client: FlaskClient) -> None:
    before = re.findall(r"^kodevagt_findings.*|^kodevagt_contacts.*", client.get("/metrics").get_data(as_text=True), re.MULTILINE)
    with capture_logs() as logged:
        filled(client, **{"code-1": "L92", "course": "artrose-knae", "age": "67"})
    after = re.findall(r"^kodevagt_findings.*|^kodevagt_contacts.*", client.get("/metrics").get_data(as_text=True), re.MULTILINE)
    assert before == after
    assert "L92" not in str(logged)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_findings_are_in_the_language_of_the_page(client: FlaskClient, language: str) -> None:
    page = Read(client.get(f"/?example=knee&language={language}", headers={"Accept-Language": "sv"}))
    assert page.language == language
    assert {"da": "passer ikke til forløbet", "en": "does not fit the course"}[language] in page.text


def test_form_values_are_escaped(client: FlaskClient) -> None:
    mark = '"><script>alert(1)</script>'
    page = filled(client, **{"code-1": mark, "age": mark, "course": mark, "previous": mark})
    assert "<script>alert" not in page.source
    assert page.values["code-1"] == mark
