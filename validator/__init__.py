"""Kodevagt's library: is a diagnosis code right, why, and which to pick instead.

>>> from validator import Service, read_request, read_settings
>>> service = Service.from_settings(read_settings())
>>> request = {"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": [{"code": "L84"}]}}
>>> verdict = service.judge(read_request(request))
>>> verdict.status
'ok'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from validator.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral
    from validator.judge import Validator
    from validator.request import RequestError, read_request
    from validator.service import Service
    from validator.settings import Settings, read_settings
    from validator.verdict import Finding, Suggestion, Verdict

__all__ = [
    "Diagnosis",
    "Encounter",
    "Finding",
    "Observations",
    "Override",
    "Patient",
    "Referral",
    "RequestError",
    "Service",
    "Settings",
    "Suggestion",
    "Validator",
    "Verdict",
    "read_request",
    "read_settings",
]
_MODULES = {
    "encounter": ("Diagnosis", "Encounter", "Observations", "Override", "Patient", "Referral"),
    "judge": ("Validator",),
    "request": ("RequestError", "read_request"),
    "service": ("Service",),
    "settings": ("Settings", "read_settings"),
    "verdict": ("Finding", "Suggestion", "Verdict"),
}


def __getattr__(name: str) -> Any:
    """Loads what is asked for, when it is: a command need not wait for what it does without."""
    for module, names in _MODULES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"validator.{module}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
