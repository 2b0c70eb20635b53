"""The pages of codes: by chapter and component, by search, and one at a stable address for each code."""

import pytest
from flask.testing import FlaskClient

from api import create_app
from tests.catalogue.editions import edition, titles
from tests.pages.reading import Read
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition_timeline import add_editions
from validator.rulebook.release import Release


def read(client: FlaskClient, address: str, language: str = "da") -> Read:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return Read(answer)


def test_the_chapters_lead_to_every_code(client: FlaskClient, catalogue: Catalogue) -> None:
    chapters = [link for link in read(client, "/codes").links if "chapter=" in link]
    assert len(chapters) == 18
    listed = [link for chapter in chapters for link in read(client, chapter).links if link.startswith("/codes/")]
    assert sorted(listed) == sorted(f"/codes/{code}" for code in catalogue.rubrics)


def test_a_chapter_is_divided_by_component(client: FlaskClient) -> None:
    page = read(client, "/codes?chapter=L")
    assert page.heading == "L Muskler, led og knogler"
    parts = ("Symptomer og klager (23)", "Infektioner (1)", "Skader (11)", "Andre diagnoser (15)")
    assert all(part in page.text for part in parts)


@pytest.mark.parametrize(
    ("query", "code"), [("iskias", "L86"), ("slidgigt i knæ", "L90"), ("frosen skulder", "L92"), ("l86", "L86")]
)
def test_words_find_a_code_first(client: FlaskClient, query: str, code: str) -> None:
    found = [link for link in read(client, f"/codes?q={query}").links if link.startswith("/codes/")]
    assert found[0] == f"/codes/{code}"


@pytest.mark.parametrize("query", ["M54.3", "m543", "DM543", " dm54.3 "])
def test_a_hospital_code_finds_its_bridged_codes(client: FlaskClient, query: str) -> None:
    page = read(client, f"/codes?q={query}")
    assert [link for link in page.links if link.startswith("/codes/")] == ["/codes/L86"]
    assert "sygehuskode" in page.heading


def test_the_preferred_bridged_code_comes_first(client: FlaskClient) -> None:
    page = read(client, "/codes?q=M51.2")
    assert [link for link in page.links if link.startswith("/codes/")] == ["/codes/L86", "/codes/L84"]
    assert page.text.count("foretrukken") == 1


def test_a_search_without_hits_has_a_hint(client: FlaskClient) -> None:
    page = read(client, "/codes?q=qqqqq")
    assert page.heading == "Intet fundet til »qqqqq«"
    assert "/codes?chapter=L" in page.links


def test_the_page_of_a_code_has_its_titles_notes_and_bridges(client: FlaskClient) -> None:
    page = read(client, "/codes/L86")
    assert page.heading == "L86 Rygsyndrom med udstråling, fx iskias eller prolaps"
    for text in (
        "Rygsyndrom med udstråling",
        "iskias",
        "prolapsus disci",
        "smerten stråler ud i benet",
        "DM543",
        "Lumbal spinal stenose",
    ):
        assert text in page.text
    assert {"/codes/L84", "/codes/L03", "/codes/L83", "/codes/N94"} <= set(page.links)
    assert "sciatica" not in page.text
    assert "sciatica" in read(client, "/codes/L86", "en").text


@pytest.mark.parametrize(
    ("code", "called", "second"),
    [
        ("L86", "nerverodspåvirkning", "rygsyndrom, rygopereret"),
        ("L79", "forstuvning", "piskesmæld, whiplash"),
        ("L91", "fingerartrose", "slidgigt i skulderen"),
    ],
)
def test_synonyms_preferred_by_another_code_are_listed_separately(client: FlaskClient, code: str, called: str, second: str) -> None:
    before, after = read(client, f"/codes/{code}").text.split("Bruges også, men helst en anden kode")
    before = before.split("Kaldes også")[1]
    assert called in before
    for word in second.split(", "):
        assert word in after
        assert f" {word}," not in before


