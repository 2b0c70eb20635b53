"""Several periods of one code: each day is judged by them, and overlapping ones are refused."""

from pathlib import Path

import pytest

from tests.catalogue.editions import day, edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SKS
from validator.catalogue.editions.catalogue_export import export_code_system, export_csv
from validator.catalogue.editions.edition import Edition, parse_edition
from validator.catalogue.editions.edition_changes import compare_editions
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.formats import BrokenFileError, read_distribution

HEAD = "code,title_da,valid_from,valid_to\n"
TWO = f"{HEAD}DX10,Før,1994-01-01,1999-12-31\nDX10,Efter,2005-01-01,\nDX11,Altid,,\n"


def build(folder: Path, text: str, start: str = "1994-01-01", system: str = SKS) -> Edition:
    path = folder / "x.csv"
    path.write_text(text, encoding="utf-8")
    return build_edition(read_distribution(path, "da"), name="a", title="t", system=system, start=day(start)).edition


@pytest.mark.parametrize("start", ["1994-01-01", "2002-01-01", "2020-01-01"])
@pytest.mark.parametrize(
    ("date", "valid"),
    [("1994-01-01", True), ("1999-12-31", True), ("2000-01-01", False), ("2004-12-31", False), ("2005-01-01", True)],
)
def test_a_day_between_two_periods_is_not_valid(start: str, date: str, valid: bool, tmp_path: Path) -> None:
    concept = build(tmp_path, TWO, start).concepts[0]
    assert (concept.code, concept.is_valid(day(date))) == ("DX10", valid)


def test_the_catalogue_answers_for_each_period(tmp_path: Path, catalogue: Catalogue) -> None:
    added = add_editions(catalogue, [build(tmp_path, TWO)])
    answers = {}
    for year in ("1993", "1996", "2002", "2026"):
        concept = added.on(day(f"{year}-06-01")).find_concept("DX10", SKS)
        answers[year] = concept is not None and concept.is_valid(day(f"{year}-06-01"))
    assert answers == {"1993": False, "1996": True, "2002": False, "2026": True}
    assert added.change_dates == {day("1994-01-01"), day("2000-01-01"), day("2005-01-01")}


def test_the_day_of_retirement_is_that_of_the_period_before(tmp_path: Path, catalogue: Catalogue) -> None:
    text = f"{TWO}DX10,Igen,2030-01-01,2031-12-31\n".replace("2005-01-01,", "2005-01-01,2010-12-31")
    concept = add_editions(catalogue, [build(tmp_path, text)]).on(day("2020-01-01")).find_concept("DX10", SKS)
    assert concept is not None
    days = ("1993-01-01", None), ("2002-01-01", "1999-12-31"), ("2020-01-01", "2010-12-31"), ("2040-01-01", "2031-12-31")
    for date, last in days:
        assert concept.last_day_before(day(date)) == (day(last) if last else None), date


def test_periods_of_icpc_are_kept_too(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = "".join(f'{code},"{title}",,\n' for code, title in titles(catalogue, ["L84"]).items())
    text = f"{HEAD}{rows}L84,Smalt,2026-01-01,2026-06-30\nL84,Smalt,2027-01-01,\n"
    added = add_editions(catalogue, [build(tmp_path, text, "2026-01-01", "icpc-2")])
    for date, valid in (("2026-03-01", True), ("2026-08-01", False), ("2027-03-01", True)):
        assert added.on(day(date)).rubrics["L84"].is_valid(day(date)) is valid, date


def test_a_code_retired_before_the_edition_is_known_as_retired(tmp_path: Path, catalogue: Catalogue) -> None:
    edition_2026 = build(tmp_path, f"{HEAD}DX10,Før,1994-01-01,1999-12-31\nDX11,Altid,,\n", "2026-01-01")
    view = add_editions(catalogue, [edition_2026]).on(day("2026-06-01"))
    concept = view.find_concept("DX10", SKS)
    assert concept is not None
    assert concept.last_day_before(day("2026-06-01")) == day("1999-12-31")
    assert not concept.is_valid(day("2026-06-01"))


@pytest.mark.parametrize(
    ("date", "known"), [("1996-06-01", False), ("2025-12-31", False), ("2026-01-01", True), ("2030-01-01", True)]
)
def test_days_before_the_edition_are_judged_as_before(date: str, known: bool, tmp_path: Path, catalogue: Catalogue) -> None:
    """The edition says that A22 was valid in 1996, but it is in force from 2026 on."""
    rows = "".join(f'{code},"{title}",,\n' for code, title in titles(catalogue).items())
    first = build(tmp_path, f"{HEAD}{rows}A22,Lukket,1994-01-01,1999-12-31\n", "2026-01-01", "icpc-2")
    second = edition("b", "2028-01-01", titles(catalogue))
    rubric = add_editions(catalogue, [first, second]).on(day(date)).get("A22")
    assert (rubric is not None) is known
    assert rubric is None or not rubric.is_valid(day(date))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1994-01-01,1999-12-31", "2000-01-01,2004-12-31", ("1994-01-01", "2004-12-31")),
        ("1994-01-01,2000-01-01", "2000-01-01,", ("1994-01-01", None)),
        (",1999-12-31", "2000-01-01,", (None, None)),
    ],
    ids=["days that follow each other", "the same day", "without limits"],
)
def test_periods_that_touch_are_one(first: str, second: str, expected: tuple[str | None, str | None], tmp_path: Path) -> None:
    (concept,) = build(tmp_path, f"{HEAD}DX10,Før,{first}\nDX10,Efter,{second}\n").concepts
    assert (concept.valid_from, concept.valid_to, concept.other_periods) == (*(text and day(text) for text in expected), ())


