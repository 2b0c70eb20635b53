"""`kodevagt rules publish`, `activate`, `releases`, `export` and `import`; errors are sentences in Danish."""

import json
import os
import re
import resource
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from benchmarks.publish import write_release
from tests.cli.process import KODEVAGT
from tests.conftest import ROOT
from tests.rulebook.problem_cases import NOT_SUGGESTED, SIGN, costly
from tests.rulebook.rule_folder import DRAFT, RULES, RuleFolder
from tests.sandbox.hostile_work import ended
from tests.stores import make_store
from tests.training.case_folder import CaseFolder
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.exchange.release_file import write_release_file
from validator.exchange.signing import load_signing_key
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.store.database import Database
from validator.store.published_releases import get_release

HOSTILE = [
    ('"url":null', '"url":"javascript:alert(1)"', 1, "lille-2025:/sources/moede/url: "),
    ('"title":"Møde"', f'"title":"{"M" * 201}"', 1, "lille-2025:/sources/moede/title: "),
    ("Vælg en", "Vælg \\u001b[2Jen", 1, "lille-2025:/rules/dk.restkode/explanation/da: "),
    ('"moede"', '"mø/de"', 1, "lille-2025:/sources/0: "),
    ('"L84","L86"', '"L84","L21"', 1, "lille-2025:/courses/laenderyg/main_diagnosis/0/codes/1: "),
    ('"kind":"residual-code"', '"kind":"ny"', 2, "/rules/0/kind "),
    ('"en":"Low back pain"', '"en":7', 2, "/courses/0/title/en "),
]
CHANGED = RULES.replace("[A29, A99]", "[A99]").replace("code: A29, role", "code: A99, role")


@dataclass
class Installation:
    """A folder with its own store, keys and rules."""

    folder: Path
    rules: RuleFolder
    more: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, code: int = 0, sent: bytes | None = None) -> Result:
        names = {"DATABASE": "kodevagt.db", "SIGNING_KEY": "key.pem", "TRUSTED": "trusted.txt", "CASES": "cases"}
        settings = {f"KODEVAGT_{name}": str(self.folder / file) for name, file in names.items()}
        env = {**settings, "KODEVAGT_RULES": str(self.rules.root), **self.more}
        result = CliRunner().invoke(main, ["rules", *words], env=env, input=sent)
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run(*words, "--format", "json", code=code).stdout)
        return answer

    def trust(self, key: str) -> None:
        (self.folder / "trusted.txt").write_text(f"# Kendte\n{key} EKM\n", encoding="utf-8")


@pytest.fixture
def install(tmp_path: Path, catalogue: Catalogue) -> Callable[[str], Installation]:
    def install(name: str) -> Installation:
        installation = Installation(tmp_path / name, RuleFolder(tmp_path / name / "rules", catalogue))
        make_store(installation.folder / "kodevagt.db")
        installation.rules.write("dk/kladde-2026/pack.yaml", DRAFT)
        installation.rules.write("dk/kladde-2026/general.yaml", CHANGED)
        return installation

    return install


@pytest.fixture
def here(install: Callable[[str], Installation]) -> Installation:
    return install("her")


def test_a_release_is_published_and_made_current(here: Installation) -> None:
    assert "lille-2025 er udgivet (sha256:" in here.run("publish", "lille-2025", "--note", "Første").stdout
    assert here.run("activate", "lille-2025").stdout == "lille-2025 er nu gældende for dk.\n"
    published = here.run("publish", str(here.rules.root / "dk/kladde-2026"), "--note", "A29 er ude")
    assert "kodevagt rules activate kladde-2026" in published.stderr
    assert here.run("activate", "kladde-2026").stdout == "kladde-2026 er nu gældende for dk i stedet for lille-2025.\n"
    assert here.run("activate", "kladde-2026").stdout == "kladde-2026 var allerede gældende for dk.\n"
    assert here.json("activate", "lille-2025")["before"] == "kladde-2026"
    items = here.json("releases")["items"]
    assert [(one["name"], one["current"], one["parent"], one["note"]) for one in items] == [
        ("lille-2025", True, None, "Første"),
        ("kladde-2026", False, "lille-2025", "A29 er ude"),
    ]
    table = here.run("releases").stdout
    assert "Gældende" in table
    assert "A29" in table


def test_a_release_shows_who_decided_it(here: Installation) -> None:
    here.run("publish", "lille-2025", "--note", "Første", "--author", " EKM,  Anna ")
    here.run("publish", "kladde-2026", "--note", "Anden")
    assert [one["author"] for one in here.json("releases")["items"]] == ["EKM, Anna", "command line"]
    table = here.run("releases").stdout
    assert "lille-2025" in table
    assert "EKM, Anna" in table
    assert "kommando" in table
    for author in (" ", "x" * 101, "010190-1234", "a\u0007b"):
        assert "Skriv et navn" in here.run("publish", "kladde-2026", "--note", "Ny", "--author", author, code=2).stderr


