"""The template of a new case file.

Values to fill in are empty, so that a check reports them.
"""

import datetime
import re

from validator.training.bank_reader import SCORING_FILE
from validator.training.case_file_keys import KEYS, CaseKey

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")

_VALUES: dict[str, str] = {
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
_COMMENT = "# "


def is_case_name(name: str) -> bool:
    """Return whether a name can be that of a case.

    Such a name has only lower-case letters, digits and hyphens, and is not that of the scoring file.
    """
    return _NAME.fullmatch(name) is not None and f"{name}.yaml" != SCORING_FILE


def render_case_template(name: str, today: datetime.date) -> str:
    """Return the text of a new case file."""
    return "\n".join([_HEAD, *(_part(key, name, today) for key in KEYS["case"])])


def _part(key: CaseKey, name: str, today: datetime.date) -> str:
    """Return a key with a comment about its meaning."""
    value = _VALUES[key.name].format(name=name, today=today)
    text = f"{key.name}:{value}" if value.startswith("\n") else f"{key.name}: {value}"
    if not key.required:
        text = "\n".join(f"{_COMMENT}{line}" for line in text.splitlines())
    return f"## {key.meaning} ({key.holds})\n{text}\n"
