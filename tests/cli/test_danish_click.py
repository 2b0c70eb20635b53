"""What click itself says of a call and on help pages is in Danish, whichever the mistake."""

import re

import pytest
from click.testing import CliRunner

from tests.cli.test_help import COMMANDS
from validator.cli.main import main

ENGLISH = re.compile(
    r"Usage|Options:|Commands:|Error|Missing|No such|Invalid|Got unexpected|requires|does not|is not|Did you|Try |Show |"
    r"\[required\]|default:|Aborted|OPTIONS|ARGS|\bTEXT\b|INTEGER"
)
MISTAKES = [
    ("rules chek", 'Kommandoen "chek" findes ikke. Mente du "check"?'),
    ("findes-ikke", 'Kommandoen "findes-ikke" findes ikke.'),
    ("--findes-ikke", "--findes-ikke kendes ikke."),
    ("rules check --formt json", '--formt kendes ikke. Mente du "--format"?'),
    ("rules check --format", "--format mangler en værdi."),
    ("rules check --help=ja", "--help skrives uden en værdi."),
    ("rules check --format xml", "--format: Skriv en af: text, json, sarif, github."),
    ("rules check --as-of i-dag", '--as-of: "i-dag" er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD.'),
    ("keys add --name journalsystem", "--role mangler. Skriv en af: practice, learner, editor, reader."),
    ("keys add --role reader", "--name mangler."),
    ("keys revoke første", "ID: Skriv et helt tal."),
    ("catalog search ryg --limit 500", "--limit: Skriv et helt tal mellem 1 og 200."),
    ("rules impact udgave --show -1", "--show: Skriv et helt tal fra 0."),
    ("validate", "FILE mangler."),
    ("validate findes-ikke.json", 'FILE: "findes-ikke.json" kan ikke læses (findes ikke).'),
    ("rules diff a b c", "Der er for mange ord i kaldet: c."),
    ("catalog import findes-ikke", "PATH: filen eller mappen findes ikke, eller den kan ikke bruges her."),
]


@pytest.mark.parametrize(("call", "sentence"), MISTAKES)
def test_a_mistake_in_a_call_is_told_in_danish(call: str, sentence: str) -> None:
    result = CliRunner().invoke(main, call.split(), prog_name="kodevagt")
    *usage, error = result.stderr.splitlines()
    assert (result.exit_code, result.stdout, error) == (2, "", f"Fejl: {sentence}")
    if usage:  # click does not say of which command an option lacks its value
        assert usage[0].startswith("Brug: kodevagt ")
        assert re.fullmatch(r"Se kodevagt( [a-z]+)* --help\.", usage[1])
    assert ENGLISH.search(result.stderr) is None


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_help_page_is_in_danish(name: tuple[str, ...]) -> None:
    page = CliRunner().invoke(main, [*name, "--help"], prog_name="kodevagt").stdout
    assert page.startswith(f"Brug: {' '.join(('kodevagt', *name))} [TILVALG]")
    assert "Vis denne hjælp." in page
    assert ENGLISH.search(page) is None, ENGLISH.search(page)


def test_the_command_line_alone_shows_its_help() -> None:
    result = CliRunner().invoke(main, ["rules"], prog_name="kodevagt")
    assert "Kommandoer:" in result.output
    assert ENGLISH.search(result.output) is None
