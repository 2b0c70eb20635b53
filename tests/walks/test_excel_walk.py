"""The walk in Excel: five commands, from the workbook of the release in force."""

import shutil
from pathlib import Path

import pytest

from tests.authoring.workbook_cases import COURSES, MAIN, edited
from tests.each import naming
from tests.walks.cell_mistakes import CELL_MISTAKES, NEW_COURSE, NEW_ROW, NEW_SOURCE, OLD_ROW, RIGHT, SOURCES, Cells
from tests.walks.stenosis import BASE, BEFORE, CONTACT, LIVE, NAME, NOTE, Walker, judged
from validator import Settings, read_request
from validator.cli.common import load_service

FILE = "forløb.xlsx"

pytestmark = pytest.mark.slow


def put(cells: Cells, *, workbook: bytes | None = None) -> None:
    """Write into cells of the workbook, by default of the one that is there."""

    def edit(book: object) -> None:
        for sheet, values in cells.items():
            for cell, value in values.items():
                book[sheet][cell] = value  # type: ignore[index]  # openpyxl has no types

    Path(FILE).write_bytes(edited(workbook or Path(FILE).read_bytes(), edit))


def judged_by_the_library(walker: Walker) -> tuple[str, str, list[str]]:
    service = load_service(Settings(database=walker.folder / "kodevagt.db"))
    return judged(service.judge(read_request(CONTACT)).to_json())


def test_the_change_goes_live_and_back_in_five_commands(walker: Walker) -> None:
    assert judged_by_the_library(walker) == BEFORE
    walker.step("export", BASE, FILE)
    put(RIGHT)
    assert f"{NAME} er skrevet: lumbal-stenose" in walker.step("import", FILE, "--to", NAME).stdout
    walker.step("publish", NAME, "--create", "--note", NOTE)
    assert judged_by_the_library(walker) == BEFORE
    walker.step("activate", NAME)
    assert judged_by_the_library(walker) == LIVE
    walker.step("activate", BASE)
    assert judged_by_the_library(walker) == BEFORE
    assert walker.commands == 5


def test_the_rows_are_those_that_an_author_would_choose(walker: Walker) -> None:
    from openpyxl import load_workbook

    walker.run("export", BASE, FILE)
    book = load_workbook(FILE)
    assert book[MAIN][f"A{OLD_ROW}"].value == book[COURSES][f"A{OLD_ROW}"].value == "lumbal-stenose"
    for sheet, row in ((MAIN, NEW_ROW), (SOURCES, NEW_SOURCE), (COURSES, NEW_COURSE)):
        assert book[sheet][f"A{row}"].value is None


def test_each_of_ten_mistakes_is_reported_with_its_cell_and_the_way_out(walker: Walker) -> None:
    walker.run("export", BASE, FILE)
    workbook = Path(FILE).read_bytes()
    assert len(CELL_MISTAKES) == 10
    for name, mistake in CELL_MISTAKES.items():
        with naming(name):
            put(mistake.all_cells, workbook=workbook)
            lines = walker.run("import", FILE, "--to", NAME, code=0 if mistake.id else 1).stdout.splitlines()
            start = f"{FILE}:{mistake.place}: "
            (printed,) = (line for line in lines if line.startswith(start))
            assert all(words in printed for words in mistake.said), printed
            assert (f"advarsel, som skal godtages ({mistake.id})" in printed) is bool(mistake.id)
            assert Path(NAME).exists() is bool(mistake.id)
            if mistake.id:
                refused = walker.run("publish", NAME, "--create", "--note", NOTE, code=1)
                assert f"--accept {mistake.id}" in refused.stderr
                shutil.rmtree(NAME)


def test_commands_that_go_wrong_say_what_to_do(walker: Walker) -> None:
    walker.run("export", BASE, FILE)
    assert "siger det samme" in walker.run("import", FILE, "--to", NAME).stdout
    put({MAIN: {f"M{NEW_ROW}": "Husk mødet"}, **RIGHT})
    assert "--to" in walker.run("import", FILE, code=2).stderr
    assert "Giv den et nyt navn" in walker.run("import", FILE, "--to", BASE, code=2).stderr
    assert "små bogstaver" in walker.run("import", FILE, "--to", "EKM 2027", code=2).stderr
    Path("forløb.csv").write_text("Forløb;Fra\n", encoding="utf-8")
    assert "Gem det som .xlsx" in walker.run("import", "forløb.csv", "--to", NAME, code=2).stderr
    walker.run("import", FILE, "--to", NAME)
    assert "findes allerede" in walker.run("import", FILE, "--to", NAME, code=2).stderr
