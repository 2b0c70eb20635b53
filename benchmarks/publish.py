"""The time of `kodevagt rules publish` for a change to 300 rules, with checks, examples and engine."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.servers import kodevagt
from benchmarks.turns import bound, progress
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.loader import load_catalogue
from validator.settings import read_settings

RULES, TIMES, LIMIT = 300, 5, 5.0
HEAD = """\
pack: dk
release: {name}
status: draft
languages: [da, en]
start: 2024-01-01
owner: {{da: "EKM", en: "The quality unit"}}
sources:
  maaling: {{title: "Måling", date: 2026-01-01, url: null, status: unconfirmed}}
specialties:
  "51": {{da: "Almen fysioterapi", en: "General physiotherapy"}}
"""
RULE = """\
  - id: dk.vedvarende-{code}
    kind: symptom-persisting
    severity: information
    each: diagnosis
    when:
      code: {code}
      contact_number: {{at_least: {visit}}}
    message: {{da: "{{code}} står stadig efter {visit} kontakter.", en: "{{code}} still stands after {visit} contacts."}}
    explanation: {{da: "Overvej en mere præcis kode.", en: "Consider a more precise code."}}
    source: maaling
    examples:
      - finds: {{contact_number: {visit}, diagnoses: [{{code: {code}, role: main}}]}}
      - passes: {{contact_number: {before}, diagnoses: [{{code: {code}, role: main}}]}}
"""


def write_release(folder: Path, catalogue: Catalogue, visit: int, count: int = RULES) -> None:
    """Write a release of `count` rules, each about another code, from contact number `visit` on."""
    folder.mkdir(parents=True)
    codes = [code for code, rubric in catalogue.rubrics.items() if rubric.kind != "process" and not rubric.sex][:count]
    rules = "".join(RULE.format(code=code, visit=visit, before=visit - 1).replace(f"-{code}", f"-{code.lower()}") for code in codes)
    (folder / "pack.yaml").write_text(HEAD.format(name=folder.name), encoding="utf-8")
    (folder / "rules.yaml").write_text(f"rules:\n{rules}", encoding="utf-8")


def main() -> None:
    catalogue = load_catalogue(read_settings().catalog)
    seconds = []
    with tempfile.TemporaryDirectory() as here:
        environment = {**os.environ, "KODEVAGT_DATABASE": f"{here}/kodevagt.db"}
        for number in range(TIMES):
            progress(f"release {number + 1} of {TIMES}")
            folder = Path(here, "dk", f"maaling-{number}")
            write_release(folder, catalogue, 6 + number)
            command = [*kodevagt("rules", "publish", "--create"), str(folder), "--note", "Måling"]
            begun = time.perf_counter()
            subprocess.run(command, env=environment, check=True, capture_output=True)
            seconds.append(time.perf_counter() - begun)
    progress("")
    print(f"publishing a change to {RULES} rules: best {min(seconds):.2f} s, worst {max(seconds):.2f} s of {TIMES}")
    print(bound(f"worst publishing of {RULES} rules, seconds", max(seconds), LIMIT))


if __name__ == "__main__":
    main()
