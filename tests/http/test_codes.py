"""`GET /v1/codes`: search, the list of all codes, and the refusal of bad queries."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.http.personal import NUMBERS, assert_refused
from tests.http.problems import assert_problem
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.search.query import MAX_QUERY_LENGTH

ADDRESS = "/v1/codes"


def search(client: FlaskClient, **query: object) -> dict[str, Any]:
    response = client.get(ADDRESS, query_string=query)
    assert response.status_code == 200
    content: dict[str, Any] = response.get_json()
    assert list(content) == ["items", "total"]
    return content


def codes(client: FlaskClient, **query: object) -> list[str]:
    return [item["code"] for item in search(client, **query)["items"]]


def test_a_clinicians_word_finds_the_code(client: FlaskClient) -> None:
    first = search(client, q="iskias")["items"][0]
    assert first == {
        "code": "L86",
        "title": "Rygsyndrom med udstråling, fx iskias eller prolaps",
        "short_title": "Rygsyndrom med udstråling",
        "term": "iskias",
        "chapter": "L",
        "kind": "other",
        "valid_from": None,
        "valid_to": None,
    }


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("slidgigt i knæ", "L90"),
        ("frosen skulder", "L92"),
        ("ledegigt", "L88"),
        ("knaeartrose", "L90"),
        (" l 86", "L86"),
        ("-57", "-57"),
    ],
)
def test_what_is_typed_finds_the_code_first(typed: str, code: str, client: FlaskClient) -> None:
    assert codes(client, q=typed)[0] == code


@pytest.mark.parametrize("typed", ["M51.2", "m512", "DM512", " dm51.2 "])
def test_a_hospital_code_finds_its_bridged_codes_the_preferred_first(typed: str, client: FlaskClient) -> None:
    assert [(item["code"], item["term"]) for item in search(client, q=typed)["items"]] == [
        ("L86", typed.strip()),
        ("L84", typed.strip()),
    ]


@pytest.mark.parametrize(
    ("language", "title"), [("da", "Artrose i knæet"), ("en", "Osteoarthritis of the knee"), ("sv", "Artrose i knæet")]
)
def test_titles_are_in_the_callers_language(language: str, title: str, client: FlaskClient) -> None:
    response = client.get(ADDRESS, query_string={"q": "L90"}, headers={"Accept-Language": language})
    assert response.get_json()["items"][0]["title"] == title


def test_a_rubric_may_have_no_short_title(client: FlaskClient) -> None:
    assert search(client, q="A30")["items"][0]["short_title"] is None


def test_with_a_specialty_codes_usual_in_physiotherapy_come_first(client: FlaskClient) -> None:
    plain, special = codes(client, q="lunge"), codes(client, q="lunge", specialty="51")
    assert plain[0] == "R84"
    assert special.index("R81") < special.index("R84")
    assert plain == codes(client, q="lunge", specialty="")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("L84\u200b", "L84"),
        ("L\u200b84", "L84"),
        ("\ufeffl\u00ad84 ", "L84"),
        ("\uff2c84", "L84"),
        ("\u041c17.1", "L90"),
        ("D\u039c171", "L90"),
        ("slid\u00adgigt i kn\u200bæ", "L90"),
        ("L5 S1 pro\u00adlaps", "L86"),
    ],
)
def test_invisible_characters_and_lookalikes_of_a_code_do_not_matter(typed: str, code: str, client: FlaskClient) -> None:
    assert codes(client, q=typed)[0] == code


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Koden L84 i adressen indeholder et usynligt tegn (U+200B). Skriv den igen på tastaturet."),
        ("en", "The code L84 in the address contains an invisible character (U+200B). Type it again."),
        ("sv", "Koden L84 i adressen innehåller ett osynligt tecken (U+200B). Skriv den igen på tangentbordet."),
    ],
)
def test_a_code_in_an_address_is_not_corrected_but_named(language: str, text: str, client: FlaskClient) -> None:
    response = client.get(f"{ADDRESS}/L84\u200b", headers={"Accept-Language": language})
    assert assert_problem(response, 404, language=language)["detail"] == text
    response = client.get(f"{ADDRESS}/L21\u200b", headers={"Accept-Language": "da"})
    assert assert_problem(response, 404)["detail"] == "Koden findes ikke i kataloget."


def test_an_unknown_word_finds_nothing(client: FlaskClient) -> None:
    assert search(client, q="qqqqq") == {"items": [], "total": 0}
    assert search(client, q="👍") == {"items": [], "total": 0}


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "  "}])
def test_without_words_all_codes_are_listed(query: dict[str, str], client: FlaskClient, catalogue: Catalogue) -> None:
    assert search(client, **query, limit=1)["total"] == len(catalogue.rubrics)
    listed = [code for offset in range(0, 800, 200) for code in codes(client, **query, limit=200, offset=offset)]
    assert listed == list(catalogue.rubrics)
    assert {item["term"] for item in search(client, **query)["items"]} == {None}


def test_the_pages_of_a_search_make_up_its_list(client: FlaskClient) -> None:
    whole = codes(client, q="smerter", limit=200)
    assert len(whole) == search(client, q="smerter")["total"] > 20
    assert codes(client, q="smerter") == whole[:20]
    assert codes(client, q="smerter", limit=7, offset=7) == whole[7:14]


def test_the_same_query_gives_the_same_bytes_or_a_304(client: FlaskClient) -> None:
    first = client.get(f"{ADDRESS}?q=smerter")
    assert client.get(f"{ADDRESS}?q=smerter").data == first.data
    assert client.get(f"{ADDRESS}?q=smerter", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("letter", ["a", "æ", "𝄞"])
def test_a_query_has_at_most_200_characters(letter: str, client: FlaskClient) -> None:
    assert search(client, q=letter * MAX_QUERY_LENGTH)
    problem = assert_problem(
        client.get(ADDRESS, query_string={"q": letter * (MAX_QUERY_LENGTH + 1)}), 422, path="?q", absent=letter * 50
    )
    assert "200" in problem["errors"][0]["message"]


@pytest.mark.parametrize("specialty", ["08", "fysioterapi", "51 "])
def test_an_unknown_specialty_is_refused_with_the_known_ones(specialty: str, client: FlaskClient) -> None:
    problem = assert_problem(client.get(ADDRESS, query_string={"q": "knæ", "specialty": specialty}), 422, path="?specialty")
    assert "51, 57, 62, 65" in problem["errors"][0]["message"]


@pytest.mark.parametrize(("name", "value"), [("limit", "0"), ("limit", "201"), ("limit", "ti"), ("offset", "-1")])
def test_an_impossible_page_is_refused(name: str, value: str, client: FlaskClient) -> None:
    assert_problem(client.get(ADDRESS, query_string={"q": "knæ", name: value}), 422, path=f"?{name}")


@pytest.mark.usefixtures("nothing_leaks")
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["q", "specialty"])
def test_a_cpr_number_is_not_searched_for(name: str, number: str, client: FlaskClient) -> None:
    assert_refused(client.get(ADDRESS, query_string={name: f"knæ {number}"}), number, path="address")


def test_a_query_is_not_logged(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.get(ADDRESS, query_string={"q": "springerknæ"})
    printed = "".join(capsys.readouterr())
    assert "route=/v1/codes" in printed
    assert "springerkn" not in printed
