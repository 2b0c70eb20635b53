"""The walk in rule files: five commands, with `docs/regler.md` in the hand."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.docs.test_whole_draft import FILES
from tests.each import naming
from tests.walks.file_mistakes import FILE_MISTAKES
from tests.walks.stenosis import BASE, BEFORE, CONTACT, LIVE, NAME, NOTE, Walker, judged
from validator.cli.main import main

pytestmark = pytest.mark.slow


def write(folder: Path, files: dict[str, str] = FILES) -> None:
    """Make the files the only ones in a draft's folder."""
    shutil.rmtree(folder)
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def validated(walker: Walker) -> tuple[str, str, list[str]]:
    (walker.folder / "kontakt.json").write_text(json.dumps(CONTACT), encoding="utf-8")
    result = CliRunner().invoke(main, ["validate", "kontakt.json", "--format", "json"])
    return judged(json.loads(result.stdout))


def test_the_change_goes_live_and_back_in_five_commands(walker: Walker) -> None:
    assert validated(walker) == BEFORE
    walker.step("draft", NAME, "--from", BASE)
    write(Path(NAME))
    walker.step("check", NAME)
    walker.step("publish", NAME, "--create", "--note", NOTE)
    assert validated(walker) == BEFORE
    walker.step("activate", NAME)
    assert validated(walker) == LIVE
    walker.step("activate", BASE)
    assert validated(walker) == BEFORE
    assert walker.commands == 5


def test_each_of_ten_mistakes_is_reported_with_its_place_and_the_way_out(walker: Walker) -> None:
    walker.run("draft", NAME, "--from", BASE)
    assert len(FILE_MISTAKES) == 10
    for name, mistake in FILE_MISTAKES.items():
        with naming(name):
            write(Path(NAME), mistake.files)
            file, line, column = mistake.place
            lines = walker.run("check", NAME, code=1).stdout.splitlines()
            (printed,) = (text for text in lines if text.startswith(f"{NAME}/{file}:{line}:{column}: "))
            assert all(words in printed for words in mistake.said), printed


def test_what_is_forgotten_in_the_folder_is_reported(walker: Walker) -> None:
    walker.run("draft", NAME, "--from", BASE)
    draft = Path(NAME)
    untouched = walker.run("check", NAME, code=1).stdout
    assert f'{NAME}/pack.yaml:9:50: kilden "ny-kilde" har stadig den titel, som kladden begyndte med.' in untouched
    assert f"{NAME}/pack.yaml:2:1: advarsel, som skal godtages (nothing-changed)" in untouched
    write(draft)
    (draft / "courses.yaml").rename(draft / "courses.yaml.txt")
    printed = walker.run("check", NAME, code=1).stdout
    assert f"{NAME}/courses.yaml.txt:1:1: advarsel, som skal godtages (file-not-read)" in printed
    assert "Giv filen det rigtige navn" in printed


def test_a_warning_that_is_not_accepted_holds_the_release_back(walker: Walker) -> None:
    walker.run("draft", NAME, "--from", BASE)
    write(Path(NAME), FILE_MISTAKES["source of next year"].files)
    refused = walker.run("publish", NAME, "--create", "--note", NOTE, code=1)
    assert f"{NAME}/pack.yaml:7:74: advarsel, som skal godtages (source-in-future)" in refused.stdout
    assert "tilføj --accept period-before-source --accept source-in-future" in refused.stderr
    walker.run(*("publish", NAME, "--create", "--note", NOTE, "--accept", "period-before-source", "--accept", "source-in-future"))


def test_what_was_accepted_is_imported_elsewhere(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    walker.run("draft", NAME, "--from", BASE)
    write(Path(NAME), FILE_MISTAKES["old period overwritten"].files)
    accept = ("--accept", "past-verdicts-changed", "--accept", "example-changed")
    walker.run("publish", NAME, "--create", "--note", NOTE, *accept)
    Path("kodevagt-trusted.txt").write_text(walker.run("signing-key").stdout, encoding="utf-8")
    walker.run("export", NAME, "udgave.json")
    monkeypatch.setenv("KODEVAGT_DATABASE", "modtager.db")
    imported = walker.run("import", "udgave.json", "--create").stdout
    assert f'{NAME}:/rules/dk.l84-med-udstraaling/examples/3: advarsel: eksempel 4 i reglen "dk.l84-med-udstraaling"' in imported
    walker.run("activate", NAME)


def test_a_release_is_neither_edited_nor_replaced(walker: Walker) -> None:
    rules = Path(shutil.copytree(ROOT / "rules", "rules"))
    (rules / "dk" / BASE / "courses.yaml").write_text(FILES["courses.yaml"], encoding="utf-8")
    walker.run("draft", NAME, "--from", BASE)
    write(Path(NAME))
    walker.run("publish", NAME, "--create", "--note", NOTE)
    write(Path(NAME), {**FILES, "courses.yaml": FILES["courses.yaml"].replace("[L86]", "[L84]")})
    taken = Path("andre", BASE)
    taken.mkdir(parents=True)
    write(taken, {**FILES, "pack.yaml": FILES["pack.yaml"].replace(f"release: {NAME}", f"release: {BASE}")})
    for folder in (f"rules/dk/{BASE}", NAME, f"andre/{BASE}"):
        for words in (["check", folder], ["publish", folder, "--note", NOTE]):
            with naming(words):
                printed = walker.run(*words, code=2).stderr
                assert f"filerne i {folder} er ændret siden" in printed
                assert f"kodevagt rules draft NYT-NAVN --from {Path(folder).name}" in printed


def test_commands_that_go_wrong_say_what_to_do(walker: Walker) -> None:
    walker.run("draft", NAME, "--from", BASE)
    write(Path(NAME))
    assert "tilføj --create" in walker.run("publish", NAME, "--note", NOTE, code=2).stderr
    assert "ligner et CPR-nummer" in walker.run("publish", NAME, "--create", "--note", "Se 010190-1234", code=2).stderr
    walker.run("publish", NAME, "--create", "--note", NOTE)
    assert f"Udgivne udgaver: {NAME}." in walker.run("activate", "ekm-2027-3", code=2).stderr
    assert "findes allerede" in walker.run("draft", NAME, "--from", BASE, code=2).stderr
