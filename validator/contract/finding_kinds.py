"""The kinds of finding, with the severity, blocking and audience that the HTTP contract fixes for each."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; `rank` 0 is the worst."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Audience(StrEnum):
    """Whom a finding is for: shown to the clinician, mended by the calling system, or kept for data only."""

    CLINICIAN = "clinician"
    VENDOR = "vendor"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the contract's table; a blocking kind blocks only where its finding is an error."""

    severity: Severity
    audience: Audience
    blocking: bool = False


_CLINICIAN, _VENDOR, _RECORD = Audience.CLINICIAN, Audience.VENDOR, Audience.RECORD
_ERROR, _WARNING, _INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

KINDS: dict[str, Kind] = {
    "unknown-code": Kind(_ERROR, _CLINICIAN, blocking=True),
    "wrong-system": Kind(_ERROR, _CLINICIAN, blocking=True),
    "process-code": Kind(_ERROR, _CLINICIAN, blocking=True),
    "retired-code": Kind(_ERROR, _CLINICIAN, blocking=True),
    "multiple-main": Kind(_ERROR, _CLINICIAN),
    "main-missing": Kind(_ERROR, _CLINICIAN),
    "main-not-in-course-set": Kind(_ERROR, _CLINICIAN),
    "required-code-only-secondary": Kind(_ERROR, _CLINICIAN),
    "symptom-first": Kind(_WARNING, _CLINICIAN),
    "course-undecided": Kind(_INFORMATION, _CLINICIAN),
    "course-specialty-mismatch": Kind(_ERROR, _CLINICIAN),
    "unknown-course": Kind(_ERROR, _VENDOR),
    "unknown-specialty": Kind(_ERROR, _VENDOR),
    "before-rollout": Kind(_INFORMATION, _RECORD),
    "via-referral": Kind(_INFORMATION, _RECORD),
    "referral-diagnosis-missing": Kind(_WARNING, _VENDOR),
    "referral-course-mismatch": Kind(_WARNING, _CLINICIAN),
    "phase-missing": Kind(_WARNING, _CLINICIAN),
    "phase-invalid": Kind(_ERROR, _CLINICIAN),
    "phase-service": Kind(_INFORMATION, _RECORD),
    "deleted-code": Kind(_WARNING, _CLINICIAN),
    "duplicate-code": Kind(_WARNING, _CLINICIAN),
    "inconsistent-pair": Kind(_INFORMATION, _CLINICIAN),
    "radiation-contradiction": Kind(_WARNING, _CLINICIAN),
    "site-contradiction": Kind(_WARNING, _CLINICIAN),
    "sex-conflict": Kind(_WARNING, _CLINICIAN),
    "age-implausible": Kind(_INFORMATION, _CLINICIAN),
    "residual-code": Kind(_INFORMATION, _RECORD),
    "symptom-persisting": Kind(_INFORMATION, _CLINICIAN),
    "override-without-reason": Kind(_WARNING, _CLINICIAN),
    "override-refused": Kind(_WARNING, _VENDOR),
    "unknown-override": Kind(_WARNING, _VENDOR),
    "normalised": Kind(_INFORMATION, _RECORD),
    "visit-not-coded": Kind(_ERROR, _CLINICIAN),
    "measure-missing": Kind(_WARNING, _CLINICIAN),
    "frequent-attender-without-plan": Kind(_WARNING, _CLINICIAN),
    "registration-missing": Kind(_WARNING, _CLINICIAN),
    "unknown-field": Kind(_INFORMATION, _VENDOR),
}

# The kinds that the built-in checks and the course table find; no one writes them as rules.
BUILT_IN: frozenset[str] = frozenset(KINDS) - {
    "inconsistent-pair",
    "radiation-contradiction",
    "site-contradiction",
    "sex-conflict",
    "age-implausible",
    "residual-code",
    "symptom-persisting",
    "visit-not-coded",
    "measure-missing",
    "frequent-attender-without-plan",
    "registration-missing",
}
