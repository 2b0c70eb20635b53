"""What is imported or stored is searched for CPR numbers by one function, so every door refuses every spelling."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from tests.catalogue.editions import SKS_LINES, code_system, csv_text, edition, sks_file, sks_line, titles
from tests.each import naming
from tests.rulebook.rule_folder import RuleFolder
from tests.stores import make_store
from tests.training.case_folder import CaseFolder
from validator.authoring.excel.workbook_personal_data import refuse_personal_data
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.store.database import Database
from validator.store.editions import add_edition
from validator.support.errors import UserError
from validator.support.personal_data import has_cpr

pytestmark = pytest.mark.slow
NUMBERS = ["010190 1234", "010190 \u2013 1234", "010190.1234", "610190-1234", "251248-AB12", "120526 1430"]
NEAR_MISSES = ["050607 dage", "020304 OKAY", "ref 240524-L86A", "k0101901234", "9912319999"]


class Desk:
    """A folder of its own in which an author works; each door returns what was said of a text, and whether it was refused."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder, self.catalogue = folder, catalogue
        make_store(folder / "kodevagt.db")

    def run(self, *words: str | Path) -> tuple[str, bool]:
        result = CliRunner().invoke(main, list(map(str, words)), env={"KODEVAGT_DATABASE": str(self.folder / "kodevagt.db")})
        assert "Traceback" not in result.output
        return result.output, result.exit_code != 0

    def take(self, name: str, content: str | bytes, *options: str) -> tuple[str, bool]:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.run("catalog", "import", path, *options, "--format", "json")

    def tried(self, act: Callable[[], object]) -> tuple[str, bool]:
        try:
            act()
        except UserError as error:
            return str(error), True
        return "", False

    def rule_file(self, text: str) -> tuple[str, bool]:
        rules = RuleFolder(self.folder / "rules", self.catalogue)
        rules.edit("general.yaml", "Vælg en mere præcis kode.", f"Se {text} og andet.")
        return self.run("rules", "check", self.folder / "rules")

    def note_of_a_release(self, text: str) -> tuple[str, bool]:
        return self.publish("--note", f"Efter {text}.")

    def author_of_a_release(self, text: str) -> tuple[str, bool]:
        return self.publish("--note", "Prøve", "--author", f"Udvalg {text}")

    def publish(self, *options: str) -> tuple[str, bool]:
        RuleFolder(self.folder / "rules", self.catalogue)
        return self.run("rules", "publish", self.folder / "rules" / "dk" / "lille-2025", *options)

    def case_file(self, text: str) -> tuple[str, bool]:
        cases = CaseFolder(self.folder / "cases", self.catalogue)
        cases.edit('title: {da: "Trappen"', f'title: {{da: "Trappen ({text})"')
        return self.run("cases", "check", self.folder / "cases")

    def workbook(self, text: str) -> tuple[str, bool]:
        book = Workbook()
        book.create_sheet("Egne noter")["C3"] = f"Se {text}."
        return self.tried(lambda: refuse_personal_data(book, 10))

    def cell_of_a_table(self, text: str) -> tuple[str, bool]:
        return self.take("x.csv", csv_text(titles(self.catalogue, A01=f"Smerter {text}")), "--from", "2027-01-01")

    def code_system_in_fhir(self, text: str) -> tuple[str, bool]:
        concepts = [{"code": "X1", "display": f"Prøve {text}"}]
        return self.take("x.json", code_system("urn:oid:1.2.3", concepts), "--from", "2027-01-01")

    def title_in_sks(self, text: str) -> tuple[str, bool]:
        return self.take("SKScomplete.txt", sks_file([*SKS_LINES, sks_line("DX20", text)], "utf-8"), "--from", "2027-01-01")

    def title_of_an_edition(self, text: str) -> tuple[str, bool]:
        return self.take("x.csv", csv_text(titles(self.catalogue)), "--from", "2027-01-01", "--title", f"Fra {text}")

    def stored_edition(self, text: str) -> tuple[str, bool]:
        database = Database(self.folder / "kodevagt.db")
        held = edition("a", "2027-01-01", titles(self.catalogue, A01=f'"Smerter"\t{text}'))
        return self.tried(lambda: add_edition(database, held, actor="test"))

    def name_of_a_key(self, text: str) -> tuple[str, bool]:
        return self.run("keys", "add", "--role", "practice", "--name", f"Klinik {text}")


DOORS: Mapping[str, Callable[[Desk, str], tuple[str, bool]]] = {
    door.__name__: door
    for door in (
        Desk.rule_file,
        Desk.note_of_a_release,
        Desk.author_of_a_release,
        Desk.case_file,
        Desk.workbook,
        Desk.cell_of_a_table,
        Desk.code_system_in_fhir,
        Desk.title_in_sks,
        Desk.title_of_an_edition,
        Desk.stored_edition,
        Desk.name_of_a_key,
    )
}


@pytest.mark.parametrize("door", DOORS)
def test_a_cpr_number_is_refused_in_every_spelling_and_not_repeated(door: str, tmp_path: Path, catalogue: Catalogue) -> None:
    for index, number in enumerate(NUMBERS):
        (tmp_path / str(index)).mkdir()
        said, refused = DOORS[door](Desk(tmp_path / str(index), catalogue), number)
        with naming((number, said)):
            assert refused
            assert "CPR-nummer" in said or door in ("author_of_a_release", "stored_edition")
            assert number not in said
            assert not has_cpr(said)
            database = tmp_path / str(index) / "kodevagt.db"
            assert not database.exists() or number.encode() not in database.read_bytes()


@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_cpr_number_is_let_through(door: str, tmp_path: Path, catalogue: Catalogue) -> None:
    for index, text in enumerate(NEAR_MISSES):
        (tmp_path / str(index)).mkdir()
        said, refused = DOORS[door](Desk(tmp_path / str(index), catalogue), text)
        with naming((text, said)):
            assert not refused


def test_the_name_of_a_tag_in_a_rule_file_is_not_repeated(tmp_path: Path, catalogue: Catalogue) -> None:
    desk = Desk(tmp_path, catalogue)
    rules = RuleFolder(tmp_path / "rules", catalogue)
    rules.edit("general.yaml", "Vælg en mere præcis kode.", "!010190-1234 x")
    said, refused = desk.run("rules", "check", tmp_path / "rules")
    assert refused
    assert "010190" not in said


def test_a_code_of_the_register_that_is_left_out_is_not_repeated(tmp_path: Path, catalogue: Catalogue) -> None:
    content = sks_file([*SKS_LINES, sks_line("010190-1234", "x")])
    said, refused = Desk(tmp_path, catalogue).take("SKScomplete.txt", content, "--from", "2027-01-01")
    assert refused
    assert "010190" not in said


def test_no_number_is_read_across_two_cells() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["020304", "1234"])
    refuse_personal_data(book, 10)
