"""`kodevagt rules schema`: the schema for editors, and the page to read."""

import json

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from validator.cli.main import main


def test_the_schema_is_written_as_json() -> None:
    result = CliRunner().invoke(main, ["rules", "schema"])
    assert result.exit_code == 0
    Draft202012Validator.check_schema(json.loads(result.stdout))


def test_the_reference_is_available_in_two_languages() -> None:
    for language, heading in (("da", "# Regelsproget: opslag"), ("en", "# The rule language: reference")):
        result = CliRunner().invoke(main, ["rules", "schema", "--reference", language])
        assert result.stdout.splitlines()[0] == heading
    assert CliRunner().invoke(main, ["rules", "schema", "--reference", "sv"]).exit_code == 2
