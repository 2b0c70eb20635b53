"""The owner of the rules at the command line, with a store and a copy of the shipped rules."""

import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from tests.catalogue.editions import csv_text, titles
from tests.conftest import ROOT
from tests.stores import make_store
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.rulebook.release import Release

_HEAD = "pack: dk\nrelease: kladde\nstatus: draft\nextends: {base}\naccept: [stays-draft]\n"
_DRAFT = _HEAD + 'owner: {{da: "EKM, et andet navn", en: "Another name"}}\n'


class RuleOwner:
    """Runs commands; `shown` is the output of the last one."""

    def __init__(self, folder: Path, catalogue: Catalogue, release: Release) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._release = release
        self._rules = Path(shutil.copytree(ROOT / "rules", folder / "rules"))
        self.shown = ""
        make_store(folder / "kodevagt.db")

    def look_at_sks(self, start: str, without: str | None) -> None:
        """Run `catalog import` for an edition with the referral codes of the courses."""
        referrals = (entry for course in self._release.courses.values() for entry in course.referral)
        codes = {code: "Kode" for entry in referrals for code in entry.sks if code != without}
        self._import("sks", start, codes, "--system", "sks")

    def import_icpc(self, start: str, without: str) -> None:
        self._import("icpc", start, titles(self._catalogue, [without]), "--yes")

    def publish_draft(self) -> Result:
        draft = self._rules / "dk" / "kladde"
        draft.mkdir()
        (draft / "pack.yaml").write_text(_DRAFT.format(base=self._release.name), encoding="utf-8")
        return self._run("rules", "publish", str(draft), "--note", "Et andet navn")

    def _import(self, name: str, start: str, codes: dict[str, str], *words: str) -> None:
        path = self._folder / f"{name}.csv"
        path.write_text(csv_text(codes), encoding="utf-8")
        assert self._run("catalog", "import", str(path), "--from", start, *words).exit_code == 0

    def _run(self, *words: str) -> Result:
        env = {"KODEVAGT_DATABASE": str(self._folder / "kodevagt.db"), "KODEVAGT_RULES": str(self._rules)}
        result = CliRunner().invoke(main, words, env=env)
        self.shown = result.output
        return result

    @property
    def warnings(self) -> list[str]:
        return [line for line in self.shown.splitlines() if "advarsel:" in line.lower()]
