"""The vocabulary of the specification: its Danish names of findings, dates and other closed values."""

import datetime
import re

FINDINGS: dict[str, str] = {
    "koden ikke findes": "unknown-code",
    "koden hører til et andet kodesystem": "wrong-system",
    "koden er en proceskode": "process-code",
    "koden ikke gælder på kontaktens dato": "retired-code",
    "der er mere end én hoveddiagnose": "multiple-main",
    "hoveddiagnosen mangler": "main-missing",
    "hoveddiagnosen ikke hører til forløbet": "main-not-in-course-set",
    "forløbets kode kun står som bidiagnose": "required-code-only-secondary",
    "forløbet er begyndt med en symptomkode": "symptom-first",
    "forløbets nye kode ønskes": "new-code-wanted",
    "forløbets kode er under afklaring": "course-undecided",
    "forløbet hører til et andet speciale": "course-specialty-mismatch",
    "forløbet ikke kendes": "unknown-course",
    "specialet ikke kendes": "unknown-specialty",
    "kontakten ligger før forløbets start": "before-rollout",
    "diagnosen opsamles fra henvisningen": "via-referral",
    "henvisningen mangler en diagnose": "referral-diagnosis-missing",
    "henvisningens diagnose hører til et andet forløb": "referral-course-mismatch",
    "fasen mangler": "phase-missing",
    "fasen ikke findes": "phase-invalid",
    "ydelsen ikke er blandt fasens primære": "phase-service",
    "en gemt kode er slettet": "deleted-code",
    "koden er gentaget": "duplicate-code",
    "to koder sjældent bruges sammen": "inconsistent-pair",
    "koden ikke passer til udstrålingen": "radiation-contradiction",
    "koden ikke passer til det berørte led": "site-contradiction",
    "koden ikke passer til patientens køn": "sex-conflict",
    "alderen er usædvanlig": "age-implausible",
    "hoveddiagnosen er en restkode": "residual-code",
    "symptomkoden har stået længe": "symptom-persisting",
    "fravigelsen mangler en begrundelse": "override-without-reason",
    "fravigelsen ikke er mulig": "override-refused",
    "fravigelsen ikke svarer til nogen bemærkning": "unknown-override",
    "kodens skrivemåde er rettet": "normalised",
    "kodesystemet ikke kendes": "unknown-system",
    "systemet har sendt et ukendt felt": "unknown-field",
    "besøget mangler en hoveddiagnose": "visit-not-coded",
    "der mangler en KVÅ-kode": "measure-missing",
    "en patient med mange besøg er uden plan": "frequent-attender-without-plan",
    "patienten mangler i Artrosregistret": "registration-missing",
}

SEVERITIES = {"fejl": "error", "advarsel": "warning", "oplysning": "information", "i orden": "ok"}
STATUSES = {"besluttet": "decided", "under afklaring": "undecided", "ubekræftet": "unconfirmed"}
AUDIENCES = {"vises for klinikeren": "clinician", "er til systemleverandøren": "vendor", "gemmes kun som data": "record"}
ROLES = {"hoveddiagnose": "main", "bidiagnose": "secondary", "diagnose": None}
SYSTEMS = {"ICPC-2": "icpc-2", "ICD-10": "icd-10", "SKS": "sks", "SNOMED": "http://snomed.info/sct"}
SEXES = {"kvinde": "female", "mand": "male", "andet": "other", "ukendt": "unknown"}
LANGUAGES = {"dansk": "da", "engelsk": "en", "svensk": "sv", "tysk": "de"}
ACTIONS = {"skifte til": "replace", "tilføje": "add", "fjerne": "remove", "gendanne": "restore"}
JOINTS = {
    "hofte": "hip",
    "knæ": "knee",
    "skulder": "shoulder",
    "albue": "elbow",
    "hånd": "hand",
    "ankel": "ankle",
    "nakke": "neck",
    "ryg": "back",
}
SERVICES = {
    "individuel konsultation": "individual",
    "holdkonsultation": "group-training",
    "superviseret selvtræning": "supervised-self-training",
    "selvtræning": "self-training",
    "digital opfølgning": "digital-follow-up",
    "videokonsultation": "video",
    "tværsektorielt samarbejde": "cross-sector",
    "undersøgelse": "examination",
    "hjemmebesøg": "home-visit",
}
_MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"]

DATE = r"\d{1,2}\. \w+ \d{4}"

# The sentences that say that a finding is there, or is not; Danish turns them round after "Så".
ONLY = "(?:er den eneste bemærkning|den eneste bemærkning er), at (?P<phrase>.+)"
AMONG_OTHERS = "(?:er en af bemærkningerne|en af bemærkningerne er), at (?P<phrase>.+)"
IN_ORDER = "er bemærkningerne, de alvorligste først:"
# What one of two releases says of a contact: nothing, or the only finding.
SAID = "(?:intet|at (?P<phrase>.+))"
SILENT = "(?:giver kontakten ikke|kontakten giver ikke) bemærkningen om, at (?P<phrase>.+)"


def coded(text: str) -> list[dict[str, str]]:
    """Return the diagnoses of an answer, such as "L90 som hoveddiagnose og L89 som bidiagnose" or "ingen koder"."""
    if text == "ingen koder":
        return []
    pairs = (one.split(" som ") for one in text.split(" og "))
    return [{"code": code, "role": str(ROLES[role])} for code, role in pairs]


def kind(phrase: str) -> str:
    """Return the kind of finding that a phrase means."""
    assert phrase in FINDINGS, f"no finding is called “{phrase}”"
    return FINDINGS[phrase]


def date(text: str) -> str:
    """Return the ISO 8601 date of a text such as "1. april 2025"."""
    day, month, year = text.split()
    return datetime.date(int(year), _MONTHS.index(month) + 1, int(day.rstrip("."))).isoformat()


def words(text: str) -> list[str]:
    """Return the members of a list such as "L84, L86 eller L03"; quotation marks keep blanks."""
    return [word.strip('"') for word in re.split(r", | og | eller ", text)]


def quoted(text: str) -> list[str]:
    """Return the quoted titles in a text."""
    return re.findall('"([^"]+)"', text)
