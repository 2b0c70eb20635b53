"""The course table in Excel and back: an edited workbook becomes a draft, and problems name their cell."""

import datetime
import random
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.authoring.workbook_cases import COURSES, MAIN, SHARED_CASES, WORKBOOK_CASES, BadWorkbook, Edit, edited, put
from tests.rulebook.rule_folder import RuleFolder
from tests.rulebook.test_problems import LEAKS
from validator.authoring.excel.cell_place import CellPlace
from validator.authoring.excel.sheet_layout import build_sheets
from validator.authoring.excel.workbook_draft import WorkbookDraft, read_workbook_draft
from validator.authoring.excel.workbook_errors import WorkbookError
from validator.authoring.excel.workbook_problems import WORKBOOK_TEXTS, WorkbookProblem
from validator.authoring.excel.workbook_reader import MAX_FILE_BYTES, CourseWorkbook
from validator.authoring.excel.workbook_writer import write_workbook
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_files
from validator.rulebook.yaml.problem_texts import TEXTS
from validator.rulebook.yaml.release_files import ReleaseFiles

DAY = datetime.date(2026, 1, 1)
EDITION, FILE, NAME = "prøve", "forløb.xlsx", "ny-2026"


@dataclass
class SmallRelease:
    """The small release, its workbook and the catalogue."""

    base: Release
    workbook: bytes
    catalogue: Catalogue

    def draft(self, edit: Edit) -> WorkbookDraft:
        """Return the draft from its workbook after an edit."""
        return self.read(edited(self.workbook, edit))

    def read(self, content: bytes) -> WorkbookDraft:
        return read_workbook_draft(CourseWorkbook(content, FILE), self.base, NAME, FILE, self.catalogue, DAY)

    def release(self, draft: WorkbookDraft) -> Release:
        """Read the draft from its files."""
        files = ReleaseFiles(Path("dk", NAME), {file: text.encode() for file, text in draft.files.items()})
        release = read_files(files, {self.base.name: self.base}, self.catalogue).release
        assert release is not None
        return release


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> SmallRelease:
    base = RuleFolder(tmp_path_factory.mktemp("small") / "rules", catalogue).release()
    return SmallRelease(base, write_workbook(base, EDITION), catalogue)


def places(draft: WorkbookDraft) -> list[tuple[str, str]]:
    found = []
    for problem in draft.report.errors:
        assert isinstance(problem.place, CellPlace)
        found.append((problem.id, problem.place.cell))
    return found


def test_an_unchanged_workbook_gives_no_draft(releases: list[Release], small: SmallRelease) -> None:
    for release in releases:
        book = CourseWorkbook(write_workbook(release, EDITION), FILE)
        assert list(book.head.values()) == [release.pack, release.name, EDITION, release.digest(EDITION)]
        draft = read_workbook_draft(book, release, NAME, FILE, small.catalogue, DAY)
        assert (draft.files, draft.courses, draft.sources, draft.report.errors) == ({}, (), (), [])


def test_numbers_and_cells_outside_the_columns_change_nothing(small: SmallRelease) -> None:
    """Excel converts texts to numbers, and authors write notes beside the table."""
    draft = small.draft(put(COURSES, D2=51, F9="en bemærkning"))
    assert (draft.files, draft.report.errors) == ({}, [])


def test_a_code_that_is_settled_becomes_a_draft(small: SmallRelease) -> None:
    new = ("laenderyg", datetime.date(2026, 3, 1), None, "L03", "L02", None, "Afgjort", "afgoerelse-1", "Nu L03.", "L03 now.")
    source = ("afgoerelse-1", 'EKM, "afgørelsen"', datetime.date(2026, 2, 1), "https://ekm.dk/1", "afgjort")

    def edit(book: object) -> None:
        book[MAIN].append(new)  # type: ignore[index]
        book["Kilder"].append(source)  # type: ignore[index]

    draft = small.draft(edit)
    assert (draft.courses, draft.sources, draft.report.errors) == (("laenderyg",), ("afgoerelse-1",), [])
    release, before = small.release(draft), small.base
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
    assert "parkinson" not in draft.files["courses.yaml"]
    assert "codes: [L03]" in draft.files["courses.yaml"]


def test_running_patient_courses_are_asked_for_the_new_code(small: SmallRelease) -> None:
    new = ("laenderyg", "2026-03-01", None, "L03", None, None, "afgjort", "moede", None, None, "bedes om den nye")

    draft = small.draft(lambda book: book[MAIN].append(new))
    assert draft.report.errors == []
    assert "running: ask" in draft.files["courses.yaml"]
    asked = small.release(draft)
    assert [entry.running for entry in asked.courses["laenderyg"].main_diagnosis] == ["keep", "ask"]
    again = CourseWorkbook(write_workbook(asked, EDITION), FILE)
    assert read_workbook_draft(again, asked, NAME, FILE, small.catalogue, DAY).files == {}


