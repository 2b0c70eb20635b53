"""What the library gives to programs that use it, and what it leaves them to load themselves."""

import subprocess
import sys

import pytest

import validator


@pytest.mark.parametrize("name", validator.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(validator, name).__name__ == name


def test_another_name_is_refused() -> None:
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
def test_what_is_not_needed_is_not_loaded(program: str, absent: set[str]) -> None:
    blocked = "import sys; sys.modules['rich'] = None\n"  # as the command has it while it loads structlog
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}{program}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert absent.isdisjoint(done.stdout.split())
