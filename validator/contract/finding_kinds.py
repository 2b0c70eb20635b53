"""The kinds of finding with severity, blocking and audience, as in the HTTP contract."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """The severity of a finding; `rank` 0 is the worst."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Audience(StrEnum):
    """Whom a finding is for: the clinician, the system's vendor, or the record only."""

    CLINICIAN = "clinician"
    VENDOR = "vendor"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A row of the contract's table; a blocking kind blocks only while its finding is an error."""

    severity: Severity
    audience: Audience
    blocking: bool = False


_CLINICIAN, _VENDOR, _RECORD = Audience.CLINICIAN, Audience.VENDOR, Audience.RECORD
_ERROR, _WARNING, _INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION

KINDS: dict[str, FindingKind] = {
    "unknown-code": FindingKind(_ERROR, _CLINICIAN, blocking=True),
    "wrong-system": FindingKind(_ERROR, _CLINICIAN, blocking=True),
    "process-code": FindingKind(_ERROR, _CLINICIAN, blocking=True),
    "retired-code": FindingKind(_ERROR, _CLINICIAN, blocking=True),
    "multiple-main": FindingKind(_ERROR, _CLINICIAN),
    "main-missing": FindingKind(_ERROR, _CLINICIAN),
    "main-not-in-course-set": FindingKind(_ERROR, _CLINICIAN),
    "required-code-only-secondary": FindingKind(_ERROR, _CLINICIAN),
    "symptom-first": FindingKind(_WARNING, _CLINICIAN),
    "new-code-wanted": FindingKind(_WARNING, _CLINICIAN),
    "course-undecided": FindingKind(_INFORMATION, _CLINICIAN),
    "course-specialty-mismatch": FindingKind(_ERROR, _CLINICIAN),
    "unknown-course": FindingKind(_ERROR, _VENDOR),
    "unknown-specialty": FindingKind(_ERROR, _VENDOR),
    "before-rollout": FindingKind(_INFORMATION, _RECORD),
    "via-referral": FindingKind(_INFORMATION, _RECORD),
    "referral-diagnosis-missing": FindingKind(_WARNING, _VENDOR),
    "referral-course-mismatch": FindingKind(_WARNING, _CLINICIAN),
    "phase-missing": FindingKind(_WARNING, _CLINICIAN),
    "phase-invalid": FindingKind(_ERROR, _CLINICIAN),
    "phase-service": FindingKind(_INFORMATION, _RECORD),
    "deleted-code": FindingKind(_WARNING, _CLINICIAN),
    "duplicate-code": FindingKind(_WARNING, _CLINICIAN),
    "inconsistent-pair": FindingKind(_INFORMATION, _CLINICIAN),
    "radiation-contradiction": FindingKind(_WARNING, _CLINICIAN),
    "site-contradiction": FindingKind(_WARNING, _CLINICIAN),
    "sex-conflict": FindingKind(_WARNING, _CLINICIAN),
    "age-implausible": FindingKind(_INFORMATION, _CLINICIAN),
    "residual-code": FindingKind(_INFORMATION, _RECORD),
    "symptom-persisting": FindingKind(_INFORMATION, _CLINICIAN),
    "override-without-reason": FindingKind(_WARNING, _CLINICIAN),
    "override-refused": FindingKind(_WARNING, _VENDOR),
    "unknown-override": FindingKind(_WARNING, _VENDOR),
    "normalised": FindingKind(_INFORMATION, _RECORD),
    "visit-not-coded": FindingKind(_ERROR, _CLINICIAN),
    "measure-missing": FindingKind(_WARNING, _CLINICIAN),
    "frequent-attender-without-plan": FindingKind(_WARNING, _CLINICIAN),
    "registration-missing": FindingKind(_WARNING, _CLINICIAN),
    "unknown-system": FindingKind(_WARNING, _VENDOR),
    "unknown-field": FindingKind(_INFORMATION, _VENDOR),
    "suggestions-omitted": FindingKind(_INFORMATION, _CLINICIAN),
    "findings-omitted": FindingKind(_INFORMATION, _CLINICIAN),
}

# Kinds that the built-in checks and the course table report; they cannot be the kind of a rule.
BUILT_IN_KINDS: frozenset[str] = frozenset(KINDS) - {
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
