"""The contact of the try-out page: between the fields of its form and the request of the contract.

What is wrong with a field is said by whoever reads the request, so that page and contract cannot differ; a place in the request is
told at its field.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from validator.support.personal_data import has_cpr

ROWS = 3  # lines for diagnoses, and always an empty one more
_TEXTS = ("date", "specialty", "course", "phase", "contact_number", "age", "sex", "radiating_pain", "previous", "saved", "referral")
_LISTS = ("joints", "services")
_TRUTHS = {"yes": True, "no": False}
_WHOLE = re.compile(r"-?[0-9]{1,12}")
_CODE_FIELD = re.compile(r"code-([1-9][0-9]{0,2})")
_BETWEEN = re.compile(r"[\s,;]+")
_FIELDS = {
    "/encounter/patient/": "",
    "/encounter/observations/": "",
    "/encounter/previous_diagnoses": "previous",
    "/encounter/saved_diagnoses": "saved",
    "/encounter/referral": "referral",
}


@dataclass
class Contact:
    """What stands in the form: its texts, its ticked boxes and its lines of (code, role)."""

    texts: dict[str, str] = field(default_factory=lambda: dict.fromkeys(_TEXTS, ""))
    ticked: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    diagnoses: list[tuple[str, str]] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)  # fields that held a CPR number, which is kept nowhere

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The lines that the form shows."""
        return [*self.diagnoses, *[("", "")] * max(ROWS - len(self.diagnoses), 1)]


def sent_contact(form: MultiDict[str, str]) -> Contact:
    """What was filled in. A CPR number is left out, and its field named."""
    contact = Contact()

    def clean(name: str, text: str) -> str:
        if not has_cpr(text):
            return text.strip()
        contact.withheld.append(name)
        return ""

    contact.texts = {name: clean(name, form.get(name, "")) for name in _TEXTS}
    contact.ticked = {name: [clean(name, text) for text in form.getlist(name)] for name in _LISTS}
    for number in sorted(int(field_name[1]) for field_name in map(_CODE_FIELD.fullmatch, form) if field_name):
        code, role = (clean(name, form.get(name, "")) for name in (f"code-{number}", f"role-{number}"))
        if code:
            contact.diagnoses.append((code, role))
    return contact


def request_of(contact: Contact) -> dict[str, Any]:
    """The request of `POST /v1/validate`; a field that is empty is not given."""
    texts, joints = contact.texts, contact.ticked["joints"]
    encounter = {
        "date": texts["date"],
        "specialty": texts["specialty"],
        "course": texts["course"] or None,
        "phase": _number(texts["phase"]),
        "contact_number": _number(texts["contact_number"]),
        "patient": _given({"age": _number(texts["age"]), "sex": texts["sex"] or None}),
        "observations": _given(
            {"radiating_pain": _TRUTHS.get(texts["radiating_pain"], texts["radiating_pain"] or None), "joints": joints or None}
        ),
        "diagnoses": [_given({"code": code, "role": role or None}) for code, role in contact.diagnoses],
        "previous_diagnoses": _codes(texts["previous"]),
        "saved_diagnoses": _codes(texts["saved"]),
        "referral": _given({"diagnoses": _codes(texts["referral"])}),
        "services": contact.ticked["services"] or None,
    }
    return {"encounter": {name: value for name, value in encounter.items() if value not in (None, {})}}


def contact_of(request: Mapping[str, Any]) -> Contact:
    """The form that a request would be filled in as."""
    encounter = request["encounter"]
    flat = {**encounter, **encounter.get("patient", {}), **encounter.get("observations", {})}
    contact = Contact()
    for name in _TEXTS:
        value = flat.get(name)
        contact.texts[name] = {True: "yes", False: "no"}[value] if isinstance(value, bool) else _text(value)
    contact.texts["previous"] = _listed(encounter.get("previous_diagnoses"))
    contact.texts["saved"] = _listed(encounter.get("saved_diagnoses"))
    contact.texts["referral"] = _listed(encounter.get("referral", {}).get("diagnoses"))
    contact.ticked = {name: list(flat.get(name) or []) for name in _LISTS}
    contact.diagnoses = [(item["code"], item.get("role") or "") for item in encounter["diagnoses"]]
    return contact


def field_of(path: str) -> str:
    """The field of the form at which a place in the request is told: "/encounter/patient/age" gives "age"."""
    for start, name in _FIELDS.items():
        if path.startswith(start):
            return name or path.removeprefix(start).partition("/")[0]
    name, _, rest = path.removeprefix("/encounter/").partition("/")
    if name != "diagnoses":
        return name
    number, _, member = rest.partition("/")
    return f"{member or 'code'}-{int(number or 0) + 1}"


def _given(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _number(text: str) -> int | str | None:
    """The number that a text is; another text as it is, for the reader of the request to refuse."""
    return int(text) if _WHOLE.fullmatch(text) else text or None


def _codes(text: str) -> list[dict[str, str]] | None:
    return [{"code": code} for code in _BETWEEN.split(text) if code] or None


def _listed(diagnoses: Iterable[Mapping[str, str]] | None) -> str:
    return ", ".join(item["code"] for item in diagnoses or ())


def _text(value: object) -> str:
    return "" if value is None else str(value)