def test_without_such_synonyms_there_is_no_separate_list(client: FlaskClient) -> None:
    assert "helst en anden kode" not in read(client, "/codes/L93").text


@pytest.mark.parametrize("code", ["-57", "A30"])
def test_a_process_code_is_never_offered_as_a_diagnosis(client: FlaskClient, code: str) -> None:
    page = read(client, f"/codes/{code}")
    assert "er ikke en diagnose" in page.text
    assert "hvor den passer på patienten" not in page.text
    assert "hvor den passer på patienten" in read(client, "/codes/L93").text


def test_the_page_of_the_edition_names_the_owner_of_the_titles(
    client: FlaskClient, catalogue: Catalogue, releases: list[Release]
) -> None:
    assert f"{catalogue.edition} (ICPC-2: kodesættet med Kodevagts egne titler)" in read(client, "/codes/L86").text
    added = add_editions(catalogue, [edition("a-2020", "2020-01-01", titles(catalogue, L86="Iskias og andet"))])
    page = read(create_app(service=Service.from_releases(added, releases)).test_client(), "/codes/L86")
    assert page.heading == "L86 Iskias og andet"
    assert "a-2020 (Udgaven a-2020)" in page.text
    assert "egne titler" not in page.text


def test_a_code_of_one_sex_links_to_that_of_the_other(client: FlaskClient) -> None:
    page = read(client, "/codes/X76")
    assert "Kvinde" in page.text
    assert "/codes/Y78" in page.links


def test_every_code_has_a_page(client: FlaskClient, catalogue: Catalogue) -> None:
    for number, rubric in enumerate(catalogue.rubrics.values()):
        language = ("da", "en")[number % 2]
        page = Read(client.get(f"/codes/{rubric.code}?language={language}"))
        assert page.heading == f"{rubric.code} {rubric.title(language)}"
        assert page.language == language


@pytest.mark.parametrize("written", ["l86", " L86", "L 86", "L86\u200b", "\uff2c86"])
def test_another_spelling_of_a_code_redirects_to_its_address(client: FlaskClient, written: str) -> None:
    answer = client.get(f"/codes/{written}")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/codes/L86")


def test_an_unknown_code_suggests_similar_ones(client: FlaskClient) -> None:
    answer = client.get("/codes/L999")
    assert answer.status_code == 404
    assert "/codes/L99" in Read(answer).links
    assert Read(client.get("/codes/<b>")).source.count("<b>") == 0


@pytest.mark.parametrize("code", ["M17.1", "DM177", "DG359A"])
def test_a_code_of_the_hospital_redirects_to_its_search(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/codes/{code}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/codes?q={code}")


@pytest.mark.parametrize("query", ["A96.1", "DA961"])
def test_a_code_of_the_hospital_without_a_bridge_finds_nothing(client: FlaskClient, query: str) -> None:
    page = Read(client.get("/codes", query_string={"q": query}))
    assert page.heading == f"Intet fundet til »{query}«"
    assert "Det ligner en sygehuskode uden en kendt kode i ICPC-2." in page.text
    assert "/codes/A96" not in page.links


def test_the_page_of_a_code_can_be_revalidated(client: FlaskClient) -> None:
    first = client.get("/codes/L86")
    again = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.get("/codes/L86", headers=again).status_code == 304
    assert client.get("/codes/L86", headers={**again, "Accept-Language": "en"}).status_code == 200
    assert set(first.headers["Vary"].split(", ")) >= {"Accept-Language", "Cookie"}


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '" onfocus="x', "{{ 7*7 }}", "%00", "æ" * 500, "'"])
def test_a_query_is_escaped(client: FlaskClient, query: str) -> None:
    answer = client.get("/codes", query_string={"q": query})
    assert answer.status_code == 200
    page = Read(answer)
    assert "<script>alert" not in page.source
    assert page.values["q"] == query[:200].strip()
