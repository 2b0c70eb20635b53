"""The keys of a rule file, in one table: what each is called, what it holds, whether it must be there, and its meaning.

The readers take their keys from here, and the JSON Schema and the reference pages are made from it, so that none of them
can know a key that the others do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleFileKey:
    """A key: `holds` names its form (see `validator/workshop/forms.py`), `meaning` says in Danish and English what it is for."""

    name: str
    holds: str
    meaning: Mapping[str, str]
    required: bool = False


def _must(name: str, holds: str, da: str, en: str) -> RuleFileKey:
    return RuleFileKey(name, holds, {"da": da, "en": en}, required=True)


def _may(name: str, holds: str, da: str, en: str) -> RuleFileKey:
    return RuleFileKey(name, holds, {"da": da, "en": en})


_FROM = _must("from", "date", "den første dag, det gælder (ÅÅÅÅ-MM-DD)", "the first day it holds (YYYY-MM-DD)")
_TO = _may(
    "to",
    "date",
    "den sidste dag, det gælder; uden den gælder det indtil videre",
    "the last day it holds; without it, until further notice",
)
_SOURCE = _must("source", "source-name", "kilden, ved sit navn i pack.yaml", "the source, by its name in pack.yaml")
_SPECIALTY = ("specialty", "specialty")

KEYS: dict[str, tuple[RuleFileKey, ...]] = {
    "pack": (
        _must("pack", "pack-name", "pakkens navn, det samme som mappens", "the name of the pack, the same as its folder's"),
        _must("release", "name", "udgavens navn, det samme som mappens", "the name of the release, the same as its folder's"),
        _must(
            "status",
            "release-status",
            "current er den gældende, published en anden udgivet, draft en kladde",
            "current is the one in force, published another published one, draft a draft",
        ),
        _may(
            "extends",
            "name",
            "udgaven, som denne bygger på; kun det ændrede skrives",
            "the release this one builds on; only what changes is written",
        ),
        _may("languages", "languages", "tekstens sprog, pakkens eget først", "the languages of the texts, the pack's own first"),
        _may("owner", "texts", "hvem reglerne tilhører", "who owns the rules"),
        _may("start", "date", "den første dag, som udgaven udtaler sig om", "the first day the release speaks of"),
        _may("sources", "sources", "kilderne, hver med titel, dato og status", "the sources, each with title, date and status"),
        _may("specialties", "specialties", "specialerne, hver med sit navn", "the specialties, each with its name"),
    ),
    "source": (
        _must("title", "text", "kildens titel, som den vises for klinikeren", "the title of the source as the clinician sees it"),
        _must("date", "date-or-null", "kildens dato, eller null", "the date of the source, or null"),
        _must(
            "status",
            "decision-status",
            "decided er afgjort, undecided under afklaring, unconfirmed ubekræftet",
            "whether it is decided, undecided or unconfirmed",
        ),
        _may("url", "address-or-null", "kildens adresse, eller null", "the address of the source, or null"),
    ),
    "file": (
        _may("courses", "courses", "de strukturerede forløb, hvert under sit navn", "the structured courses, each under its name"),
        _may("rules", "rules", "reglerne, den ene efter den anden", "the rules, one after the other"),
    ),
    "course": (
        _must("title", "texts", "forløbets navn på hvert sprog", "the name of the course in each language"),
        _must(*_SPECIALTY, "forløbets speciale, eller en liste af dem", "the specialty of the course, or a list of them"),
        _may(
            "main_diagnosis",
            "main-diagnoses",
            "hoveddiagnosen, som forløbet skal kodes med",
            "the main diagnosis that the course must be coded with",
        ),
        _may(
            "referral",
            "referrals",
            "diagnoserne, som henvisningen til forløbet bærer",
            "the diagnoses that a referral to the course carries",
        ),
        _may("phases", "phases", "forløbets faser", "the phases of the course"),
        _may(
            "services",
            "services-entries",
            "de primære ydelser i hver fase; vejledende",
            "the primary services of each phase; advisory",
        ),
    ),
    "main_diagnosis": (
        _FROM,
        _must("codes", "codes", "koderne; en af dem skal være hoveddiagnose", "the codes; one of them must be the main diagnosis"),
        _must(
            "status",
            "decision-status",
            "decided er afgjort, undecided under afklaring, unconfirmed ubekræftet",
            "whether it is decided, undecided or unconfirmed",
        ),
        _SOURCE,
        _TO,
        _may(
            "note",
            "texts",
            "det, klinikeren får at vide, mens koden er under afklaring",
            "what the clinician is told while the code is undecided",
        ),
        _may(
            "several",
            "flag",
            "true, når flere af koderne må være hoveddiagnose sammen",
            "true where several of the codes may be main diagnoses together",
        ),
        _may("start_codes", "codes", "symptomkoder, som godtages i begyndelsen", "symptom codes that are accepted for a start"),
    ),
    "referral": (
        _FROM,
        _must("sks", "sks-codes", "SKS-koder eller deres begyndelse, fx DG35", "SKS codes or how they begin, such as DG35"),
        _must("icpc", "codes", "ICPC-2-koderne for det samme", "the ICPC-2 codes for the same"),
        _SOURCE,
        _TO,
    ),
    "phases": (
        _FROM,
        _must("range", "range", "den første og den sidste fase, fx [1, 5]", "the first and the last phase, such as [1, 5]"),
        _SOURCE,
        _TO,
    ),
    "services": (
        _FROM,
        _must("by_phase", "services-by-phase", "ydelserne under hver fases nummer", "the services under the number of each phase"),
        _SOURCE,
        _TO,
    ),
    "rule": (
        _must(
            "id",
            "name",
            "reglens navn; små bogstaver, tal, punktum og bindestreg",
            "the name of the rule; lower case, digits, point and hyphen",
        ),
        _must("kind", "kind", "fundtypen; den bestemmer alvoren", "the kind of finding; it decides the severity"),
        _must("severity", "severity", "alvoren, som kontrakten giver fundtypen", "the severity that the contract gives the kind"),
        _must("when", "condition", "betingelsen; alt i den skal være opfyldt", "the condition; everything in it must hold"),
        _must(
            "message", "message", "beskeden på hvert sprog, højst 200 tegn", "the message in each language, at most 200 characters"
        ),
        _must("explanation", "texts", "forklaringen: hvorfor, og hvad der så gøres", "the explanation: why, and what to do then"),
        _SOURCE,
        _must(
            "examples",
            "examples",
            "kontakter, som reglen finder, og kontakter, som den lader passere",
            "contacts that the rule finds, and contacts that it passes",
        ),
        _may(
            "each",
            "each",
            "diagnosis: reglen spørges én gang for hver diagnose",
            "diagnosis: the rule is asked once for each diagnosis",
        ),
        _may(
            "at",
            "encounter-field",
            "feltet, som fundet peger på, når reglen ikke spørges for hver diagnose",
            "the field that the finding points at where the rule is not asked for each diagnosis",
        ),
        _may(
            "unless",
            "exceptions",
            "undtagelsen: course-names-code er de koder, som forløbet selv nævner",
            "the exception: course-names-code is the codes that the course itself names",
        ),
        _may("suggest", "suggestions", "det, der foreslås i stedet", "what is suggested instead"),
        _may(
            *_SPECIALTY,
            "specialet, eller en liste af dem; uden gælder reglen alle",
            "the specialty, or a list of them; without it the rule holds for all",
        ),
        _may("from", "date", "den første dag, reglen gælder", "the first day the rule holds"),
        _may("to", "date", "den sidste dag, reglen gælder", "the last day the rule holds"),
    ),
    "suggestion": (
        _must(
            "action",
            "action",
            "det, der skal gøres: replace, add, make-main, remove eller restore",
            "what to do: replace, add, make-main, remove or restore",
        ),
        _may("code", "code", "koden, der foreslås", "the code that is suggested"),
        _may(
            "table",
            "table",
            "tabellen, koden slås op i: sex-pairs er det andet køns kode, course-set forløbets koder",
            "the table that has the code: sex-pairs is the other sex's code, course-set the codes of the course",
        ),
    ),
    "example": (
        _may("finds", "encounter", "en kontakt, som reglen skal finde", "a contact that the rule must find"),
        _may("passes", "encounter", "en kontakt, som reglen skal lade passere", "a contact that the rule must pass"),
    ),
}


def keys_of(shape: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that must be there, and those that may be."""
    keys = KEYS[shape]
    return tuple(key.name for key in keys if key.required), tuple(key.name for key in keys if not key.required)
