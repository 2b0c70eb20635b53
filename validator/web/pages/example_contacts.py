"""Example contacts of the try-out page.

All but the last have a fault that Kodevagt finds. None is of a real patient.
"""

from typing import Any

from validator.web.pages.page_gettext import marked as _

_DAY = "2025-11-04"


def _contact(code: str | None, specialty: str = "51", **more: Any) -> dict[str, Any]:
    diagnoses = [{"code": code, "role": "main"}] if code else []
    return {"encounter": {"date": _DAY, "specialty": specialty, "diagnoses": diagnoses, **more}}


EXAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "knee": (
        _("Knee osteoarthritis coded as a shoulder"),
        _contact("L92", course="artrose-knae", patient={"age": 67, "sex": "female"}, observations={"joints": ["knee"]}),
    ),
    "radiating": (
        _("Back pain that radiates"),
        _contact("L84", patient={"age": 48, "sex": "male"}, observations={"radiating_pain": True, "joints": ["back"]}),
    ),
    "icd-10": (_("A hospital code in the field"), _contact("M17.1", course="artrose-knae", patient={"age": 71, "sex": "male"})),
    "undecided": (
        _("A course whose code is not settled"),
        _contact("L84", course="laenderyg", patient={"age": 39, "sex": "female"}),
    ),
    "parkinson": (
        _("Parkinson’s disease without a phase"),
        _contact(None, "62", course="parkinson", patient={"age": 74}, referral={"diagnoses": [{"code": "DG20"}]}),
    ),
    "right": (
        _("A contact that is coded right"),
        _contact("L86", course="lumbal-nerverod", patient={"age": 44, "sex": "female"}, observations={"radiating_pain": True}),
    ),
}
