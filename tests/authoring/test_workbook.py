"""The course table in Excel and back: unchanged it says the same, edited it becomes a draft; what is wrong is told by its cell."""

import datetime
import random
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.authoring.workbook_cases import COURSES, MAIN, SHARED_CASES, WORKBOOK_CASES, Edit, Spoilt, edited, put
from tests.rulebook.rule_folder import RuleFolder
from tests.rulebook.test_problems import LEAKS
from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import build_sheets
from validator.authoring.excel.workbook_draft import WorkbookDraft, read_workbook_draft
from validator.authoring.excel.workbook_reader import MAX_FILE_BYTES, CourseWorkbook, WorkbookError
from validator.authoring.excel.workbook_writer import write_workbook
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.release_files import ReleaseFiles

DAY = datetime.date(2026, 1, 1)
EDITION, FILE, NAME = "prøve", "forløb.xlsx", "ny-2026"


@dataclass
class Small:
    """The small release, its workbook and the catalogue."""

    base: Release
    workbook: bytes
    catalogue: Catalogue

    def draft(self, edit: Edit) -> WorkbookDraft:
        """What comes of its workbook after an edit."""
        return self.read(edited(self.workbook, edit))

    def read(self, content: bytes) -> WorkbookDraft:
        return read_workbook_draft(CourseWorkbook(content, FILE), self.base, NAME, FILE, self.catalogue, DAY)

    def release(self, made: WorkbookDraft) -> Release:
        """The draft as it is read from its files."""
        files = ReleaseFiles(Path("dk", NAME), {file: text.encode() for file, text in made.files.items()})
        release = read_files(files, {self.base.name: self.base}, self.catalogue).release
        assert release is not None
        return release


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Small:
    base = RuleFolder(tmp_path_factory.mktemp("small") / "rules", catalogue).release()
    return Small(base, write_workbook(base, EDITION), catalogue)


def places(made: WorkbookDraft) -> list[tuple[str, str]]:
    found = []
    for problem in made.report.errors:
        assert isinstance(problem.place, CellPlace)
        found.append((problem.id, problem.place.cell))
    return found


def test_every_release_comes_back_as_it_was(releases: list[Release], small: Small) -> None:
    for release in releases:
        book = CourseWorkbook(write_workbook(release, EDITION), FILE)
        assert list(book.head.values()) == [release.pack, release.name, EDITION, release.digest(EDITION)]
        made = read_workbook_draft(book, release, NAME, FILE, small.catalogue, DAY)
        assert (made.files, made.courses, made.sources, made.report.errors) == ({}, (), (), [])


def test_what_was_saved_by_another_program_says_the_same(small: Small) -> None:
    """Excel makes numbers of what looks like them, and saves what it likes beside."""
    made = small.draft(put(COURSES, D2=51, F9="en bemærkning"))
    assert (made.files, made.report.errors) == ({}, [])


def test_a_code_that_is_settled_becomes_a_draft(small: Small) -> None:
    new = ("laenderyg", datetime.date(2026, 3, 1), None, "L03", "L02", None, "Afklaret", "afgoerelse-1", "Nu L03.", "L03 now.")
    source = ("afgoerelse-1", 'EKM, "afgørelsen"', datetime.date(2026, 2, 1), "https://ekm.dk/1", "afgjort")

    def edit(book: object) -> None:
        book[MAIN].append(new)  # type: ignore[index]
        book["Kilder"].append(source)  # type: ignore[index]

    made = small.draft(edit)
    assert (made.courses, made.sources, made.report.errors) == (("laenderyg",), ("afgoerelse-1",), [])
    release, before = small.release(made), small.base
    first, second = release.courses["laenderyg"].main_diagnosis
    assert first == before.courses["laenderyg"].main_diagnosis[0]
    assert (second.start, second.codes, second.start_codes, second.status) == (
        datetime.date(2026, 3, 1),
        ("L03",),
        ("L02",),
        "decided",
    )
    assert second.note == {"da": "Nu L03.", "en": "L03 now."}
    assert release.sources["afgoerelse-1"].title == 'EKM, "afgørelsen"'
    assert release.courses["parkinson"] == before.courses["parkinson"]
    assert release.rules == before.rules
    assert "parkinson" not in made.files["courses.yaml"]
    assert "codes: [L03]" in made.files["courses.yaml"]


def test_phases_and_services_become_a_draft(small: Small) -> None:
    def edit(book: object) -> None:
        put("Faser", E2=3)(book)
        put("Ydelser", E2="video, individual", I2="moede")(book)

    release = small.release(small.draft(edit))
    (phases,), (services,) = release.courses["parkinson"].phases, release.courses["parkinson"].services
    assert (phases.first, phases.last) == (1, 3)
    assert services.by_phase == {1: ("individual", "video"), 2: ("video", "individual")}


