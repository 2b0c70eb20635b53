"""The command line uses the published releases of the store, also after their folder is deleted."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.cli.test_rules_publish import Installation, here, install
from tests.conftest import ROOT
from tests.contacts import request
from validator.cli.main import main

__all__ = ["here", "install"]
pytestmark = pytest.mark.slow


@pytest.fixture
def contact(tmp_path: Path) -> Path:
    path = tmp_path / "kontakt.json"
    path.write_text(json.dumps(request("A29")), encoding="utf-8")
    return path


@pytest.fixture
def published(here: Installation) -> Installation:
    """The draft is published and current, and its folder is gone."""
    here.run("publish", "lille-2025", "--note", "Første")
    here.run("publish", "kladde-2026", "--note", "A29 er ude")
    here.run("activate", "kladde-2026")
    shutil.rmtree(here.rules.root / "dk" / "kladde-2026")
    return here


@pytest.fixture
def validate(published: Installation, contact: Path) -> Callable[..., dict[str, Any]]:
    def validate(*options: str, code: int = 0) -> dict[str, Any]:
        env = {"KODEVAGT_DATABASE": str(published.folder / "kodevagt.db"), "KODEVAGT_RULES": str(published.rules.root)}
        result = CliRunner().invoke(main, ["validate", str(contact), "--format", "json", *options], env=env)
        assert result.exit_code == code, result.output
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer

    return validate


def test_contacts_are_judged_by_the_current_release(validate: Callable[..., dict[str, Any]], published: Installation) -> None:
    assert validate()["rules"]["release"] == "kladde-2026"
    assert validate()["rules"]["digest"] == published.json("releases")["items"][1]["digest"]
    assert validate("--release", "lille-2025")["rules"]["release"] == "lille-2025"
    published.run("activate", "lille-2025")
    assert validate()["rules"]["release"] == "lille-2025"
    assert "problem" in validate("--release", "findes-ikke", code=2)


def test_a_draft_in_the_folder_can_judge_by_its_name(validate: Callable[..., dict[str, Any]], published: Installation) -> None:
    published.rules.write("dk/ny-2027/pack.yaml", "pack: dk\nrelease: ny-2027\nstatus: draft\nextends: lille-2025\n")
    assert validate("--release", "ny-2027")["rules"]["release"] == "ny-2027"


def test_the_other_commands_find_the_published_release(published: Installation, contact: Path) -> None:
    contacts = contact.with_suffix(".ndjson")
    contacts.write_text(contact.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert published.json("timeline")["release"] == "kladde-2026"
    assert published.json("timeline", "--release", "lille-2025")["release"] == "lille-2025"
    assert published.json("explain", "dk.restkode", "--encounter", str(contact))["release"] == "kladde-2026"
    assert published.json("diff", "lille-2025", "dk/kladde-2026")["to"] == {"pack": "dk", "release": "kladde-2026"}
    result = published.run("impact", "lille-2025", "--on", str(contacts), "--format", "json").stdout.splitlines()
    assert json.loads(result[-1])["summary"] == {
        **json.loads(result[-1])["summary"],
        "from": "dk/kladde-2026",
        "to": "dk/lille-2025",
        "changed": 1,
    }
    assert "Udgaver: lille-2025, kladde-2026" in published.run("timeline", "--release", "findes-ikke", code=2).stderr
    assert "dk/kladde-2026" in published.run("diff", "lille-2025", "findes-ikke", code=2).stderr


def test_an_explicit_folder_is_used_without_the_store(published: Installation) -> None:
    assert published.json("timeline", "--rules", str(ROOT / "rules"))["release"] == "ekm-2024-11"


def test_an_edited_folder_is_compared_with_the_published_release(published: Installation, contact: Path) -> None:
    published.run("activate", "lille-2025")
    published.rules.edit("general.yaml", "code: [A29, A99]", "code: [A99]")
    published.rules.edit("general.yaml", "code: A29, role", "code: A99, role")
    contacts = contact.with_suffix(".ndjson")
    contacts.write_text(contact.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    result = published.run("impact", "lille-2025", "--on", str(contacts), "--format", "json").stdout.splitlines()
    assert json.loads(result[-1])["summary"]["changed"] == 1


def test_an_unreadable_store_is_reported(published: Installation) -> None:
    (published.folder / "kodevagt.db").write_bytes(b"ikke en database" * 400)
    assert "er ikke en SQLite-database" in published.run("timeline", code=2).stderr


def test_of_two_versions_with_one_name_the_shown_one_is_named(published: Installation) -> None:
    published.run("activate", "lille-2025")
    assert published.run("timeline").stderr == ""
    published.rules.edit("courses.yaml", "from: 2025-10-01", "from: 2025-11-01")
    result = published.run("timeline")
    assert "2025-10-01" in result.stdout
    assert "her vises den udgivne" in result.stderr
    result = published.run("timeline", "--release", "lille-2025")
    assert "2025-11-01" in result.stdout
    assert "her vises mappens" in result.stderr
    assert "dk/lille-2025 er udgivet med et andet indhold" in published.run("check").stderr
    assert published.json("diff", "lille-2025", str(published.rules.root / "dk" / "lille-2025"))["differences"]
    assert published.json("diff", str(published.rules.root / "dk" / "lille-2025"), "lille-2025")["differences"]


def test_a_broken_draft_does_not_affect_other_releases(published: Installation, contact: Path) -> None:
    published.rules.write("dk/ny-2027/pack.yaml", "pack: dk\nrelease: ny-2027\nstatus: draft\nextends: lille-2025\n")
    published.rules.write("dk/ny-2027/courses.yaml", "courses: [\n")
    result = published.run("explain", "dk.restkode", "--encounter", str(contact), "--release", "lille-2025")
    assert "En anden udgave i mappen har fejl" in result.stderr
    assert published.json("timeline")["release"] == "kladde-2026"
    assert published.json("diff", "lille-2025", "kladde-2026")["differences"]
    assert "dk/ny-2027/courses.yaml:" in published.run("diff", "lille-2025", "ny-2027", code=1).stdout
    assert "dk/ny-2027/courses.yaml:" in published.run("timeline", "--release", "ny-2027", code=1).stdout


def test_a_published_release_is_shown_without_rule_files(published: Installation, contact: Path) -> None:
    shutil.rmtree(published.rules.root)
    published.rules.root.mkdir()
    assert published.json("timeline")["release"] == "kladde-2026"
    assert published.json("diff", "lille-2025", "kladde-2026")["differences"]
    assert published.json("explain", "dk.restkode", "--encounter", str(contact))["release"] == "kladde-2026"