def test_a_workbook_from_before_a_column_was_added_is_read(small: SmallRelease) -> None:
    draft = small.draft(lambda book: book[MAIN].delete_cols(11))
    assert (draft.files, draft.report.errors) == ({}, [])


def test_phases_and_services_become_a_draft(small: SmallRelease) -> None:
    def edit(book: object) -> None:
        put("Faser", E2=3)(book)
        put("Ydelser", E2="video, individual", I2="moede")(book)

    release = small.release(small.draft(edit))
    (phases,), (services,) = release.courses["parkinson"].phases, release.courses["parkinson"].services
    assert (phases.first, phases.last) == (1, 3)
    assert services.by_phase == {1: ("individual", "video"), 2: ("video", "individual")}


def test_a_new_course_becomes_a_draft(small: SmallRelease) -> None:
    def edit(book: object) -> None:
        book[COURSES].append(["knae", "Knæ: # 'artrose'", "Knee", "51, 62"])  # type: ignore[index]
        book[MAIN].append(["knae", "2026-02-01", "2026-12-31", "L89, L90", None, "ja", "ubekræftet", "moede"])  # type: ignore[index]

    course = small.release(small.draft(edit)).courses["knae"]
    assert (course.title["da"], course.specialties) == ("Knæ: # 'artrose'", ("51", "62"))
    assert (course.main_diagnosis[0].several, course.main_diagnosis[0].to) == (True, datetime.date(2026, 12, 31))


@pytest.mark.parametrize("damaged", [*WORKBOOK_CASES, *SHARED_CASES], ids=lambda damaged: damaged.id)
def test_a_problem_names_its_cell(damaged: BadWorkbook, small: SmallRelease) -> None:
    draft = small.draft(damaged.edit)
    assert (damaged.id, damaged.cell) in places(draft)
    assert draft.files == {}
    for problem in draft.report.problems:
        assert str(problem).startswith("forløb.xlsx:")
        assert LEAKS.search(problem.text) is None, problem.text
        assert YAML_WORDS.search(problem.text) is None, problem.text
        assert problem.id not in NOT_IN_WORKBOOKS


def test_a_code_that_sks_divides_further_is_right(small: SmallRelease) -> None:
    assert small.draft(put("Henvisninger", D2="DM073A, DG359")).report.errors == []


def test_an_invisible_character_is_named_at_its_cell(small: SmallRelease) -> None:
    draft = small.draft(put(MAIN, D2="L84, \uff2c86\u200b"))
    (problem,) = draft.report.errors
    assert str(problem) == (
        f'forløb.xlsx:{MAIN}!D2: koden "Ｌ86·" findes ikke i kataloget. Her står det brede Ｌ (U+FF2C) i stedet for L og '
        "et usynligt tegn (U+200B). Mente du L86?"
    )
    draft = small.draft(put("Henvisninger", D2="DG20\u00ad"))
    assert [str(problem.place) for problem in draft.report.errors] == ["forløb.xlsx:Henvisninger!D2"]
    assert "Her står et usynligt tegn (U+00AD). Mente du DG20?" in draft.report.errors[0].text


def test_all_problems_are_reported_once(small: SmallRelease) -> None:
    def edit(book: object) -> None:
        put(MAIN, B2="01-10-2025", D2="L8E", G2=None)(book)
        put(COURSES, C3=None)(book)

    assert places(small.draft(edit)) == [
        ("cell-empty", f"{COURSES}!C3"),
        ("not-date", f"{MAIN}!B2"),
        ("unknown-code", f"{MAIN}!D2"),
        ("cell-empty", f"{MAIN}!G2"),
    ]


def test_a_source_without_a_title_hides_no_other_problem(small: SmallRelease) -> None:
    assert places(small.draft(put("Kilder", B2=None, C2="2024-13-01"))) == [("cell-empty", "Kilder!B2"), ("not-date", "Kilder!C2")]


def test_warnings_are_reported_for_changes_only(small: SmallRelease) -> None:
    draft = small.draft(put(MAIN, B2="2026-06-01"))
    problems = [(problem.id, problem.severity, problem.line) for problem in draft.report.problems]
    assert problems == [("past-verdicts-changed", "warning", "laenderyg"), ("source-older", "warning", "moede")]
    assert draft.files


