"""The form of a contact: conversion to and from the request of `POST /v1/validate`.

The form validates nothing itself, so that page and API cannot differ; a fault in the request is shown at its field.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from validator.support.personal_data import has_cpr

ROWS = 3  # the least number of lines for diagnoses; at least one is empty
_TEXTS = ("date", "specialty", "course", "phase", "contact_number", "age", "sex", "radiating_pain", "previous", "saved", "referral")
_LISTS = ("joints", "services")
_TRUTHS = {"yes": True, "no": False}
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_DIAGNOSIS_FIELD = re.compile(r"(?:code|role)-([1-9][0-9]{0,2})")
_BETWEEN = re.compile(r"[\s,;]+")
_FIELDS = {
    "/encounter/patient/": "",
    "/encounter/observations/": "",
    "/encounter/previous_diagnoses": "previous",
    "/encounter/saved_diagnoses": "saved",
    "/encounter/referral": "referral",
}


@dataclass
class ContactForm:
    """The content of the form: texts, ticked boxes, and lines of (code, role)."""

    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_TEXTS, ""))
    ticked: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    diagnoses: list[tuple[str, str]] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)  # fields with a CPR number, which is dropped

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the lines that the form shows."""
        return [*self.diagnoses, *[("", "")] * max(ROWS - len(self.diagnoses), 1)]


def parse_form(form: MultiDict[str, str]) -> ContactForm:
    """Read a submitted form. A CPR number is dropped and its field listed in `withheld`."""
    contact = ContactForm()

    def clean(name: str, text: str) -> str:
        if not has_cpr(text):
            return text.strip()
        contact.withheld.append(name)
        return ""

    contact.texts = {name: clean(name, form.get(name, "")) for name in _TEXTS}
    contact.ticked = {name: [clean(name, text) for text in form.getlist(name)] for name in _LISTS}
    for number in sorted({int(match[1]) for match in map(_DIAGNOSIS_FIELD.fullmatch, form) if match}):
        code, role = (clean(name, form.get(name, "")) for name in (f"code-{number}", f"role-{number}"))
        if code:
            contact.diagnoses.append((code, role))
    return contact


def request_from_form(contact: ContactForm) -> dict[str, Any]:
    """Return the request of `POST /v1/validate`; empty fields are left out."""
    texts, joints = contact.texts, contact.ticked["joints"]
    encounter = {
        "date": texts["date"],
        "specialty": texts["specialty"],
        "course": texts["course"] or None,
        "phase": _number(texts["phase"]),
        "contact_number": _number(texts["contact_number"]),
        "patient": _without_none({"age": _number(texts["age"]), "sex": texts["sex"] or None}),
        "observations": _without_none(
            {"radiating_pain": _TRUTHS.get(texts["radiating_pain"], texts["radiating_pain"] or None), "joints": joints or None}
        ),
        "diagnoses": [_without_none({"code": code, "role": role or None}) for code, role in contact.diagnoses],
        "previous_diagnoses": _codes(texts["previous"]),
        "saved_diagnoses": _codes(texts["saved"]),
        "referral": _without_none({"diagnoses": _codes(texts["referral"])}),
        "services": contact.ticked["services"] or None,
    }
    return {"encounter": {name: value for name, value in encounter.items() if value not in (None, {})}}


def form_from_request(request: Mapping[str, Any]) -> ContactForm:
    """Return the form that would send a request."""
    encounter = request["encounter"]
    flat = {**encounter, **(encounter.get("patient") or {}), **(encounter.get("observations") or {})}
    contact = ContactForm()
    for name in _TEXTS:
        value = flat.get(name)
        contact.texts[name] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else _text(value)
    contact.texts["previous"] = _join_codes(encounter.get("previous_diagnoses"))
    contact.texts["saved"] = _join_codes(encounter.get("saved_diagnoses"))
    contact.texts["referral"] = _join_codes((encounter.get("referral") or {}).get("diagnoses"))
    contact.ticked = {name: list(flat.get(name) or []) for name in _LISTS}
    contact.diagnoses = [(item["code"], item.get("role") or "") for item in encounter["diagnoses"]]
    return contact


def field_name(path: str) -> str:
    """Return the field for a JSON Pointer into the request.

    "/encounter/patient/age" gives "age".
    """
    for start, name in _FIELDS.items():
        if path.startswith(start):
            return name or path.removeprefix(start).partition("/")[0]
    name, _, rest = path.removeprefix("/encounter/").partition("/")
    if name != "diagnoses":
        return name
    number, _, member = rest.partition("/")
    return f"{member or 'code'}-{int(number or 0) + 1}"


def _without_none(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _number(text: str) -> int | str | None:
    """Return a text as a number where it is one.

    Other texts are returned unchanged, so that reading the request reports them; an empty text gives None.
    """
    return int(text) if _WHOLE.fullmatch(text) else text or None


def _codes(text: str) -> list[dict[str, str]] | None:
    return [{"code": code} for code in _BETWEEN.split(text) if code] or None


def _join_codes(diagnoses: Iterable[Mapping[str, str]] | None) -> str:
    return ", ".join(item["code"] for item in diagnoses or ())


def _text(value: object) -> str:
    return "" if value is None else str(value)
