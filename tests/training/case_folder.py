"""A bank of one case in a folder that tests edit and read again."""

from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.training.bank_reader import ReadBank, read_bank

NAME = "trappen"
FILE = f"{NAME}.yaml"
WORDS = "Hun har ondt i knæet og går mindre end før. " * 7

CASE = f"""\
id: trappen
version: 1
title: {{da: "Trappen", en: "The stairs"}}
specialty: "51"
course: artrose-knae
level: basic
date: 2025-10-14
vignette: {{da: "{WORDS.strip()}"}}
question: {{da: "Hvilken hoveddiagnose koder du?"}}
given:
  patient: {{age: 64, sex: female}}
  observations: {{joints: [knee]}}
key: [{{code: L90, role: main}}]
equally_right:
  - [{{code: L90, role: main}}, {{code: L15, role: secondary}}]
alternatives:
  - {{code: L91, reason: {{da: "L91 er andre led."}}}}
near_misses:
  - {{code: L15, reason: {{da: "L15 er symptomkoden."}}}}
  - {{code: M17.1, reason: {{da: "M17.1 er fra ICD-10."}}}}
rationale: {{da: "Det er artrose i knæet."}}
rules: [dk.51.artrose-knae]
why_it_matters: {{da: "Så kan forløbene tælles."}}
author: Kodevagt
reviewed: 2026-11-22
status: not-approved
"""

SCORING = """\
weights: {exact: 100, accepted: 75, group: 50, chapter: 25, miss: 0}
regions:
  knee: {title: {da: Knæ, en: Knee}, codes: [L15, L90]}
published: {title: "En undersøgelse", participants: 40, cases: 10, exact: 71, group: 84, chapter: 94}
sets:
  saettet: {title: {da: Sættet, en: The set}, cases: [trappen]}
unclear: {answers: 10, exact: 60}
"""


class CaseFolder:
    """The files of the bank."""

    def __init__(self, root: Path, catalogue: Catalogue) -> None:
        self.root = root
        self.catalogue = catalogue
        root.mkdir()
        self.write("scoring.yaml", SCORING)
        self.write(FILE, CASE)

    def path(self, file: str) -> Path:
        return self.root / file

    def write(self, file: str, content: str | bytes) -> None:
        self.path(file).write_bytes(content if isinstance(content, bytes) else content.encode())

    def edit(self, old: str, new: str, file: str = FILE) -> None:
        """Replace the only occurrence of `old`."""
        text = self.path(file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def read(self) -> ReadBank:
        return read_bank(self.root, self.catalogue)
