"""Kodevagt's library: is a diagnosis code right, why, and which to pick instead.

>>> from validator import Service, read_request, read_settings
>>> service = Service.from_settings(read_settings())
>>> request = {"encounter": {"date": "2025-10-14", "specialty": "51", "diagnoses": [{"code": "L84"}]}}
>>> verdict = service.judge(read_request(request))
>>> verdict.status
'ok'
"""

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
