"""A small release of one rule and two courses, in a folder that tests edit and read again."""

from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_folder
from validator.rulebook.yaml.problems import Problem, RulebookError

NAME = "lille-2025"

PACK = """\
pack: dk
release: lille-2025
status: current
languages: [da, en]
start: 2024-01-01
owner: {da: "EKM", en: "The quality unit"}
sources:
  moede: {title: "Møde", date: 2024-11-01, url: null, status: unconfirmed}
specialties:
  "51": {da: "Almen fysioterapi", en: "General physiotherapy"}
  "62": {da: "Vederlagsfri fysioterapi", en: "Physiotherapy free of charge"}
"""

COURSES = """\
courses:
  laenderyg:
    title: {da: "Smerter i lænderyg", en: "Low back pain"}
    specialty: "51"
    main_diagnosis:
      - from: 2025-10-01
        codes: [L84, L86]
        status: undecided
        source: moede
        note: {da: "Under afklaring.", en: "Undecided."}
  parkinson:
    title: {da: "Parkinson", en: "Parkinson's disease"}
    specialty: "62"
    referral:
      - {from: 2025-01-01, sks: [DG20], icpc: [N87], source: moede}
    phases:
      - {from: 2025-01-01, range: [1, 5], source: moede}
    services:
      - {from: 2025-01-01, source: moede, by_phase: {1: [individual, video]}}
"""

RULES = """\
rules:
  - id: dk.restkode
    kind: residual-code
    severity: information
    each: diagnosis
    when:
      code: [A29, A99]
      role: main
    message: {da: "{code} er en restkode.", en: "{code} is a leftover code."}
    explanation: {da: "Vælg en mere præcis kode.", en: "Choose a more precise code."}
    suggest: [{action: replace, code: L84}]
    source: moede
    examples:
      - finds: {diagnoses: [{code: A29, role: main}]}
      - passes: {diagnoses: [{code: L84, role: main}]}
"""

DRAFT = """\
pack: dk
release: kladde-2026
status: draft
extends: lille-2025
accept: [stays-draft]
"""


SWEDISH_PACK = """\
pack: se
release: liten-2025
status: current
languages: [sv]
start: 2023-01-01
owner: {sv: "Regionen"}
sources:
  mote: {title: "Möte", date: null, url: null, status: unconfirmed}
specialties: {}
"""

SWEDISH_RULES = """\
rules:
  - id: se.artros
    kind: registration-missing
    severity: warning
    at: registrations
    when:
      diagnosis: {category: [M16, M17]}
      registrations: {includes_none: artrosregistret}
    message: {sv: "Artros utan registrering."}
    explanation: {sv: "Registrera patienten."}
    source: mote
    examples:
      - finds: {diagnoses: [{code: M17.1}], registrations: []}
      - passes: {diagnoses: [{code: M17.1}]}
"""


class RuleFolder:
    """The files of the small release, by their path in the release or by `dk/<release>/<file>`."""

    def __init__(self, root: Path, catalogue: Catalogue) -> None:
        self.root = root
        self.catalogue = catalogue
        for file, text in {"pack.yaml": PACK, "courses.yaml": COURSES, "general.yaml": RULES}.items():
            self.write(file, text)

    def add_sweden(self) -> None:
        """Add a small release of the Swedish pack, which codes in ICD-10-SE."""
        self.write("se/liten-2025/pack.yaml", SWEDISH_PACK)
        self.write("se/liten-2025/visits.yaml", SWEDISH_RULES)

    def path(self, file: str) -> Path:
        return self.root / (file if "/" in file else f"dk/{NAME}/{file}")

    def write(self, file: str, content: str | bytes) -> None:
        path = self.path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the only occurrence of `old`."""
        text = self.path(file).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))

    def read(self) -> list[Release]:
        return read_folder(self.root, self.catalogue)

    def release(self, name: str = NAME) -> Release:
        return next(release for release in self.read() if release.name == name)

    def problems(self) -> list[Problem]:
        """Return the problems of the folder; an empty list if it can be read."""
        try:
            self.read()
        except RulebookError as error:
            return error.problems
        return []
