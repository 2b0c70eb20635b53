"""The public names of the library, and which modules it does not import."""

import subprocess
import sys

import pytest

import validator


@pytest.mark.parametrize("name", validator.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(validator, name).__name__ == name


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Judge'"):
        validator.Judge  # noqa: B018


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        ("import validator", {"marshmallow", "structlog", "validator.judging.validator"}),
        ("from validator import Service, read_request", {"flask", "ruamel", "rich.console"}),
        ("import validator.judging.validator", {"sqlite_utils"}),
        ("import validator.cli.main, validator.cli.serve", {"ruamel", "rich.console"}),
    ],
)
def test_unneeded_modules_are_not_imported(program: str, absent: set[str]) -> None:
    blocked = "import sys; sys.modules['rich'] = None\n"  # as the command has it while it loads structlog
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}{program}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert absent.isdisjoint(done.stdout.split())