def test_a_text_is_never_a_formula(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = RuleFolder(tmp_path, catalogue)
    folder.edit("courses.yaml", 'da: "Smerter i lænderyg"', 'da: "=1+1"')
    other = SmallRelease(folder.release(), write_workbook(folder.release(), EDITION), catalogue)
    assert load_workbook(BytesIO(other.workbook))[COURSES]["B2"].data_type == "s"
    assert other.read(other.workbook).report.errors == []


def test_every_faulty_code_of_a_cell_is_reported(small: SmallRelease) -> None:
    problems = small.draft(put(MAIN, D2="L84, L8E, L9E", E2="A30; A31")).report.errors
    assert [(problem.place.column, problem.values["code"]) for problem in problems] == [
        (4, "L8E"),
        (4, "L9E"),
        (5, "A30"),
        (5, "A31"),
    ]


def test_codes_without_a_comma_are_told_how(small: SmallRelease) -> None:
    (problem,) = small.draft(put(MAIN, D2="L84 L86")).report.errors
    assert problem.instead.endswith("Flere koder i en celle skrives med komma imellem.")


@pytest.mark.parametrize(("cell", "quoted"), [("B2", "“Smerter”"), ("B2", '"Smerter"'), ("B2", "”Smerter”"), ("D2", "‘51’")])
def test_quotes_around_a_cell_are_named(cell: str, quoted: str, small: SmallRelease) -> None:
    (problem,) = small.draft(put(COURSES, **{cell: quoted})).report.errors
    assert str(problem) == (
        f"forløb.xlsx:{COURSES}!{cell}: her står anførselstegn ({quoted[0]}) om teksten. Slet dem: i en celle skrives teksten uden."
    )


def test_quotes_around_one_code_hide_no_other_fault(small: SmallRelease) -> None:
    assert places(small.draft(put(MAIN, D2="“L84”, L8E"))) == [("cell-quoted", f"{MAIN}!D2"), ("unknown-code", f"{MAIN}!D2")]


@pytest.mark.parametrize("word", ["decided", "afgjort", "afklaret", "Afklaret"])
def test_a_status_is_read_in_english_and_danish(word: str, small: SmallRelease) -> None:
    (entry,) = small.release(small.draft(put(MAIN, G2=word))).courses["laenderyg"].main_diagnosis
    assert entry.status == "decided"


def test_text_without_a_heading_is_reported(small: SmallRelease) -> None:
    draft = small.draft(put(MAIN, D2="L84", L2="husk mødet", L3="og dette", M7="alene"))
    assert [(problem.id, str(problem.place), problem.line) for problem in draft.report.warnings] == [
        ("past-verdicts-changed", f"forløb.xlsx:{MAIN}!A2", "laenderyg"),
        ("cell-without-heading", f"forløb.xlsx:{MAIN}!L2", "husk mødet"),
        ("cell-without-heading", f"forløb.xlsx:{MAIN}!M7", "alene"),
    ]
    assert draft.courses == ("laenderyg",)


@pytest.mark.parametrize("date", ["2025-11-01", "2025-11-01T00:00:00"])
def test_a_strict_workbook_is_read(date: str, small: SmallRelease) -> None:
    content = strict(edited(small.workbook, put(MAIN, D2="L84")), "2025-10-01", date)
    assert b"schemas.openxmlformats.org/spreadsheetml" not in ZipFile(BytesIO(content)).read("xl/workbook.xml")
    (entry,) = small.release(small.read(content)).courses["laenderyg"].main_diagnosis
    assert (entry.codes, entry.start) == (("L84",), datetime.date(2025, 11, 1))


def strict(content: bytes, old: str, new: str) -> bytes:
    """Return a workbook as Excel saves it as "Strict Open XML": other namespaces, and dates as text; `old` becomes `new`."""
    parts = ZipFile(BytesIO(content))
    saved = BytesIO()
    number = str((datetime.date.fromisoformat(old) - datetime.date(1899, 12, 30)).days)
    with ZipFile(saved, "w") as written:
        for name in parts.namelist():
            part = re.sub(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)", _strict_namespace, parts.read(name))
            date = rf'<c r="(\w+)" s="(\d+)"( t="n")?><v>{number}</v>'.encode()
            written.writestr(name, re.sub(date, rf'<c r="\1" s="\2" t="d"><v>{new}</v>'.encode(), part))
    return saved.getvalue()


def _strict_namespace(found: re.Match[bytes]) -> bytes:
    return found[0] if found[1] == b"package" else b"http://purl.oclc.org/ooxml/%b/%b" % (found[1], found[2])


YAML_WORDS = re.compile(
    r"yaml|nøgle|indryk|kolon(?!ne)|lige anførselstegn|\[|true|null|: \"|fil(?!en\b)|courses|sources|liste\b", re.IGNORECASE
)
# Problems of YAML, of folders and of rules, which a workbook does not have.
NOT_IN_WORKBOOKS = {
    "base-edited",
    *("missing-file", "unreadable-file", "not-utf8", "yaml", "no-blank", "curly-quotes", "too-deep", "anchor", "tag", "double-key"),
    *("key-not-text", "file-ending", "unknown-key", "not-mapping", "not-list", "not-text", "bounds-as-text", "not-truth"),
    *("double-course", "no-column", "both-columns", "wrong-column", "wrong-folder", "no-current", "two-current", "unknown-pack"),
    *("other-form", "unknown-base", "file-not-read", "extends-itself", "not-category"),
    *("long-message", "unknown-placeholder", "stray-brace", "placeholder-without-each", "unknown-kind", "built-in-kind"),
    *("reserved-id", "same-rule", "wrong-severity", "double-rule", "each-and-at", "no-place", "unless-without-each"),
    *("unknown-field", "field-out-of-place", "only-icpc", "only-own-fields", "test-mismatch", "too-many-branches", "never-fires"),
    *("no-examples", "bad-example", "suggests-itself", "code-or-table", "suggestion-without-each"),
    *("too-many-tests", "costly-tests", "costly-findings", "costly-suggestions", "costly-texts"),
}


@pytest.mark.parametrize("id", sorted(WorkbookProblem.texts.keys() - NOT_IN_WORKBOOKS))
def test_the_text_of_a_workbooks_problem_speaks_of_cells(id: str) -> None:
    """A new problem that no workbook can have belongs in NOT_IN_WORKBOOKS; another in `danish_workbook_problems.toml`."""
    wording = WorkbookProblem.texts[id]
    assert YAML_WORDS.search(f"{wording.what} {wording.instead}") is None


def test_every_text_for_workbooks_is_of_a_problem_that_they_have() -> None:
    assert WORKBOOK_TEXTS.keys() <= TEXTS.keys() - NOT_IN_WORKBOOKS


def test_special_characters_survive(small: SmallRelease) -> None:
    text = '- " \\ } a: b # nej {code} &a \u2028\u200b\xad😀 true'
    release = small.release(small.draft(put(COURSES, B2=text)))
    assert release.courses["laenderyg"].title["da"] == text


def test_a_control_character_is_reported_at_its_cell(small: SmallRelease) -> None:
    (problem,) = small.draft(put(COURSES, B2="Lænd\x85\x7f")).report.errors
    assert (problem.id, str(problem.place)) == ("control-character", "forløb.xlsx:Forløb!B2")


def test_extensions_of_excel_are_ignored(small: SmallRelease) -> None:
    """Excel saves lists in an extension of its own, which the library warns about."""
    parts = ZipFile(BytesIO(small.workbook))
    saved = BytesIO()
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with ZipFile(saved, "w") as written:
        for name in parts.namelist():
            written.writestr(name, parts.read(name).replace(b"</worksheet>", extension))
    assert small.read(saved.getvalue()).report.errors == []


def test_every_column_has_a_comment(small: SmallRelease) -> None:
    book = load_workbook(BytesIO(write_workbook(small.base, EDITION)))
    for sheet in build_sheets(("da", "en"), 5):
        for cell, column in zip(next(book[sheet.title].iter_rows(1, 1)), sheet.columns, strict=True):
            assert cell.value == column.heading
            assert cell.comment.text


@pytest.mark.parametrize("content", [b"", b"PK", b"Navn;Kode\n", bytes(MAX_FILE_BYTES + 1)])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(WorkbookError):
        CourseWorkbook(content, "x.xlsx")


@pytest.mark.parametrize("edit", [lambda book: book.remove(book["Udgave"]), put("Udgave", B2=None), put("Udgave", A1="Pak")])
def test_a_workbook_without_its_head_is_refused(edit: Edit, small: SmallRelease) -> None:
    with pytest.raises(WorkbookError, match="kodevagt rules export"):
        small.draft(edit)


def test_a_damaged_workbook_is_refused_or_read(small: SmallRelease) -> None:
    """Random bytes in the file give a WorkbookError or a report, never another exception."""
    content, base, chance = write_workbook(small.base, EDITION), small.base, random.Random(4)
    for _ in range(25):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            book = CourseWorkbook(bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])]), "x.xlsx")
        except WorkbookError:
            continue
        draft = read_workbook_draft(book, base, NAME, "x.xlsx", small.catalogue, DAY)
        assert draft.files == {} or small.release(draft)