def test_a_draft_with_errors_is_not_published(here: Installation) -> None:
    here.rules.edit("dk/kladde-2026/general.yaml", "code: L84}]", "code: L8E}]")
    outcome = here.run("publish", "kladde-2026", "--note", "Prøve", code=1)
    (line,) = outcome.stdout.splitlines()
    assert re.search(r'general\.yaml:11:\d+: koden "L8E" findes ikke', line)
    assert outcome.stderr == "kladde-2026 er ikke udgivet: 1 fejl.\n"
    assert here.json("publish", "kladde-2026", "--note", "Prøve", code=1)["problems"][0]["line"] == 11
    assert here.json("releases")["total"] == 0


def test_a_draft_whose_worst_contact_costs_too_much_is_not_published(here: Installation) -> None:
    """50 suggestions on each of 50 rules made a contact of 20 diagnoses take a minute."""
    fifty = ", ".join(["{action: replace, code: L84}"] * 50)
    attack = costly("", f"{NOT_SUGGESTED}\n      contact_number: 1", number=50, suggest=fifty)
    here.rules.write("dk/kladde-2026/general.yaml", attack.new.replace(SIGN, ""))
    outcome = here.run("publish", "kladde-2026", "--note", "Prøve", code=1)
    (line,) = outcome.stdout.splitlines()
    assert "general.yaml:2:5: de regler, der gælder samtidig, kan give 250000 forslag på en kontakt med 100 diagnoser" in line
    assert here.run("check", str(here.rules.path("dk/kladde-2026/pack.yaml").parent), code=1).stdout.startswith(line)
    assert here.json("releases")["total"] == 0


def test_a_draft_with_a_wrong_example_is_not_published(here: Installation) -> None:
    here.rules.write("dk/kladde-2026/general.yaml", RULES.replace("[A29, A99]", "[A99]"))
    outcome = here.run("publish", "kladde-2026", "--note", "Prøve", code=1)
    assert 'eksempel 1 i reglen "dk.restkode", bedømt den 2024-01-01: finder reglen intet' in outcome.stdout
    assert "intet eksempel når denne gren" in outcome.stdout
    answer = here.json("publish", "kladde-2026", "--note", "Prøve", code=1)
    assert (answer["published"], len(answer["wrong"]), len(answer["unreached"])) == (None, 1, 1)
    assert here.json("releases")["total"] == 0


