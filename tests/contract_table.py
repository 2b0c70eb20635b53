"""The contract's table of finding kinds: severity, blocking and audience of each."""

TABLE = """
unknown-code error yes clinician
wrong-system error yes clinician
process-code error yes clinician
retired-code error yes clinician
multiple-main error no clinician
main-missing error no clinician
main-not-in-course-set error no clinician
required-code-only-secondary error no clinician
symptom-first warning no clinician
new-code-wanted warning no clinician
course-undecided information no clinician
course-specialty-mismatch error no clinician
unknown-course error no vendor
unknown-specialty error no vendor
before-rollout information no record
via-referral information no record
referral-diagnosis-missing warning no vendor
referral-course-mismatch warning no clinician
phase-missing warning no clinician
phase-invalid error no clinician
phase-service information no record
deleted-code warning no clinician
duplicate-code warning no clinician
inconsistent-pair information no clinician
radiation-contradiction warning no clinician
site-contradiction warning no clinician
sex-conflict warning no clinician
age-implausible information no clinician
residual-code information no record
symptom-persisting information no clinician
override-without-reason warning no clinician
override-refused warning no vendor
unknown-override warning no vendor
normalised information no record
visit-not-coded error no clinician
measure-missing warning no clinician
frequent-attender-without-plan warning no clinician
registration-missing warning no clinician
unknown-system warning no vendor
unknown-field information no vendor
suggestions-omitted information no clinician
findings-omitted information no clinician
"""

# kind -> (severity, blocking, audience)
CONTRACT: dict[str, tuple[str, bool, str]] = {
    kind: (severity, blocking == "yes", audience)
    for kind, severity, blocking, audience in (line.split() for line in TABLE.strip().splitlines())
}
LIMITS = frozenset({"suggestions-omitted", "findings-omitted"})  # of contacts beyond what a published release can find
SWEDISH = frozenset({"visit-not-coded", "measure-missing", "frequent-attender-without-plan", "registration-missing"})
