"""`kodevagt rules draft`: the way to change a release, which is never edited itself."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import ROOT
from tests.stores import make_store
from validator.cli.main import main
from validator.settings import BUNDLED


class Owner:
    """A working directory with a copy of the rules and a store."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rules = folder, Path(shutil.copytree(ROOT / "rules", folder / "rules"))
        self.store = make_store(folder / "kodevagt.db")

    def begin(self, *words: str) -> Result:
        """Begin a draft, and give its source a title."""
        result = self.run("draft", *words)
        pack, *_ = (Path(line) for line in result.stdout.splitlines() if line.endswith("pack.yaml"))
        self.edit(str(pack), "Skriv kildens titel", "EKM, afgørelse")
        return result

    def run(self, *words: str, code: int = 0) -> Result:
        env = {"KODEVAGT_DATABASE": str(self.store), "KODEVAGT_RULES": str(self.rules)}
        result = CliRunner().invoke(main, ["rules", *words], env=env)
        assert result.exit_code == code, result.output
        return result

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


UNCHANGED = ("--accept", "nothing-changed")


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Owner:
    monkeypatch.chdir(tmp_path)
    return Owner(tmp_path)


SETTLED = """
      - from: 2027-09-01
        codes: [L86]
        status: decided
        source: ny-kilde
  laenderyg:"""


def test_a_draft_goes_from_nothing_to_live_in_five_commands(owner: Owner) -> None:
    begun = owner.begin("ekm-2027-03", "--from", "ekm-2024-11")
    assert begun.stdout.split() == ["ekm-2027-03/courses.yaml", "ekm-2027-03/pack.yaml"]
    owner.edit("ekm-2027-03/courses.yaml", "\n  laenderyg:", SETTLED)
    owner.run("check", "ekm-2027-03")
    assert "ny periode fra 1. september 2027" in owner.run("diff", "ekm-2024-11", "ekm-2027-03").stdout
    assert "dk.51.lumbal-stenose" in owner.run("impact", "ekm-2027-03").stdout
    owner.run("publish", "ekm-2027-03", "--note", "Stenose er L86")
    owner.run("activate", "ekm-2027-03")


def test_a_draft_may_begin_from_a_release_of_the_store_alone(owner: Owner) -> None:
    owner.run("publish", "ekm-2025-06", "--note", "Første")
    shutil.rmtree(owner.rules / "dk" / "ekm-2025-06")
    owner.begin("ekm-2027-03", "--from", "ekm-2025-06", "--to", str(owner.folder / "rules" / "dk" / "ekm-2027-03"))
    owner.run("check", "ekm-2027-03", *UNCHANGED)
    owner.begin("ekm-2027-04", "--from", "ekm-2025-06")
    owner.run("check", "ekm-2027-04", *UNCHANGED)


def test_a_draft_inherits_what_was_published_where_the_folder_was_edited(owner: Owner) -> None:
    owner.run("publish", "ekm-2024-11", "--note", "Første")
    owner.edit("rules/dk/ekm-2024-11/courses.yaml", "codes: [L83]", "codes: [L83, L84]")
    owner.begin("ekm-2027-03", "--from", "ekm-2024-11")
    owner.run("publish", "ekm-2027-03", "--note", "Uændret", *UNCHANGED)
    shutil.rmtree(owner.rules / "dk")
    assert "cervikal" not in owner.run("diff", "ekm-2024-11", "ekm-2027-03").stdout


@pytest.mark.parametrize("words", [("check",), ("test",), ("publish", "--note", "Rettet")], ids=lambda words: words[0])
@pytest.mark.parametrize("name", ["ekm-2024-11", "rules/dk/ekm-2024-11"])
def test_an_edited_release_is_refused_with_the_command_that_makes_a_draft(owner: Owner, words: tuple[str, ...], name: str) -> None:
    owner.edit("rules/dk/ekm-2024-11/courses.yaml", "codes: [L83]", "codes: [L83, L84]")
    refused = owner.run(words[0], name, *words[1:], code=2)
    assert "kodevagt rules draft NYT-NAVN --from ekm-2024-11" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("words", [("check",), ("test",), ("publish", "--note", "Rettet")], ids=lambda words: words[0])
