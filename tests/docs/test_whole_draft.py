"""The draft of `docs/regler.md` is whole: it is checked and compared as the page says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from tests.stores import make_store
from validator.cli.main import main

PAGE = (ROOT / "docs" / "regler.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml\n# (\w+\.yaml)\n(.*?)```", PAGE, re.DOTALL))
COMMANDS = list(re.findall(r"^kodevagt .*ekm-2027-03.*$", PAGE, re.MULTILINE))


def test_the_draft_shown_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KODEVAGT_DATABASE", str(make_store(tmp_path / "kodevagt.db")))
    (begin, *checks) = COMMANDS
    assert set(FILES) == {"pack.yaml", "courses.yaml"}
    assert len(checks) == 3
    for command in (begin, *checks):
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}: {result.output}"
        if command == begin:
            assert {path.name for path in (tmp_path / "ekm-2027-03").iterdir()} == set(FILES)
            for name, text in FILES.items():
                (tmp_path / "ekm-2027-03" / name).write_text(text, encoding="utf-8")
