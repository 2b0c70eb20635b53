"""`kodevagt rules excel`: the course table is exported to a workbook and imported as a draft."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.authoring.workbook_cases import MAIN, Edit, edited, put
from tests.rulebook.rule_folder import NAME, RuleFolder
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.settings import BUNDLED

SETTLED = put(MAIN, A3="laenderyg", B3="2025-10-20", D3="L03", G3="afgjort", H3="moede")


@dataclass
class Owner:
    """A rule folder, and a workbook exported from it."""

    rules: RuleFolder
    file: Path

    def run(self, *words: object, code: int = 0) -> Result:
        env = {"KODEVAGT_RULES": str(self.rules.root), "KODEVAGT_DATABASE": str(self.file.parent / "kodevagt.db")}
        result = CliRunner().invoke(main, ["rules", *map(str, words)], env=env)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def edit(self, edit: Edit) -> None:
        self.file.write_bytes(edited(self.file.read_bytes(), edit))

    def refused(self, *words: object) -> str:
        return self.run("import", *words, code=2).stderr

    @property
    def draft(self) -> Path:
        return self.rules.root / "dk" / "ny-2026"


@pytest.fixture
def owner(tmp_path: Path, catalogue: Catalogue) -> Owner:
    owner = Owner(RuleFolder(tmp_path / "rules", catalogue), tmp_path / "forløb.xlsx")
    owner.run("export", NAME, owner.file)
    return owner


def test_a_code_decided_in_excel_can_be_published(owner: Owner) -> None:
    owner.edit(SETTLED)
    result = owner.run("import", owner.file, "--to", owner.draft)
    warning, written = result.stdout.splitlines()
    assert warning.startswith(f"forløb.xlsx:{MAIN}!A2: advarsel, som skal godtages (past-verdicts-changed): ")
    assert written == f"{owner.draft} er skrevet: laenderyg."
    assert "rules diff" in result.stderr
    assert "ny periode fra 20. oktober 2025" in owner.run("diff", NAME, "ny-2026").stdout
    accept = ["--accept", "past-verdicts-changed", "--accept", "stays-draft"]
    owner.run("test", owner.draft, code=1)
    owner.run("test", owner.draft, *accept)
    owner.run("publish", "ny-2026", "--create", "--note", "Lænderyg er L03", *accept)


def test_an_unchanged_workbook_writes_no_draft(owner: Owner) -> None:
    assert "siger det samme" in owner.run("import", owner.file, "--to", owner.draft).stdout
    assert not owner.draft.exists()


def test_problems_are_reported_by_cell_and_nothing_is_written(owner: Owner) -> None:
    owner.edit(put(MAIN, D2="L8E"))
    result = owner.run("import", owner.file, "--to", owner.draft, code=1)
    assert result.stdout.startswith(f'forløb.xlsx:{MAIN}!D2: koden "L8E" findes ikke i kataloget. Mente du ')
    assert result.stdout.endswith("| L8E\n")
    answer: dict[str, Any] = json.loads(owner.run("import", owner.file, "--to", owner.draft, "--format", "json", code=1).stdout)
    assert (answer["draft"], answer["problems"][0]["cell"], answer["problems"][0]["line"]) == (None, f"{MAIN}!D2", 2)
    assert not owner.draft.exists()


def test_json_names_the_written_files(owner: Owner) -> None:
    owner.edit(SETTLED)
    answer = json.loads(owner.run("import", owner.file, "--to", owner.draft, "--format", "json").stdout)
    (problem,) = answer.pop("problems")
    assert (problem["id"], problem["accepted"]) == ("past-verdicts-changed", False)
    assert answer == {"draft": str(owner.draft), "courses": ["laenderyg"], "sources": []}


def test_the_file_extension_is_case_insensitive(owner: Owner) -> None:
    file = owner.file.with_name("FORLØB.XLSX")
    answer = json.loads(owner.run("export", NAME, file, "--format", "json").stdout)
    assert file.read_bytes().startswith(b"PK")
    assert (answer["file"], answer["pack"], answer["release"]) == (str(file), "dk", NAME)
    assert answer["digest"].startswith("sha256:")
    assert (answer["signed"], answer["key"]) == (False, None)


def test_a_draft_may_be_written_outside_the_rule_folder(owner: Owner, tmp_path: Path) -> None:
    owner.edit(put(MAIN, A3="laenderyg", B3="2031-10-20", D3="L03", G3="afgjort", H3="moede"))
    owner.run("import", owner.file, "--to", tmp_path / "ny-2031")
    owner.run("check", tmp_path / "ny-2031")
    assert "installerede Kodevagt" in owner.refused(owner.file, "--to", BUNDLED / "ny-2032")


def test_a_workbook_is_of_what_was_published(owner: Owner, tmp_path: Path) -> None:
    owner.run("publish", NAME, "--create", "--note", "Første")
    owner.rules.edit("courses.yaml", "codes: [L84, L86]", "codes: [L84]")
    owner.run("export", NAME, owner.file)
    assert "siger det samme" in owner.run("import", owner.file, "--to", tmp_path / "ny-2031").stdout


def test_a_draft_can_be_exported(owner: Owner) -> None:
    owner.edit(SETTLED)
    owner.run("import", owner.file, "--to", owner.draft)
    owner.run("export", owner.draft, owner.file)
    assert "siger det samme som ny-2026" in owner.run("import", owner.file, "--to", owner.rules.root / "dk" / "endnu-en").stdout


def test_invalid_arguments_are_refused_in_one_sentence(owner: Owner, tmp_path: Path) -> None:
    other = owner.rules.root / "se" / "ny"
    assert "Angiv dens mappe" in owner.refused(owner.file)
    assert "findes allerede" in owner.refused(owner.file, "--to", owner.rules.root / "dk" / NAME)
    assert "kan ikke være navnet" in owner.refused(owner.file, "--to", owner.draft.with_name("Ny 2026"))
    assert 'er af pakken "se"' in owner.refused(owner.file, "--to", other)
    (tmp_path / "tom.xlsx").write_bytes(b"")
    assert "kan ikke læses som et Excel-ark" in owner.refused(tmp_path / "tom.xlsx", "--to", owner.draft)
    (tmp_path / "udgave.json").write_text("{}")
    assert "kan ikke læses som et Excel-ark" in owner.refused(tmp_path / "udgave.json", "--to", owner.draft)
    owner.edit(put("Udgave", B1="se"))
    assert "er af pakken" in owner.refused(owner.file, "--to", owner.draft)
    owner.run("export", NAME, owner.file)
    owner.rules.edit("courses.yaml", "2025-10-01", "2025-10-02")
    assert "er ændret, siden arket blev skrevet" in owner.refused(owner.file, "--to", owner.draft)
    assert not owner.draft.exists()


def test_a_read_only_folder_is_refused(unprivileged: Path, catalogue: Catalogue) -> None:
    owner = Owner(RuleFolder(unprivileged / "rules", catalogue), unprivileged / "forløb.xlsx")
    owner.run("export", NAME, owner.file)
    owner.edit(SETTLED)
    owner.draft.parent.chmod(0o555)
    assert "kan ikke skrives i" in owner.refused(owner.file, "--to", owner.draft)
    assert "kan ikke skrives (" in owner.run("export", NAME, owner.draft.parent / "f.xlsx", code=2).stderr
    owner.draft.parent.chmod(0o755)


def test_an_existing_file_survives_a_failed_write(owner: Owner) -> None:
    before = owner.file.read_bytes()
    owner.run("export", "findes-ikke", owner.file, code=2)
    assert owner.file.read_bytes() == before
    assert [path.name for path in owner.file.parent.glob(".*")] == []