def test_a_new_course_becomes_a_draft(small: Small) -> None:
    def edit(book: object) -> None:
        book[COURSES].append(["knae", "Knæ: # 'artrose'", "Knee", "51, 62"])  # type: ignore[index]
        book[MAIN].append(["knae", "2026-02-01", "2026-12-31", "L89, L90", None, "ja", "ubekræftet", "moede"])  # type: ignore[index]

    course = small.release(small.draft(edit)).courses["knae"]
    assert (course.title["da"], course.specialties) == ("Knæ: # 'artrose'", ("51", "62"))
    assert (course.main_diagnosis[0].several, course.main_diagnosis[0].to) == (True, datetime.date(2026, 12, 31))


@pytest.mark.parametrize("spoilt", [*WORKBOOK_CASES, *SHARED_CASES], ids=lambda spoilt: spoilt.id)
def test_what_is_wrong_is_told_by_its_cell(spoilt: Spoilt, small: Small) -> None:
    made = small.draft(spoilt.edit)
    assert (spoilt.id, spoilt.cell) in places(made)
    assert made.files == {}
    for problem in made.report.problems:
        assert str(problem).startswith("forløb.xlsx:")
        assert LEAKS.search(problem.text) is None, problem.text


def test_all_is_told_at_once_and_nothing_twice(small: Small) -> None:
    def edit(book: object) -> None:
        put(MAIN, B2="01-10-2025", D2="L8E", G2=None)(book)
        put(COURSES, C3=None)(book)

    assert places(small.draft(edit)) == [
        ("cell-empty", f"{COURSES}!C3"),
        ("not-date", f"{MAIN}!B2"),
        ("unknown-code", f"{MAIN}!D2"),
        ("cell-empty", f"{MAIN}!G2"),
    ]


def test_a_source_without_a_title_hides_no_other_problem(small: Small) -> None:
    assert places(small.draft(put("Kilder", B2=None, C2="2024-13-01"))) == [("cell-empty", "Kilder!B2"), ("not-date", "Kilder!C2")]


def test_what_is_doubtful_is_told_of_what_is_new_only(small: Small) -> None:
    made = small.draft(put(MAIN, B2="2026-06-01"))
    (problem,) = made.report.problems
    assert (problem.id, problem.severity, problem.line) == ("source-older", "warning", "moede")
    assert made.files


def test_a_text_is_never_a_formula(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = RuleFolder(tmp_path, catalogue)
    folder.edit("courses.yaml", 'da: "Smerter i lænderyg"', 'da: "=1+1"')
    other = Small(folder.release(), write_workbook(folder.release(), EDITION), catalogue)
    assert load_workbook(BytesIO(other.workbook))[COURSES]["B2"].data_type == "s"
    assert other.read(other.workbook).report.errors == []


def test_whatever_is_written_stays_a_text(small: Small) -> None:
    text = '- " \\ } a: b # nej {code} &a \u2028\x85\x7f😀 true'
    release = small.release(small.draft(put(COURSES, B2=text)))
    assert release.courses["laenderyg"].title["da"] == text


def test_what_excel_keeps_beside_the_cells_is_no_matter(small: Small) -> None:
    """Excel saves lists to choose from in a form of its own, of which the library warns."""
    parts = ZipFile(BytesIO(small.workbook))
    saved = BytesIO()
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with ZipFile(saved, "w") as written:
        for name in parts.namelist():
            written.writestr(name, parts.read(name).replace(b"</worksheet>", extension))
    assert small.read(saved.getvalue()).report.errors == []


def test_every_column_tells_what_it_is_for(small: Small) -> None:
    book = load_workbook(BytesIO(write_workbook(small.base, EDITION)))
    for sheet in build_sheets(("da", "en"), 5):
        for cell, column in zip(next(book[sheet.title].iter_rows(1, 1)), sheet.columns, strict=True):
            assert cell.value == column.heading
            assert cell.comment.text


@pytest.mark.parametrize("content", [b"", b"PK", b"Navn;Kode\n", bytes(MAX_FILE_BYTES + 1)])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookError):
        CourseWorkbook(content, "x.xlsx")


@pytest.mark.parametrize("edit", [lambda book: book.remove(book["Udgave"]), put("Udgave", B2=None), put("Udgave", A1="Pak")])
def test_a_workbook_that_does_not_say_what_it_is_from_is_refused(edit: Edit, small: Small) -> None:
    with pytest.raises(WorkbookError, match="kodevagt rules export"):
        small.draft(edit)


def test_a_spoilt_workbook_is_refused_or_read(small: Small) -> None:
    """Bytes changed anywhere in the file: a sentence or a report, never anything else."""
    content, base, chance = write_workbook(small.base, EDITION), small.base, random.Random(4)
    for _ in range(25):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            book = CourseWorkbook(bytes(spoilt[: chance.choice([len(spoilt), chance.randrange(len(spoilt))])]), "x.xlsx")
        except WorkbookError:
            continue
        made = read_workbook_draft(book, base, NAME, "x.xlsx", small.catalogue, DAY)
        assert made.files == {} or small.release(made)
