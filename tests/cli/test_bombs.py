"""Files that are made to exhaust memory or time are refused in one Danish sentence, under 600 MB, and leave nothing."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.process import KODEVAGT
from tests.rulebook.rule_folder import NAME, RULES, RuleFolder
from tests.stores import make_store
from validator.authoring.excel.workbook_writer import write_workbook
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.formats import BrokenFileError, read_distribution
from validator.settings import environment_variables

MOST_MEMORY = 600 * 1000  # kB, of the largest process of a command
LONGEST_OUTPUT = 2_000_000  # bytes
CPR = "010190-1234"
# Runs a command and prints the memory of its largest process on a last line. A process counts that of the process it was forked
# from, too, which would be this one.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], check=False).returncode
print(flush=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, end="")
sys.exit(code)
"""


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and the memory of its largest process."""

    code: int
    text: str
    kilobytes: int


class Desk:
    """A folder with rules, in which commands run as their own processes."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.rules = RuleFolder(folder / "rules", catalogue)
        make_store(folder / "kodevagt.db")

    def write(self, name: str, content: bytes | str) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, *words: object) -> Outcome:
        inherited = {name: value for name, value in os.environ.items() if name not in environment_variables()}
        settings = {"KODEVAGT_RULES": "rules", "KODEVAGT_DATABASE": "kodevagt.db", "KODEVAGT_SANDBOX_TIME_FACTOR": "3"}
        with (self.folder / "output").open("wb") as output:
            command = [sys.executable, "-c", MEASURED, str(KODEVAGT), *map(str, words)]
            process = subprocess.run(
                command, cwd=self.folder, env=inherited | settings, stdout=output, stderr=subprocess.STDOUT, check=False
            )
        text, _, kilobytes = (self.folder / "output").read_text(encoding="utf-8", errors="replace").rpartition("\n")
        (self.folder / "output").unlink()
        assert "Traceback" not in text
        assert len(text) < LONGEST_OUTPUT
        assert int(kilobytes) < MOST_MEMORY
        return Outcome(process.returncode, text, int(kilobytes))

    def refused(self, word: str, *words: object, code: int = 2) -> Outcome:
        """Run a command that must be refused and leave no file; `word` is a word of its message."""
        before = self.files()
        outcome = self.run(*words)
        assert outcome.code == code, outcome.text[:2000]
        assert word in outcome.text, outcome.text[:2000]
        assert CPR not in outcome.text
        assert self.files() == before
        return outcome

    def files(self) -> list[Path]:
        """Return the files but for the store, whose log comes and goes."""
        return sorted(path for path in self.folder.rglob("*") if not path.name.startswith("kodevagt.db"))

    def import_edition(self, word: str, path: Path, *words: str) -> Outcome:
        return self.refused(word, "catalog", "import", path.name, "--from", "2027-01-01", "--yes", *words)


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Desk:
    return Desk(tmp_path, catalogue)


@pytest.fixture
def workbook(desk: Desk) -> Path:
    return desk.write("forløb.xlsx", write_workbook(desk.rules.release(), desk.rules.catalogue.identity))


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Change the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))


