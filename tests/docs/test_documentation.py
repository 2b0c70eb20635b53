"""Every setting, command and route is documented, and what the documents show works."""

import json
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML
from werkzeug.test import TestResponse

from api import create_app
from tests.conftest import ROOT
from tests.contacts import REQUESTS
from validator import Settings
from validator.cli.main import main
from validator.settings import environment_variables
from validator.training.case_file_keys import KEYS

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
BLOCKS = [
    (name, block)
    for name, text in {"README.md": README, **DOCUMENTS}.items()
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
]
CURL_OPTIONS = ("-H", "-d", "--data-binary", "--data-urlencode")


@pytest.mark.parametrize("variable", environment_variables())
def test_every_setting_is_documented_with_its_default(variable: str) -> None:
    assert re.search(rf"^\| `{variable}` \| .+ \| .+ \|$", DOCUMENTS["settings.md"], re.MULTILINE)


def commands(group: click.Group, path: str = "kodevagt") -> list[str]:
    found = []
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        found += commands(command, f"{path} {name}") if isinstance(command, click.Group) else [f"{path} {name}"]
    return found


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_documented_and_has_help(command: str) -> None:
    assert any(command in text for text in [README, *DOCUMENTS.values()])
    result = CliRunner().invoke(main, [*shlex.split(command)[1:], "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_every_route_is_documented(app: Flask) -> None:
    undocumented = []
    for rule in app.url_map.iter_rules():
        route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not route.startswith(("/docs/", "/static/")):  # the parts of pages
            undocumented += [f"{method} {route}" for method in methods if f"`{method} {route}`" not in DOCUMENTS["integration.md"]]
    assert undocumented == []


def test_every_metric_is_documented_with_its_labels(client: FlaskClient) -> None:
    rows = re.findall(r"^\| `(kodevagt_\w+)` \| ([\w, ]*) ?\|", DOCUMENTS["settings.md"], re.MULTILINE)
    documented = {name: set(labels.replace(",", "").split()) for name, labels in rows}
    client.post("/v1/validate", json=REQUESTS["override-without-reason"])
    text = client.get("/metrics").get_data(as_text=True)
    assert set(re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE)) == documented.keys()
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            name = sample.name if sample.name in documented else family.name
            assert sample.labels.keys() - {"le"} == documented[name]


def send_as_shown(client: FlaskClient, command: str) -> TestResponse:
    """Send the request of a curl command, with its options."""
    words = shlex.split(re.sub(r"\\\n", "", command))
    values = {option: [value for name, value in pairwise(words) if name == option] for option in CURL_OPTIONS}
    address = next(word for word in words if word.startswith("http")).removeprefix("http://127.0.0.1:8000")
    headers = dict(header.split(": ", 1) for header in values["-H"])
    if query := dict(pair.split("=", 1) for pair in values["--data-urlencode"]):
        return client.get(address, query_string=query, headers=headers)
    if file := values["--data-binary"]:
        assert file == ["@contacts.ndjson"]
        return client.post(address, data=json.dumps(REQUESTS["override-without-reason"]), headers=headers)
    if body := values["-d"]:
        return client.post(address, data=body[0], headers=headers)
    return client.open(address, method="POST" if "POST" in words else "GET", headers=headers)


@pytest.mark.parametrize(("name", "block"), [item for item in BLOCKS if "curl" in item[1]])
def test_the_requests_shown_are_answered(tmp_path: Path, name: str, block: str) -> None:
    client = create_app(Settings(database=tmp_path / "kodevagt.db")).test_client()
    for command in re.split(r"\n(?=curl|kodevagt)", block):
        if command.startswith("curl"):
            answer = send_as_shown(client, command)
            assert answer.status_code in (200, 201), (name, command, answer.text)
            assert not answer.request.path.endswith("/v1/validate") or answer.get_json()["findings"]


def test_the_make_targets_shown_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    shown = {target for text in [README, *DOCUMENTS.values()] for target in re.findall(r"`?\bmake ([a-z-]+)\b", text)}
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert shown - targets <= {"sure"}
    assert {"run", "test"} <= shown


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", DOCUMENTS["regler.md"], re.DOTALL))
def test_the_rule_examples_shown_are_yaml(block: str) -> None:
    assert YAML(typ="safe", pure=True).load(block)


def test_the_problem_shown_is_the_one_reported(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    courses = tmp_path / "rules" / "dk" / "ekm-2024-11" / "courses.yaml"
    text = courses.read_text(encoding="utf-8")
    courses.write_text(text.replace("codes: [L83]", "codes: [L8E]", 1), encoding="utf-8")
    no_store = {"KODEVAGT_DATABASE": str(tmp_path / "ingen.db")}  # in that of all tests, the base of the draft may be published
    shown = CliRunner().invoke(main, ["rules", "check", str(tmp_path / "rules")], env=no_store).stdout
    assert f"```text\n{shown.removeprefix(f'{tmp_path}/')}```" in DOCUMENTS["regler.md"]


def test_every_key_of_a_case_is_documented() -> None:
    shown = set(re.findall(r"`(\w+)`", DOCUMENTS["cases.md"]))
    assert {key.name for shape in ("case", "given") for key in KEYS[shape]} <= shown


def test_the_readme_is_short_and_has_a_danish_part() -> None:
    assert len(README.splitlines()) < 60
    assert "På dansk" in README
