"""The given fields of a coding case, as labelled lines for the screen."""

from collections.abc import Callable, Mapping
from typing import Any

from validator.texts import written_date
from validator.training.case import Case
from validator.web.pages import value_labels
from validator.web.pages.case_labels import CaseLabels
from validator.web.pages.page_gettext import gettext
from validator.web.pages.page_gettext import marked as _

_GROUPS = ("patient", "observations")
_TRUTHS = {True: "yes", False: "no"}


def detail_lines(case: Case, given: Mapping[str, Any], labels: CaseLabels) -> list[tuple[str, str]]:
    """Return (label, value) of each field that the case gives; `given` are those to show, all or those before the answer."""
    lines = [
        (gettext("Date"), written_date(case.date, labels.language)),
        (gettext("Specialty"), labels.specialty(case.specialty)),
        (gettext("Course"), labels.course(case.course)),
    ]
    flat = {**given}
    for group in _GROUPS:
        flat |= flat.pop(group, None) or {}
    flat["referral"] = (flat.pop("referral", None) or {}).get("diagnoses")
    return lines + [
        (gettext(_LINES[name][0]), _LINES[name][1](flat[name], labels)) for name in _LINES if flat.get(name) is not None
    ]


def _join(items: list[str]) -> str:
    return ", ".join(items) or gettext("None")


def _codes(diagnoses: list[Mapping[str, Any]], labels: CaseLabels) -> str:
    return _join([labels.code(item["code"], item.get("system") or "icpc-2") for item in diagnoses])


def _label(choices: Mapping[str, str]) -> Callable[[Any, CaseLabels], str]:
    return lambda value, _: gettext(choices[value])


def _label_all(choices: Mapping[str, str]) -> Callable[[Any, CaseLabels], str]:
    return lambda values, _: _join([gettext(choices[value]) for value in values])


_LINES: dict[str, tuple[str, Callable[[Any, CaseLabels], str]]] = {
    "age": (_("Age"), lambda value, _: str(value)),
    "sex": (_("Sex"), _label(value_labels.SEXES)),
    "contact_number": (_("Contact number in the course"), lambda value, _: str(value)),
    "phase": (_("Phase"), lambda value, _: str(value)),
    "radiating_pain": (_("Pain that radiates"), lambda value, _: gettext(value_labels.YES_NO[_TRUTHS[value]])),
    "joints": (_("Joints affected"), _label_all(value_labels.JOINTS)),
    "referral": (_("Diagnosis on the referral"), _codes),
    "previous_diagnoses": (_("Codes of earlier contacts in the course"), _codes),
    "saved_diagnoses": (_("Codes of this contact as it was last saved"), _codes),
    "services": (_("Services"), _label_all(value_labels.SERVICES)),
}