def test_an_edited_draft_is_refused_once_it_is_published(owner: Owner, words: tuple[str, ...]) -> None:
    owner.run("publish", "ekm-2025-06", "--note", "Første")
    owner.edit("rules/dk/ekm-2025-06/courses.yaml", "2025-06-30", "2025-07-01")
    assert "kodevagt rules draft NYT-NAVN --from ekm-2025-06" in owner.run(words[0], "ekm-2025-06", *words[1:], code=2).stderr


def test_a_draft_is_refused_where_it_would_be_lost_or_overwrite(owner: Owner) -> None:
    def said(*words: str) -> str:
        return owner.run("draft", *words, "--from", "ekm-2024-11", code=2).stderr

    assert "installerede Kodevagt" in said("x-2027", "--to", str(BUNDLED / "x-2027"))
    assert "hedde det samme" in said("x-2027", "--to", "andet")
    assert "kan ikke bruges" in said("Ny Udgave")
    (owner.folder / "x-2027").mkdir()
    assert "findes allerede" in said("x-2027")
    assert "hverken en udgave" in owner.run("draft", "ny", "--from", "findes-ikke", code=2).stderr


OVERWRITTEN = ("--accept", "past-verdicts-changed")


@pytest.mark.parametrize("published", [False, True], ids=["in the folder", "in the store"])
def test_a_changed_example_is_reported_at_its_line_in_the_base(owner: Owner, published: bool) -> None:
    if published:
        owner.run("publish", "ekm-2024-11", "--note", "Første")
    owner.begin("ekm-2027-03", "--from", "ekm-2024-11")
    owner.edit("ekm-2027-03/courses.yaml", "codes: [L84, L86]", "codes: [L86]")
    printed = owner.run("check", "ekm-2027-03", *OVERWRITTEN, code=1).stdout
    rules = (owner.rules / "dk" / "ekm-2024-11" / "general.yaml").read_text(encoding="utf-8").splitlines()
    (line,) = (line for line in printed.splitlines() if "(example-changed)" in line)
    number = int(line.split(":")[1])
    assert line.startswith(f"rules/dk/ekm-2024-11/general.yaml:{number}:")
    assert "course: lumbal-stenose" in rules[number - 1]


@pytest.mark.parametrize("words", [("check",), ("test",), ("publish", "--note", "Prøve")], ids=lambda words: words[0])
@pytest.mark.parametrize("folder", ["ekm-2027-03", "rules/dk/ekm-2027-03"])
def test_a_draft_whose_base_was_edited_and_never_published_is_refused(owner: Owner, words: tuple[str, ...], folder: str) -> None:
    owner.begin("ekm-2027-03", "--from", "ekm-2024-11", "--to", folder)
    owner.edit(f"{folder}/courses.yaml", "\n  laenderyg:", SETTLED)
    owner.edit("rules/dk/ekm-2024-11/courses.yaml", "codes: [L83]", "codes: [L83, L84]")
    printed = owner.run(words[0], folder, *words[1:], "--accept", "stays-draft", code=1).stdout
    assert f'{folder}/pack.yaml:5:10: mappen med "ekm-2024-11", som udgaven bygger på, er ændret' in printed
    assert "Sæt filerne i rules/dk/ekm-2024-11 tilbage" in printed


def test_a_draft_beside_its_published_base_is_checked_by_what_was_published(owner: Owner) -> None:
    owner.begin("ekm-2027-03", "--from", "ekm-2024-11")
    owner.edit("ekm-2027-03/courses.yaml", "\n  laenderyg:", SETTLED)
    owner.run("publish", "ekm-2027-03", "--note", "Stenose er L86")
    owner.begin("ekm-2027-04", "--from", "ekm-2027-03")
    owner.run("check", "ekm-2027-04", *UNCHANGED)
    owner.edit("ekm-2027-03/courses.yaml", "codes: [L86]", "codes: [L8E]")
    owner.run("check", "ekm-2027-04", *UNCHANGED)
