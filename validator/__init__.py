"""Kodevagt's library: is a diagnosis code right, why, and which to pick instead.

>>> from validator import Service, read_settings
>>> service = Service.from_settings(read_settings())
>>> verdict = service.judge({"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": [{"code": "L84"}]}})
>>> verdict.status
'ok'
"""

from validator.encounter import Diagnosis, Encounter, Observations, Override, Patient, Referral
from validator.judge import Validator
from validator.request import RequestError
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
    "read_settings",
]
