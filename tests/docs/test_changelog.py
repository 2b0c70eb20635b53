"""The changelog: its form, and that the version it begins with is the version of everything else."""

import re
from configparser import ConfigParser
from itertools import pairwise

from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.conftest import ROOT
from validator.cli.main import main

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSIONS = [tuple(map(int, version.split("."))) for version in re.findall(r"^## ([\d.]+)$", CHANGELOG, re.MULTILINE)]
MOST_LINES = 3


def test_versions_are_newest_first_and_one_minor_version_apart() -> None:
    assert all(newer[0] == older[0] and newer[1] == older[1] + 1 for newer, older in pairwise(VERSIONS))


def test_an_entry_has_at_most_three_lines() -> None:
    entries = re.findall(r"^- .*(?:\n  .*)*", CHANGELOG, re.MULTILINE)
    assert [entry for entry in entries if entry.count("\n") >= MOST_LINES] == []


def test_the_newest_version_is_that_of_the_package_the_command_and_the_document(client: FlaskClient) -> None:
    version = ".".join(map(str, VERSIONS[0]))
    metadata = ConfigParser()
    metadata.read(ROOT / "setup.cfg", encoding="utf-8")
    assert metadata["metadata"]["version"] == version
    assert CliRunner().invoke(main, ["--version"]).output.split()[-1] == version
    assert client.get("/openapi.json").get_json()["info"]["version"] == version
