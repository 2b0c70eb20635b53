"""A new case file to fill in: every key with what it is for, and what is to be written empty, so that a check tells of it."""

import datetime
import re

from validator.training.bank_reader import SCORING_FILE
from validator.training.case_file_keys import KEYS, CaseKey

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")

# What stands behind each key. What is left empty is told by the check until it is filled in.
_LINES: dict[str, str] = {
    "id": "{name}",
    "version": "1",
    "title": '{{da: ""}}',
    "specialty": '"51"',
    "course": "artrose-knae",
    "level": "basic",
    "date": "{today}",
    "vignette": "\n  da: >-",
    "question": '\n  da: ""',
    "given": "\n  patient: {{age: 67, sex: female}}\n  observations: {{joints: [knee]}}\n  contact_number: 1",
    "key": '[{{code: "", role: main}}]',
    "phase": "2",
    "equally_right": '\n  - [{{code: "", role: main}}]',
    "alternatives": '\n  - code: ""\n    reason:\n      da: ""',
    "near_misses": '\n  - code: ""\n    reason:\n      da: ""',
    "rationale": '\n  da: ""',
    "rules": '[""]',
    "why_it_matters": '\n  da: ""',
    "author": '""',
    "reviewed": "{today}",
    "status": "not-approved",
    "release": "ekm-2025-06",
}
_HEAD = """\
## En ny case. Skriv mellem anførselstegnene, ret eksemplerne, og slet det, der ikke skal bruges. Kør så kodevagt cases check.
## Det, der står efter et enkelt #, kan undværes; fjern tegnet og mellemrummet foran linjen for at bruge den.
## En lang tekst skrives efter "da: >-" på de næste linjer, rykket ind; engelsk kan stå ved siden af, under en:.
## Skriv aldrig noget, der kan føres tilbage til en rigtig patient.
"""
_OPTIONAL = "# "


def is_case_name(name: str) -> bool:
    """Whether a case may be called so: small letters, digits and hyphens, and not the file of the scoring."""
    return _NAME.fullmatch(name) is not None and f"{name}.yaml" != SCORING_FILE


def render_case_template(name: str, today: datetime.date) -> str:
    """The text of a case file by this name, to be filled in."""
    return "\n".join([_HEAD, *(_part(key, name, today) for key in KEYS["case"])])


def _part(key: CaseKey, name: str, today: datetime.date) -> str:
    """A key with the comment that says what it is for."""
    written = _LINES[key.name].format(name=name, today=today)
    text = f"{key.name}:{written if written.startswith(chr(10)) else f' {written}'}"
    if not key.required:
        text = "\n".join(f"{_OPTIONAL}{line}" for line in text.splitlines())
    return f"## {key.meaning} ({key.holds})\n{text}\n"
