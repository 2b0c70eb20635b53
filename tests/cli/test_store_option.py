"""Which store a command uses: `serve` makes it, the others use it, and those that write name it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rulebook.rule_folder import RuleFolder
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main

ADD = ("keys", "add", "--role", "reader", "--name", "Måling")
CSV = "code,title_da\nDM171,Prøvekode\n"
READING = [("keys", "list"), ("audit", "list"), ("rules", "releases"), ("catalog", "editions"), ("cases", "statistics")]
WITHOUT_CREATE = [("keys", "revoke", "1"), ("rules", "activate", "lille-2025"), ("catalog", "withdraw", "x")]


class Folder:
    """A working directory with a rule folder and no store."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.path, self.rules = path, RuleFolder(path / "rules", catalogue)
        self.store = path / "kodevagt.db"
        (path / "udgave.csv").write_text(CSV, encoding="utf-8")

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": None, "KODEVAGT_RULES": str(self.rules.root)})


@pytest.fixture
def here(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, catalogue)


PUBLISH = ("rules", "publish", "lille-2025", "--note", "Den første")
IMPORT = ("catalog", "import", "udgave.csv", "--from", "2027-01-01", "--system", "sks", "--yes")


@pytest.mark.parametrize("words", [ADD, PUBLISH, IMPORT], ids=" ".join)
def test_a_writing_command_makes_the_store_where_it_is_told_to(here: Folder, words: tuple[str, ...]) -> None:
    refused = here.run(*words)
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert f"Databasen {here.store} findes ikke" in refused.stderr
    assert "KODEVAGT_DATABASE" in refused.stderr
    assert "--create" in refused.stderr
    assert not here.store.exists()
    for more in (["--create"], []):
        done = here.run(*words, *more)
        assert done.exit_code == 0, done.output
        assert f"Database: {here.store}" in done.stderr.splitlines()


@pytest.mark.parametrize("words", [*READING, *WITHOUT_CREATE], ids=" ".join)
def test_no_other_command_makes_the_store(here: Folder, words: tuple[str, ...]) -> None:
    refused = here.run(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"Databasen {here.store} findes ikke" in refused.stderr
    assert "KODEVAGT_DATABASE" in refused.stderr
    assert not here.store.exists()


@pytest.mark.parametrize("words", [ADD, PUBLISH, IMPORT], ids=" ".join)
def test_the_name_of_the_store_is_no_part_of_json(here: Folder, words: tuple[str, ...]) -> None:
    done = here.run(*words, "--create", "--format", "json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)
    assert f"Database: {here.store}" in done.stderr


def test_every_change_names_the_store(here: Folder) -> None:
    for words in (ADD, PUBLISH, IMPORT):
        here.run(*words, "--create")
    for words in (("keys", "revoke", "1"), ("rules", "activate", "lille-2025"), ("catalog", "withdraw", "udgave")):
        done = here.run(*words)
        assert done.exit_code == 0, done.output
        assert f"Database: {here.store}" in done.stderr


def test_an_edition_is_shown_without_a_store(here: Folder) -> None:
    shown = here.run(*IMPORT[:-1])
    assert shown.exit_code == 0, shown.output
    assert "--create" in shown.stderr
    assert not here.store.exists()
    assert here.run(*IMPORT[:-1], "--create").stdout
    assert not here.store.exists()


def test_a_store_elsewhere_is_named(here: Folder) -> None:
    other = here.path / "andre" / "store.db"
    other.parent.mkdir()
    done = CliRunner().invoke(main, [*ADD, "--create"], env={"KODEVAGT_DATABASE": str(other)})
    assert f"Database: {other}" in done.stderr
    assert other.exists()
    assert not here.store.exists()
