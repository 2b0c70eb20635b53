"""What is given with a coding case, line by line, as a clinician would read it on the screen."""

from collections.abc import Callable, Mapping
from typing import Any

from validator.texts import written_date
from validator.training.case import Case
from validator.web.pages import value_labels
from validator.web.pages.case_labels import CaseWords
from validator.web.pages.page_gettext import gettext
from validator.web.pages.page_gettext import marked as _

_GROUPS = ("patient", "observations")
_TRUTHS = {True: "yes", False: "no"}


def given_lines(case: Case, words: CaseWords) -> list[tuple[str, str]]:
    """Pairs of what it is and what it is here. What is not given is not told."""
    told = [
        (gettext("Date"), written_date(case.date, words.language)),
        (gettext("Specialty"), words.specialty(case.specialty)),
        (gettext("Course"), words.course(case.course)),
    ]
    flat = {**case.given}
    for group in _GROUPS:
        flat |= flat.pop(group, None) or {}
    flat["referral"] = (flat.pop("referral", None) or {}).get("diagnoses")
    return told + [(gettext(_LINES[name][0]), _LINES[name][1](flat[name], words)) for name in _LINES if flat.get(name) is not None]


def _listed(items: list[str]) -> str:
    return ", ".join(items) or gettext("None")


def _codes(diagnoses: list[Mapping[str, Any]], words: CaseWords) -> str:
    return _listed([words.code(item["code"], item.get("system") or "icpc-2") for item in diagnoses])


def _named(choices: Mapping[str, str]) -> Callable[[Any, CaseWords], str]:
    return lambda value, _: gettext(choices[value])


def _all_named(choices: Mapping[str, str]) -> Callable[[Any, CaseWords], str]:
    return lambda values, _: _listed([gettext(choices[value]) for value in values])


_LINES: dict[str, tuple[str, Callable[[Any, CaseWords], str]]] = {
    "age": (_("Age"), lambda value, _: str(value)),
    "sex": (_("Sex"), _named(value_labels.SEXES)),
    "contact_number": (_("Contact number in the course"), lambda value, _: str(value)),
    "phase": (_("Phase"), lambda value, _: str(value)),
    "radiating_pain": (_("Pain that radiates"), lambda value, _: gettext(value_labels.YES_NO[_TRUTHS[value]])),
    "joints": (_("Joints affected"), _all_named(value_labels.JOINTS)),
    "referral": (_("Diagnosis on the referral"), _codes),
    "previous_diagnoses": (_("Codes of earlier contacts in the course"), _codes),
    "saved_diagnoses": (_("Codes of this contact as it was last saved"), _codes),
    "services": (_("Services"), _all_named(value_labels.SERVICES)),
}
