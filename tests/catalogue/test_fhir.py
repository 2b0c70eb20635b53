"""The head of a CodeSystem: what it is, how many codes it has, and whether it is in use."""

import pytest

from tests.catalogue.code_systems import concept, read_code_system, refused_code_system


def test_a_count_that_agrees_is_of_all_concepts() -> None:
    nested = {**concept("A"), "concept": [concept("A1"), concept("A2", notSelectable=True)]}
    assert len(read_code_system(nested, count=3).rows) == 2


@pytest.mark.parametrize("count", [0, 2, 4])
def test_a_count_that_differs_is_refused_with_both_numbers(count: int) -> None:
    nested = {**concept("A"), "concept": [concept("A1"), concept("A2")]}
    fault = refused_code_system(nested, count=count)
    assert fault == f"x.json:1: count er {count}, men antallet af koder i filen er 3; den er måske afkortet"


@pytest.mark.parametrize("count", ["1", 1.0, True, []])
def test_a_count_that_is_no_whole_number_is_refused(count: object) -> None:
    assert "count skal være et helt tal" in refused_code_system(concept("A"), count=count)


@pytest.mark.parametrize("status", ["draft", "retired", "unknown"])
def test_a_file_that_is_not_in_use_asks(status: str) -> None:
    (question,) = read_code_system(concept("A"), status=status).questions
    assert question.name == status
    assert f"(status: {status})" in question.text


def test_an_experimental_file_asks() -> None:
    found = read_code_system(concept("A"), status="draft", experimental=True)
    assert [question.name for question in found.questions] == ["draft", "experimental"]


def test_a_file_in_use_asks_nothing() -> None:
    assert read_code_system(concept("A"), status="active", experimental=False).questions == ()


@pytest.mark.parametrize(
    ("member", "value", "word"),
    [
        ("status", "aktiv", "status er aktiv, men skal være en af active, draft, retired, unknown"),
        ("status", 5, "status er 5, men"),
        ("experimental", "ja", "experimental er ja, men skal være true eller false"),
        ("content", None, "content mangler"),
        ("content", "fragment", "content er fragment. Kun complete"),
        ("url", "x", "url mangler"),
        ("property", {}, "property er ikke en liste"),
    ],
)
def test_a_wrong_head_is_refused(member: str, value: object, word: str) -> None:
    fault = refused_code_system(concept("A"), **{member: value})
    assert fault.startswith("x.json:1: ")
    assert word in fault


def test_a_supplement_without_its_system_is_refused() -> None:
    assert "supplements mangler" in refused_code_system(concept("A"), content="supplement")


def test_a_supplement_is_not_named_after_its_system() -> None:
    found = read_code_system(concept("A"), url="https://example.org/titler", name="", content="supplement", supplements="a:b")
    assert (found.name, found.title, found.system) == ("x", "https://example.org/titler", "a:b")


def test_a_version_is_no_part_of_the_system() -> None:
    found = read_code_system(concept("A"), content="supplement", supplements="http://hl7.org/fhir/sid/icd-10|2019")
    assert (found.system, found.is_supplement) == ("icd-10", True)


@pytest.mark.parametrize("property_", [{"validTo": "2028-06-30"}, {"status": "retired"}])
def test_a_supplement_with_days_or_statuses_is_refused(property_: dict[str, str]) -> None:
    fault = refused_code_system(concept("A", **property_), content="supplement", supplements="a:b")
    assert fault.startswith("x.json:9: ")
    assert "kun give titler" in fault


def test_a_code_without_title_in_a_supplement_is_reported() -> None:
    found = read_code_system({"code": "A"}, concept("B"), content="supplement", supplements="a:b")
    assert ([row.code for row in found.rows], found.left_out) == (["B"], {"koder uden titel i supplementet": ("A",)})


@pytest.mark.parametrize(
    ("date", "day"), [("2026-12-01", "2026-12-01"), ("2026-12-01T12:00:00+01:00", "2026-12-01"), ("2026-12", None), ("2026", None)]
)
def test_the_date_of_the_file_is_a_whole_day(date: str, day: str | None) -> None:
    assert read_code_system(concept("A"), date=date).date == day
