"""The commands of docs/katalog.md do what the page says, one after the other."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.catalogue.editions import SKS_LINES, csv_text, sks_file, titles
from tests.conftest import ROOT
from tests.stores import make_store
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main

PAGE = (ROOT / "docs" / "katalog.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]

CONCEPT_MAP = {
    "resourceType": "ConceptMap",
    "group": [
        {
            "source": "http://hl7.org/fhir/sid/icd-10",
            "target": "http://hl7.org/fhir/sid/icpc-2",
            "element": [{"code": "M17", "target": [{"code": "L90", "equivalence": "wider"}]}],
        }
    ],
}


def test_the_commands_shown_work(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KODEVAGT_DATABASE", str(make_store(tmp_path / "kodevagt.db")))
    (tmp_path / "ny-udgave.csv").write_text(csv_text(titles(catalogue)), encoding="utf-8")
    (tmp_path / "tabel.csv").write_text("KODE;TEKST;GRUPPE\nDX10;Hofte;1\n", encoding="utf-8")
    (tmp_path / "SKScomplete.txt").write_bytes(sks_file(SKS_LINES))
    (tmp_path / "kort.csv").write_text("icd10,icpc2\nM17,L90\n", encoding="utf-8")
    (tmp_path / "kort.json").write_text(json.dumps(CONCEPT_MAP), encoding="utf-8")
    assert len(COMMANDS) > 6
    for command in COMMANDS:
        program, *words = shlex.split(command)
        result = CliRunner().invoke(main, words)
        assert (program, result.exit_code) == ("kodevagt", 0), f"{command}: {result.output}"
    written = {path.name for path in tmp_path.iterdir() if not path.name.startswith("kodevagt.db")}
    assert written == {
        "tabel.csv",
        "SKScomplete.txt",
        "kort.csv",
        "kort.json",
        "ny-udgave.csv",
        "koder.csv",
        "regneark.csv",
        "koder.json",
        "broer.json",
    }
