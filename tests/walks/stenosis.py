"""The change "lumbar stenosis is settled: only L86 from 1 March 2027", and how a contact of 5 March is judged by it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.contacts import request
from validator.cli.main import main

NAME, BASE = "ekm-2027-03", "ekm-2024-11"
NOTE = "Lumbal stenose er L86"
CONTACT: dict[str, Any] = request("L84", course="lumbal-stenose", date="2027-03-05")
# What the contact finds: release, kind and suggested codes.
BEFORE = (BASE, "course-undecided", [])
LIVE = (NAME, "main-not-in-course-set", ["L86"])


def judged(answer: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Return release, kind and suggested codes of the one finding of a verdict."""
    (finding,) = answer["findings"]
    return answer["rules"]["release"], finding["kind"], [item["code"] for item in finding["suggestions"]]


@dataclass
class Walker:
    """The owner of the rules in an empty directory: the store is where the commands look for it, and does not exist."""

    folder: Path
    commands: int = 0

    def run(self, *words: str, code: int = 0) -> Result:
        """Run a command of `kodevagt rules` with its expected exit code."""
        result = CliRunner().invoke(main, ["rules", *words])
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        return result

    def step(self, *words: str) -> Result:
        """Run a command that the walk needs."""
        self.commands += 1
        return self.run(*words)