def test_a_refused_publication_is_reported_in_one_sentence(here: Installation, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert "med det navn. Ingen er udgivet." in here.run("activate", "lille-2025", code=2).stderr
    here.run("publish", "lille-2025", "--note", "Første")
    again = here.run("publish", "lille-2025", "--note", "Igen")
    assert again.stdout.splitlines()[-1] == "lille-2025 var allerede udgivet; intet er ændret."
    here.rules.edit("general.yaml", "er en restkode", "er en rest")
    for words, said in {
        ("publish", "lille-2025", "--note", "Ny"): "kodevagt rules draft NYT-NAVN --from lille-2025",
        ("publish", "kladde-2026", "--note", " "): "Skriv en note",
        ("publish", "kladde-2026", "--note", "010190-1234"): "CPR-nummer",
        ("publish", "findes-ikke", "--note", "Ny"): "hverken en mappe eller en udgave",
        ("publish", str(here.rules.root), "--note", "Ny"): "flere udgaver",
        ("activate", "kladde-2026"): "Udgivne udgaver: lille-2025",
        ("export", "kladde-2026", str(tmp_path / "x.json")): "signing-key",
    }.items():
        outcome = here.run(*words, code=2).stderr.splitlines()
        assert said in outcome[-1]
        assert outcome[-1].endswith(".")
        assert "010190" not in "".join(outcome)
    assert here.run("publish", str(tmp_path / "tom"), "--note", "Ny", code=1).stdout.count("filen mangler") == 1


def test_a_release_is_imported_from_another_installation(install: Callable[[str], Installation], tmp_path: Path) -> None:
    here, there = install("her"), install("der")
    published = here.json("publish", "kladde-2026", "--note", "A29 er ude")
    key = here.run("signing-key").stdout.strip()
    assert here.run("signing-key").stdout.strip() == key
    file = str(tmp_path / "udgave.json")
    here.run("export", "kladde-2026", file)

    assert key in there.run("import", file, code=2).stderr
    there.trust(key)
    assert "er taget ind" in there.run("import", file).stdout
    assert "intet er ændret" in there.run("import", "-", sent=Path(file).read_bytes()).stdout
    (taken,) = there.json("releases")["items"]
    assert (taken["digest"], taken["note"], taken["current"]) == (published["digest"], "A29 er ude", False)
    assert here.run("export", "kladde-2026", "-").stdout.encode() == Path(file).read_bytes()

    Path(file).write_bytes(Path(file).read_bytes().replace(b"A99", b"A29"))
    assert "ændret" in there.run("import", file, code=2).stderr
    assert "ikke en udgave" in there.run("import", str(there.folder / "trusted.txt"), code=2).stderr


def test_an_export_is_reported_as_json(here: Installation, tmp_path: Path) -> None:
    published, key = here.json("publish", "lille-2025", "--note", "Første"), here.run("signing-key").stdout.strip()
    file = str(tmp_path / "udgave.json")
    outcome = {"file": file, "pack": "dk", "release": "lille-2025", "digest": published["digest"], "signed": True, "key": key}
    assert here.json("export", "lille-2025", file) == outcome
    to_standard_output = here.run("export", "lille-2025", "-", "--format", "json")
    assert to_standard_output.stdout.encode() == Path(file).read_bytes()
    assert json.loads(to_standard_output.stderr) == {**outcome, "file": "-"}


def test_an_imported_release_whose_examples_are_wrong_here_is_refused(
    install: Callable[[str], Installation], tmp_path: Path
) -> None:
    """Another catalogue may lack a code."""
    here, there = install("her"), install("der")
    here.run("publish", "kladde-2026", "--note", "A29 er ude")
    there.trust(here.run("signing-key").stdout.strip())
    here.run("export", "kladde-2026", str(tmp_path / "udgave.json"))
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    bundled = ROOT / "catalog"
    for path in bundled.iterdir():
        (catalog / path.name).write_bytes(path.read_bytes())
    for file in ("icpc2.csv", "synonyms.csv", "bridges.csv"):
        rows = (catalog / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (catalog / file).write_text("".join(row for row in rows if "A99" not in row.split(",")), encoding="utf-8")
    there.more["KODEVAGT_CATALOG"] = str(catalog)
    outcome = there.run("import", str(tmp_path / "udgave.json"), code=1)
    assert 'kladde-2026:/rules/dk.restkode/when/code/0: koden "A99" findes ikke i kataloget.' in outcome.stdout
    assert there.json("releases")["total"] == 0


@pytest.mark.parametrize(("old", "new", "code", "place"), HOSTILE)
def test_a_signed_release_is_checked_like_a_rule_folder(
    here: Installation, tmp_path: Path, old: str, new: str, code: int, place: str
) -> None:
    """The sender signed it after a change that no rule folder would pass."""
    here.run("publish", "lille-2025", "--note", "Første")
    here.trust(here.run("signing-key").stdout.strip())
    here.run("export", "lille-2025", str(tmp_path / "udgave.json"))
    payload = json.loads(json.loads((tmp_path / "udgave.json").read_bytes())["payload"])
    compiled = payload["release"].replace(old, new)
    assert compiled != payload["release"]
    signing_key = load_signing_key(here.folder / "key.pem")
    with closing(Database(here.folder / "kodevagt.db")) as database:
        published = get_release(database, "lille-2025")
    try:
        digest = load_release(compiled).digest(published.edition)
    except ReleaseLoadError:
        digest = published.digest
    file = write_release_file(replace(published, digest=digest), compiled, signing_key)
    (tmp_path / "udgave.json").write_text(file, encoding="utf-8")
    outcome = here.run("import", str(tmp_path / "udgave.json"), code=code)
    assert place in outcome.output
    assert here.json("releases")["total"] == 1


def test_an_unusable_key_is_reported(here: Installation) -> None:
    (here.folder / "key.pem").write_text("ikke en nøgle", encoding="utf-8")
    assert "key.pem er ikke en nøgle" in here.run("signing-key", code=2).stderr


def test_an_interrupted_check_is_not_reported_as_a_fault_of_the_rules(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.cli.rules.publish.try_folder", ended)
    refused = here.run("publish", "lille-2025", "--note", "Første", code=2)
    assert refused.stderr == "Fejl: Kontrollen blev afbrudt, før den var færdig. Prøv igen om lidt.\n"
    assert here.json("releases")["total"] == 0


@pytest.mark.soak
def test_a_change_to_300_rules_is_published_in_seconds(tmp_path: Path, catalogue: Catalogue) -> None:
    """Of processor time, in both processes; `benchmarks/publish.py` measures the clock's."""
    write_release(tmp_path / "dk" / "mange", catalogue, 6)
    environment = {**os.environ, "KODEVAGT_DATABASE": str(make_store(tmp_path / "kodevagt.db"))}
    command = [KODEVAGT, "rules", "publish", str(tmp_path / "dk" / "mange"), "--note", "Måling", "--format", "json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert json.loads(done.stdout)["name"] == "mange"
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


def test_a_release_that_breaks_a_case_is_published_with_a_warning(here: Installation) -> None:
    cases = CaseFolder(here.folder / "cases", here.rules.catalogue)
    cases.edit("course: artrose-knae", "course: laenderyg")
    result = here.run("publish", "lille-2025", "--note", "Første")
    outcome = (
        "lille-2025: casen trappen trækkes tilbage: svaret L90 og L90 L15 afvises. L90 passer ikke til forløbet Smerter i lænderyg"
    )
    assert outcome in result.stderr
    assert "lille-2025 er udgivet" in result.stdout
    (broken,) = here.json("publish", "lille-2025", "--note", "Første")["cases"]
    assert (broken["case"], broken["answers"]) == ("trappen", ["L90", "L90 L15"])
    cases.edit("status: not-approved", "status: not-approved\nrelease: ekm-2024-11")
    assert here.json("publish", "lille-2025", "--note", "Første")["cases"] == []
