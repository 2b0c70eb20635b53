"""The keys of rule files: name, form of the value, whether it is required, and meaning.

The readers, the JSON Schema and the reference pages all take the keys from this table, so that they cannot differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleFileKey:
    """A key of a rule file.

    `form` names the schema of its value; `meaning` describes it in Danish and English.
    """

    name: str
    form: str
    meaning: Mapping[str, str]
    required: bool = False


def _required(name: str, form: str, da: str, en: str) -> RuleFileKey:
    return RuleFileKey(name, form, {"da": da, "en": en}, required=True)


def _optional(name: str, form: str, da: str, en: str) -> RuleFileKey:
    return RuleFileKey(name, form, {"da": da, "en": en})


_FROM = _required("from", "date", "den første dag, det gælder (ÅÅÅÅ-MM-DD)", "the first day on which it applies (YYYY-MM-DD)")
_TO = _optional(
    "to",
    "date",
    "den sidste dag, det gælder; uden den gælder det indtil videre",
    "the last day on which it applies; without it, until further notice",
)
_SOURCE = _required("source", "source-name", "kilden, ved sit navn i pack.yaml", "the source, by its name in pack.yaml")
_SPECIALTY = ("specialty", "specialty")

KEYS: dict[str, tuple[RuleFileKey, ...]] = {
    "pack": (
        _required("pack", "pack-name", "pakkens navn, det samme som mappens", "the name of the pack, the same as its folder's"),
        _required("release", "name", "udgavens navn, det samme som mappens", "the name of the release, the same as its folder's"),
        _required(
            "status",
            "release-status",
            "current er den gældende udgave, published en anden udgivet, draft en kladde",
            "current is the current release, published another published one, draft a draft",
        ),
        _optional(
            "extends",
            "name",
            "udgaven, som denne bygger på; kun det ændrede skrives",
            "the release that this one extends; the files contain only the changes",
        ),
        _optional(
            "languages",
            "languages",
            "tekstens sprog, pakkens eget først",
            "the languages of the texts, the pack's main language first",
        ),
        _optional("owner", "titles", "hvem der ejer reglerne", "the owner of the rules"),
        _optional("start", "date", "den første dag, som udgaven dækker", "the first day that the release covers"),
        _optional(
            "sources", "sources", "kilderne, hver med titel, dato og status", "the sources, each with title, date and status"
        ),
        _optional("specialties", "specialties", "specialerne, hver med sit navn", "the specialties, each with its name"),
        _optional(
            "accept",
            "acceptable",
            "de advarsler, som er godtaget for denne udgave, hver ved sit navn",
            "the warnings that are accepted for this release, each by its id",
        ),
    ),
    "source": (
        _required(
            "title", "title", "kildens titel, som den vises for klinikeren", "the title of the source, as shown to the clinician"
        ),
        _required("date", "date-or-null", "kildens dato, eller null", "the date of the source, or null"),
        _required(
            "status",
            "decision-status",
            "decided, undecided eller unconfirmed; eller på dansk: afklaret (afgjort), under afklaring, ubekræftet",
            "decided, undecided or unconfirmed; or in Danish: afklaret (afgjort), under afklaring, ubekræftet",
        ),
        _optional("url", "address-or-null", "kildens adresse, eller null", "the address of the source, or null"),
    ),
    "file": (
        _optional(
            "courses", "courses", "de strukturerede forløb, hvert under sit navn", "the structured courses, each under its name"
        ),
        _optional("rules", "rules", "reglerne, den ene efter den anden", "the rules, one after the other"),
    ),
    "course": (
        _required("title", "titles", "forløbets navn på hvert sprog", "the name of the course in each language"),
        _required(*_SPECIALTY, "forløbets speciale, eller en liste af dem", "the specialty of the course, or a list of them"),
        _optional(
            "main_diagnosis",
            "main-diagnoses",
            "hoveddiagnosen, som forløbet skal kodes med",
            "the main diagnosis with which the course must be coded",
        ),
        _optional(
            "referral",
            "referrals",
            "diagnoserne i henvisningen til forløbet",
            "the diagnoses of a referral to the course",
        ),
        _optional("phases", "phases", "forløbets faser", "the phases of the course"),
        _optional(
            "services",
            "services-entries",
            "de primære ydelser i hver fase; vejledende",
            "the primary services of each phase; advisory",
        ),
    ),
    "main_diagnosis": (
        _FROM,
        _required(
            "codes", "codes", "koderne; en af dem skal være hoveddiagnose", "the codes; one of them must be the main diagnosis"
        ),
        _required(
            "status",
            "decision-status",
            "decided, undecided eller unconfirmed; eller på dansk: afklaret (afgjort), under afklaring, ubekræftet",
            "decided, undecided or unconfirmed; or in Danish: afklaret (afgjort), under afklaring, ubekræftet",
        ),
        _SOURCE,
        _TO,
        _optional(
            "note",
            "texts",
            "det, klinikeren får at vide, mens koden er under afklaring",
            "the text for the clinician while the code is undecided",
        ),
        _optional(
            "several",
            "flag",
            "true, når flere af koderne må være hoveddiagnose sammen",
            "true if several of the codes may be main diagnoses at the same time",
        ),
        _optional(
            "start_codes", "codes", "symptomkoder, som godtages i begyndelsen", "symptom codes that are accepted at the beginning"
        ),
        _optional(
            "running",
            "running",
            "patientforløb, der er i gang med en tidligere kode: keep beholder den, ask beder om den nye ved næste kontakt",
            "patient courses under way with an earlier code: keep lets them keep it, ask asks for the new one at the next contact",
        ),
    ),
    "referral": (
        _FROM,
        _required("sks", "sks-codes", "SKS-koder eller deres begyndelse, fx DG35", "SKS codes or their beginnings, such as DG35"),
        _required("icpc", "codes", "ICPC-2-koderne for de samme diagnoser", "the ICPC-2 codes of the same diagnoses"),
        _SOURCE,
        _TO,
    ),
    "phases": (
        _FROM,
        _required("range", "range", "den første og den sidste fase, fx [1, 5]", "the first and the last phase, such as [1, 5]"),
        _SOURCE,
        _TO,
    ),
    "services": (
        _FROM,
        _required(
            "by_phase",
            "services-by-phase",
            "ydelserne i hver fase, under dens nummer",
            "the services of each phase, under its number",
        ),
        _SOURCE,
        _TO,
    ),
    "rule": (
        _required(
            "id",
            "name",
            "reglens navn; små bogstaver, tal, punktum og bindestreg",
            "the name of the rule; lower-case letters, digits, point and hyphen",
        ),
        _required("kind", "kind", "bemærkningens art; den bestemmer typen", "the kind of finding; it determines the severity"),
        _required(
            "severity",
            "severity",
            "bemærkningens type, som kontrakten fastsætter for arten",
            "the severity of the kind in the contract",
        ),
        _required("when", "condition", "betingelsen; alt i den skal være opfyldt", "the condition; all of its parts must hold"),
        _required(
            "message", "message", "beskeden på hvert sprog, højst 200 tegn", "the message in each language, at most 200 characters"
        ),
        _required("explanation", "texts", "forklaringen: hvorfor, og hvad der så gøres", "the explanation: why, and what to do"),
        _SOURCE,
        _required(
            "examples",
            "examples",
            "kontakter, som reglen finder, og kontakter, som den lader passere",
            "contacts on which the rule fires, and contacts on which it does not",
        ),
        _optional(
            "each",
            "each",
            "diagnosis: reglen prøves én gang for hver diagnose",
            "diagnosis: the rule is evaluated once for each diagnosis",
        ),
        _optional(
            "at",
            "encounter-field",
            "feltet, som bemærkningen peger på, når reglen ikke prøves for hver diagnose",
            "the field of the finding, if the rule is not evaluated for each diagnosis",
        ),
        _optional(
            "unless",
            "exceptions",
            "undtagelsen: course-names-code er de koder, som forløbet selv nævner",
            "the exception: course-names-code means the codes that the course itself names",
        ),
        _optional("suggest", "suggestions", "det, der foreslås i stedet", "what is suggested instead"),
        _optional(
            *_SPECIALTY,
            "specialet, eller en liste af dem; uden det gælder reglen for alle",
            "the specialty, or a list of them; without it the rule applies to all",
        ),
        _optional("from", "date", "den første dag, reglen gælder", "the first day on which the rule applies"),
        _optional("to", "date", "den sidste dag, reglen gælder", "the last day on which the rule applies"),
    ),
    "suggestion": (
        _required(
            "action",
            "action",
            "det, der skal gøres: replace, add, make-main, remove eller restore",
            "what to do: replace, add, make-main, remove or restore",
        ),
        _optional("code", "code", "koden, der foreslås", "the suggested code"),
        _optional(
            "table",
            "table",
            "tabellen, koden slås op i: sex-pairs er det andet køns kode, course-set forløbets koder",
            "the table that contains the code: sex-pairs for the code of the other sex, course-set for the codes of the course",
        ),
    ),
    "example": (
        _optional("finds", "encounter", "en kontakt, som reglen skal finde", "a contact on which the rule must fire"),
        _optional("passes", "encounter", "en kontakt, som reglen skal lade passere", "a contact on which the rule must not fire"),
    ),
}


# The keys that a release inherits from the one that it extends. A release that extends nothing must have them.
INHERITED_KEYS = ("languages", "owner", "start", "sources", "specialties")


def keys_of(shape: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the required and the optional keys of a shape."""
    keys = KEYS[shape]
    return tuple(key.name for key in keys if key.required), tuple(key.name for key in keys if not key.required)
