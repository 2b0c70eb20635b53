"""Every command and every option has a help text; an unknown one gives exit code 2."""

import subprocess
from collections.abc import Iterator
from importlib.metadata import version

import click
import pytest
from click.testing import CliRunner

from tests.cli.process import KODEVAGT
from validator.cli.main import main


def commands(command: click.Command, name: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from commands(found, (*name, inner))


COMMANDS = dict(commands(main))
every_command = pytest.mark.parametrize("name", COMMANDS, ids=" ".join)


@every_command
def test_every_command_has_help(name: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, [*name, "--help"])
    assert CliRunner().invoke(main, [*name, "-h"]).stdout == result.stdout
    assert result.exit_code == 0
    assert COMMANDS[name].help
    assert str(COMMANDS[name].help).split(maxsplit=1)[0] in result.stdout


def test_every_option_has_help() -> None:
    for name, command in COMMANDS.items():
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, name


@pytest.mark.parametrize("arguments", [["findes-ikke"], ["rules", "findes-ikke"], ["serve", "nu"], ["validate"], ["--findes-ikke"]])
def test_an_unknown_command_or_option_exits_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_the_version_equals_that_of_the_package() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert version("kodevagt") in result.stdout


def test_the_command_is_installed_under_its_name() -> None:
    done = subprocess.run([KODEVAGT, "--help"], capture_output=True, text=True, check=True)
    assert all(name[0] in done.stdout for name in COMMANDS if name)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("rules", "check"), ("rules", "schema"), ("rules", "timeline", "--format", "json")])
def test_a_full_disk_is_reported_in_one_sentence(words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([KODEVAGT, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Fejl: Det, der skulle skrives, kan ikke være på disken.")
    assert "Traceback" not in done.stderr