def in_first_sheet(text: str, *, before: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: (
        content.replace(before, text.encode() + before, 1) if name == "xl/worksheets/sheet2.xml" else content
    )


def import_workbook(desk: Desk, word: str, code: int = 2) -> None:
    desk.refused(word, "rules", "import", "forløb.xlsx", "--to", "rules/dk/ny-2026", code=code)


def test_a_merged_range_of_a_whole_sheet_costs_nothing(desk: Desk, workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Hoveddiagnoser"]["D2"] = "L8E"
    book.save(workbook)
    repacked(
        workbook,
        lambda name, content: (
            content.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
            if name.startswith("xl/worksheets/sheet")
            else content
        ),
    )
    assert workbook.stat().st_size < 30_000
    import_workbook(desk, "L8E", code=1)


def test_a_workbook_that_unpacks_to_a_gigabyte_is_refused(desk: Desk, workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/bombe.png", "w") as part:
        for _ in range(40):
            part.write(bytes(2**20))
    import_workbook(desk, "pakkes ud")


def test_shared_strings_without_end_are_bounded(desk: Desk, workbook: Path) -> None:
    repacked(
        workbook,
        lambda name, content: content.replace(b"</sst>", b"<si/>" * 5_000_000 + b"</sst>") if "shared" in name else content,
    )
    assert desk.run("rules", "import", "forløb.xlsx", "--to", "rules/dk/ny-2026").code in (0, 2)
    assert not (desk.folder / "rules/dk/ny-2026").exists()


def test_a_row_of_a_million_cells_is_bounded(desk: Desk, workbook: Path) -> None:
    repacked(workbook, in_first_sheet(f'<row r="90">{"<c><v>1</v></c>" * 1_500_000}</row>', before=b"</sheetData>"))
    desk.refused("", "rules", "import", "forløb.xlsx", "--to", "rules/dk/ny-2026", code=2)


def test_a_row_with_a_giant_number_is_refused_at_the_limit(desk: Desk, workbook: Path) -> None:
    repacked(workbook, in_first_sheet('<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>', before=b"</sheetData>"))
    import_workbook(desk, "5001", code=1)


def test_a_workbook_with_nested_entities_is_bounded(desk: Desk, workbook: Path) -> None:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in pairwise(names))
    doctype = f'<!DOCTYPE x [<!ENTITY a "lol">{entities}]>'.encode()
    repacked(
        workbook,
        lambda name, content: (
            doctype + content[content.index(b"<sst") :].replace(b"</sst>", b"<si><t>&j;</t></si></sst>")
            if "shared" in name
            else content
        ),
    )
    assert desk.run("rules", "import", "forløb.xlsx", "--to", "rules/dk/ny-2026").code in (0, 2)
    assert not (desk.folder / "rules/dk/ny-2026").exists()


def test_a_cpr_number_in_a_workbook_is_refused_at_its_cell(desk: Desk, workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Hoveddiagnoser"]["AB77"] = CPR
    book["Kilder"]["B2"] = 101901234  # Excel drops the first zero of a number
    book.create_sheet("Egne noter")["C3"] = CPR
    book["Faser"]["D1"] = f"Fase {CPR}"
    book.save(workbook)
    import_workbook(desk, "Hoveddiagnoser!AB77, Faser!D1, Kilder!B2, Egne noter!C3")


def test_a_cpr_number_as_the_name_of_a_sheet_is_refused(desk: Desk, workbook: Path) -> None:
    book = load_workbook(workbook)
    book.create_sheet(CPR)
    book.save(workbook)
    import_workbook(desk, "CPR-nummer")


def tarball(members: dict[str, bytes], change: Callable[[tarfile.TarInfo], None] = lambda _: None) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            change(member)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


MANIFEST, CODES = "package/package.json", "package/lib/ICPC2.json"
PACKAGE = b'{"name": "@navikt/diagnosekoder", "version": "1"}'


def test_a_sparse_member_of_two_gigabytes_is_refused(desk: Desk) -> None:
    member = tarfile.TarInfo(CODES)
    member.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[386:398], header[398:410] = b"00000000000\0", b"00000000000\0"  # one empty block at the beginning
    header[483:495] = f"{2**31:011o}\0".encode()  # the size that the file claims to have
    header[148:156] = b" " * 8
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    manifest = tarfile.TarInfo(MANIFEST)
    manifest.size = len(PACKAGE)
    content = manifest.tobuf() + PACKAGE.ljust(512, b"\0") + bytes(header) + bytes(1024)
    path = desk.write("bombe.tgz", gzip.compress(content))
    assert path.stat().st_size < 400
    desk.import_edition("ikke en almindelig fil", path)


def test_a_tarball_of_zeros_is_refused(desk: Desk) -> None:
    packed = io.BytesIO()
    with gzip.open(packed, "wb") as archive:
        for _ in range(200):
            archive.write(bytes(2**20))
    desk.import_edition("arkivet er større", desk.write("bombe.tgz", packed.getvalue()))


def test_links_of_a_tarball_that_lead_to_themselves_are_refused(desk: Desk) -> None:
    def link(member: tarfile.TarInfo) -> None:
        member.type, member.linkname, member.size = tarfile.SYMTYPE, member.name.rpartition("/")[2], 0

    desk.import_edition("ikke en almindelig fil", desk.write("bombe.tgz", tarball({MANIFEST: b"", CODES: b""}, link)))


@pytest.mark.parametrize("value", ["[" * 900 + "]" * 900, "[" * 100_000])
def test_a_nested_manifest_is_refused(desk: Desk, value: str) -> None:
    manifest = f'{{"name": "@navikt/diagnosekoder", "version": {value}}}'.encode()
    desk.import_edition("", desk.write("bombe.tgz", tarball({MANIFEST: manifest, CODES: b"[]"})))


def code_system(**concept: object) -> str:
    return json.dumps(
        {"resourceType": "CodeSystem", "url": "a:b", "content": "complete", "concept": [{"code": "a", "display": "x", **concept}]}
    )


@pytest.mark.parametrize("name", ["designation", "property"])
@pytest.mark.parametrize("value", [5, "x", {"a": 1}, [5], None, True])
def test_a_member_of_another_form_is_refused_at_its_line(name: str, value: object, desk: Desk) -> None:
    with pytest.raises(BrokenFileError, match=rf"x.json:1: {name} er ikke en liste"):
        read_distribution(desk.write("x.json", code_system(**{name: value})), "da")


def test_a_designation_that_is_a_number_is_refused(desk: Desk) -> None:
    desk.import_edition("designation er ikke en liste", desk.write("x.json", code_system(designation=5)))


def test_a_date_in_year_1_is_read(desk: Desk) -> None:
    days = [{"code": name, "valueDateTime": "0001-01-01"} for name in ("retirementDate", "valid-from", "valid-to")]
    desk.write("x.json", code_system(property=days))
    assert desk.run("catalog", "import", "x.json", "--from", "0001-01-01", "--yes").code == 0
    assert desk.run("catalog", "import", "x.json", "--from", "9999-12-31", "--yes", "--name", "anden").code == 0
    assert desk.run("rules", "check", "--as-of", "0001-01-01").code == 0


def test_an_edition_of_a_hundred_megabytes_is_refused(desk: Desk) -> None:
    line = ",".join(["x" * 120] * 3)
    rows = "\n".join(f"D{number},{line}" for number in range(250_000))
    path = desk.write("stor.csv", f"code,title_da,title_en,title_sv\n{rows}\n")
    assert path.stat().st_size > 90_000_000
    desk.import_edition("større end 32 MB", path)


def test_an_edition_of_too_many_codes_is_refused(desk: Desk) -> None:
    rows = "\n".join(f"D{number},x" for number in range(60_001))
    desk.import_edition("60000 koder", desk.write("stor.csv", f"code,title_da\n{rows}\n"))


def test_an_edition_of_too_much_text_is_refused(desk: Desk) -> None:
    rows = "\n".join(f"D{number},{'x' * 450}" for number in range(20_000))
    desk.import_edition("8 MB", desk.write("stor.csv", f"code,title_da\n{rows}\n"), "--system", "sks")


def test_json_of_a_million_objects_meets_the_limit_of_memory(desk: Desk) -> None:
    desk.import_edition("MB hukommelse", desk.write("stor.json", f"[{'{},' * 4_000_000}{{}}]"))


def test_deep_json_is_refused(desk: Desk) -> None:
    desk.import_edition("indlejret", desk.write("dyb.json", '{"concept": [' * 50_000))


def test_a_csv_field_of_a_megabyte_is_refused(desk: Desk) -> None:
    desk.import_edition("131.072 tegn", desk.write("felt.csv", f"code,title_da\nA01,{'x' * 2**20}\n"))


@pytest.mark.parametrize("column", ["code", "ukendt"])
def test_a_hundred_thousand_columns_are_refused(column: str, desk: Desk) -> None:
    desk.import_edition("kolonne", desk.write("bred.csv", ",".join([column] * 100_000) + "\n"))


@pytest.mark.parametrize("name", ["ør.csv", "ør.json", "ør.tgz", "ør.mdb"])
def test_a_pipe_and_a_device_are_no_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    for _ in range(2):
        with pytest.raises(BrokenFileError, match="ikke en almindelig fil"):
            read_distribution(path, "da")
        path.unlink()
        path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("x.csv", f"code,title_da\nA01,Smerter\nA02,{CPR}\n", "x.csv:3: kolonne 2 "),
        ("x.csv", f"code,title_da,{CPR}\n", "x.csv:1: kolonne 3 "),
        ("x.csv", f'code,title_da\nA01,"{CPR}"," "\n', "x.csv:2: kolonne 2 "),
        ("x.json", code_system(display=CPR), "x.json:1: feltet /concept/0/display "),
        ("x.json", code_system(definition={CPR: 1}), "x.json:1: feltet /concept/0/definition "),
        ("x.json", f'[\n {{"code": "A01", "text": "{CPR}"}}]', "x.json:2: feltet /0/text "),
        ("x.json", f'[{{"{CPR}": 1, "{CPR}": 2}}]', "(vises ikke)"),
    ],
)
def test_a_cpr_number_is_refused_at_its_place(name: str, content: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenFileError) as refused:
        read_distribution(path, "da")
    assert place in str(refused.value)
    assert CPR not in str(refused.value)


def test_a_cpr_number_in_a_distribution_is_not_imported(desk: Desk) -> None:
    desk.import_edition("x.csv:3: kolonne 2 ", desk.write("x.csv", f"code,title_da\nA01,Smerter\nA02,{CPR}\n"))
    desk.refused(
        "Filens navn har noget", "catalog", "import", desk.write(f"{CPR}.csv", "code,title\n").name, "--from", "2027-01-01"
    )


def test_a_cpr_number_in_a_rule_file_is_refused_at_its_place(desk: Desk) -> None:
    desk.rules.edit("general.yaml", "Vælg en mere præcis kode.", f"Se {CPR}.")
    desk.refused("general.yaml:10:23: her står noget, der ligner et CPR-nummer", "rules", "check", code=1)


def nested_not(depth: int) -> str:
    lines = [f"{' ' * level}not:" for level in range(6, 6 + depth)]
    condition = "\n".join([*lines, f"{' ' * (6 + depth)}code: A29", ""])
    return RULES.replace("      code: [A29, A99]\n      role: main\n", condition)


@pytest.mark.parametrize("depth", [50, 260])
def test_deep_negations_are_refused(depth: int, desk: Desk) -> None:
    desk.rules.write("general.yaml", nested_not(depth))
    desk.refused("indlejret dybere", "rules", "check", code=1)


def test_rules_that_are_hard_to_compare_are_compared_in_bounded_steps(desk: Desk) -> None:
    def condition(more: str) -> str:
        nested = "code: [A29, A99]"
        for number, field in enumerate(["phase", "contact_number", "patient.age", "visits_last_year"] * 2, 1):
            if number < 7:
                flag = "plan" if number % 2 else "observations.radiating_pain"
                nested = f"not: {{{field}: {number}, {flag}: true}}, any: [{{{nested}}}]"
        return f"when: {{{nested}{more}}}"

    rule = RULES.partition("rules:\n")[2]
    rules = [
        rule.replace("restkode", f"r{number}").replace("when:\n      code: [A29, A99]\n      role: main", condition(more))
        for number, more in enumerate(["", ", visits_last_year: {at_most: 40}", ", contact_number: {at_most: 40}"])
    ]
    desk.rules.write("general.yaml", "rules:\n" + "".join(rules))
    outcome = desk.run("rules", "check")
    assert outcome.code == 1  # the two examples of a rule do not reach its branches
    assert "intet eksempel når denne gren" in outcome.text


def test_problems_without_end_are_counted(desk: Desk) -> None:
    desk.rules.edit("general.yaml", "[A29, A99]", f"[{'A, ' * 166_000}A]")
    assert desk.rules.path("general.yaml").stat().st_size > 490_000
    outcome = desk.refused("flere problemer", "rules", "check", "--format", "json", code=1)
    assert len(outcome.text) < 500_000


def test_aliases_of_yaml_are_not_expanded(desk: Desk) -> None:
    names = "abcdefghij"
    laughs = "".join(f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n" for one, two in pairwise(names))
    desk.rules.write("general.yaml", f"a: &a [x, x, x]\n{laughs}")
    desk.refused("ankre og henvisninger", "rules", "check", code=1)


def test_links_that_lead_to_themselves_are_reported(desk: Desk) -> None:
    desk.rules.path("dk/sig-selv").symlink_to("sig-selv")
    desk.rules.path("dk/op").symlink_to("..")
    assert desk.run("rules", "check").code == 0
    desk.rules.path("general.yaml").unlink()
    desk.rules.path("general.yaml").symlink_to("general.yaml")
    desk.refused("et link", "rules", "check", code=1)


@pytest.mark.parametrize(
    "command", [["rules", "check"], ["rules", "test"], ["cases", "check"], ["rules", "publish", NAME, "--note", "x"]]
)
def test_a_rule_file_that_is_a_pipe_or_a_device_does_not_stop_a_command(command: list[str], desk: Desk) -> None:
    os.mkfifo(desk.rules.path("rør.yaml"))
    desk.rules.path("nul.yaml").symlink_to("/dev/zero")
    desk.refused("ikke en almindelig fil", *command, code=1)


def test_a_case_that_is_a_pipe_or_too_large_is_reported(desk: Desk) -> None:
    folder = desk.folder / "cases"
    folder.mkdir()
    os.mkfifo(folder / "rør.yaml")
    (folder / "stor.yaml").write_bytes(b"#" * (2**23 + 1))
    outcome = desk.refused("ikke en almindelig fil", "cases", "check", "cases", code=1)
    assert "større end 8 MB" in outcome.text


def test_a_signed_release_of_nested_lists_meets_the_limit_of_memory(desk: Desk) -> None:
    desk.refused("MB hukommelse", "rules", "import", desk.write("x.json", f"[{'[],' * 15_000_000}[]]").name)
