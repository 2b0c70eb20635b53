"""`kodevagt serve` refuses what it cannot do: one sentence that names the setting, an exit code of 2, no traceback."""

import re
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.process import PATIENCE, end, free_port, started
from validator.cli.main import main


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KODEVAGT_HOST", "0.0.0.0"),  # noqa: S104
        ("KODEVAGT_HOST", "192.0.2.1"),
        ("KODEVAGT_HOST", "::"),
        ("KODEVAGT_HOST", "kodevagt.example"),
        ("KODEVAGT_HOST", ""),
        ("KODEVAGT_PORT", "otte"),
        ("KODEVAGT_PORT", "0"),
        ("KODEVAGT_PORT", "65536"),
        ("KODEVAGT_WORKERS", "0"),
        ("KODEVAGT_WORKERS", "1.5"),
    ],
)
def test_an_invalid_setting_is_reported_in_one_sentence(name: str, value: str) -> None:
    result = CliRunner().invoke(main, ["serve"], env={name: value})
    assert result.exit_code == 2
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert name in sentence or value in sentence
    assert sentence.endswith(".")
    assert not re.search(r"Traceback|Errno|\[|\]", sentence)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["KODEVAGT_RULES", "KODEVAGT_CATALOG"])
def test_a_missing_folder_is_reported_in_one_sentence(name: str, tmp_path: Path) -> None:
    process = started(tmp_path, free_port(), **{name: "findes-ikke"})
    try:
        printed = process.communicate(timeout=PATIENCE)[0]
    finally:
        end(process)
    assert process.returncode == 2
    (sentence,) = printed.splitlines()
    assert "findes-ikke" in sentence
    assert sentence.endswith(".")
    assert not re.search(r"Traceback|Errno|\[|\]", sentence)


@pytest.mark.slow
def test_a_port_in_use_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = started(tmp_path, taken.getsockname()[1])
        try:
            printed = process.communicate(timeout=PATIENCE)[0]
        finally:
            end(process)
    assert process.returncode == 2
    assert "KODEVAGT_PORT" in printed
    assert "Traceback" not in printed