@pytest.mark.parametrize(
    ("start", "title"), [("1990-01-01", "Før"), ("1996-01-01", "Før"), ("2002-01-01", "Før"), ("2020-01-01", "Efter")]
)
def test_the_title_is_that_of_the_period_when_the_edition_begins(start: str, title: str, tmp_path: Path) -> None:
    assert build(tmp_path, TWO, start).concepts[0].titles == {"da": title}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            "DX10,a,1994-01-01,2000-12-31\nDX11,x,,\nDX10,b,1999-01-01,\n",
            ":4: DX10 gælder også efter linje 2 på nogle af de samme dage",
        ),
        ("DX10,a,1999-01-01,\nDX10,b,1994-01-01,2000-12-31\n", ":3: DX10 gælder også efter linje 2 på nogle af de samme dage"),
        ("DX10,a,,\nDX10,b,2000-01-01,\n", ":3: DX10 gælder også efter linje 2"),
        ("DX10,a,2000-01-01,2000-01-01\nDX10,b,2000-01-01,2000-01-01\n", ":3: DX10 gælder også efter linje 2"),
        ("DX10,a,,\nDX10,b,,\n", ":3: koden DX10 står også på linje 2"),
        ("DX10,a,1990-01-01,1999-12-31\nDX10,b,1991-01-01,1991-12-31\nDX10,c,1995-01-01,\n", ":3: DX10 gælder også efter linje 2"),
    ],
)
def test_overlapping_periods_are_refused_with_both_lines(rows: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError) as refused:
        build(tmp_path, HEAD + rows)
    assert message in str(refused.value)


def test_an_edition_with_periods_is_equal_after_a_round_trip(tmp_path: Path) -> None:
    one = build(tmp_path, TWO)
    assert parse_edition(one.json_text()) == one
    assert '"version":2' in one.json_text()


def test_an_edition_without_several_periods_is_stored_as_before() -> None:
    text = edition("a", "2026-01-01", {"A01": "Smerter"}).json_text()
    assert text == (
        '{"format":"kodevagt-edition","version":1,"name":"a","system":"icpc-2","title":"Udgaven a","date":"2026-01-01",'
        '"from":"2026-01-01","verified":true,"concepts":[["A01",{"da":"Smerter"}]]}'
    )
    assert parse_edition(text).json_text() == text


def test_each_period_that_begins_or_ends_later_is_listed(tmp_path: Path, catalogue: Catalogue) -> None:
    text = f"{HEAD}DX10,a,,2027-06-30\nDX10,b,2028-01-01,2028-12-31\nDX11,Altid,,\n"
    edition = build(tmp_path, text, "2027-01-01")
    changes = compare_editions(catalogue, add_editions(catalogue, [edition]), edition)
    days = [(row.code, row.first, row.last) for row in changes.dated]
    assert days == [("DX10", None, day("2027-06-30")), ("DX10", day("2028-01-01"), day("2028-12-31"))]


@pytest.mark.parametrize(("date", "days"), [("1996-01-01", ("1994-01-01", "1999-12-31")), ("2026-01-01", ("2005-01-01", ""))])
def test_an_export_has_the_period_of_its_day(date: str, days: tuple[str, str], tmp_path: Path, catalogue: Catalogue) -> None:
    added = add_editions(catalogue, [build(tmp_path, TWO)]).on(day(date))
    rows = [line.split(",") for line in export_csv(added, SKS, day(date)).decode().splitlines()]
    assert tuple(next(row for row in rows if row[0] == "DX10")[-2:]) == days
    assert f'"valueDateTime": "{days[0]}"' in export_code_system(added, SKS, day(date)).decode()


def test_a_title_in_another_unicode_form_is_no_new_title(catalogue: Catalogue) -> None:
    composed = edition("a", "2026-01-01", {"K1": "Kn\u00e6 \u00e5bent"}, system=SKS)
    decomposed = edition("b", "2027-01-01", {"K1": "Kn\u00e6 a\u030abent"}, system=SKS)
    before, after = add_editions(catalogue, [composed]), add_editions(catalogue, [composed, decomposed])
    assert compare_editions(before, after, decomposed).retitled == ()
