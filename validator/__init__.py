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
    from validator.contract.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral
    from validator.contract.verdict import Finding, Suggestion, Verdict
    from validator.judging.validator import Validator
    from validator.requests.errors import RequestError
    from validator.requests.request import read_request
    from validator.serving.service import Service
    from validator.settings import Settings, read_settings

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
    "contract.encounter": ("Diagnosis", "Encounter", "Observations", "Override", "Patient", "Referral"),
    "judging.validator": ("Validator",),
    "requests.errors": ("RequestError",),
    "requests.request": ("read_request",),
    "serving.service": ("Service",),
    "settings": ("Settings", "read_settings"),
    "contract.verdict": ("Finding", "Suggestion", "Verdict"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used.

    A command does not wait for imports that it does not need.
    """
    for module, names in _MODULES.items():
        if name in names:
            value = globals()[name] = getattr(import_module(f"validator.{module}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
