"""The keys of a case file, which the reader and the documentation share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A key; `holds` is in Danish what is written there, `meaning` what it is for."""

    name: str
    holds: str
    meaning: str
    required: bool = True


KEYS: dict[str, tuple[CaseKey, ...]] = {
    "case": (
        CaseKey(
            "id",
            "navn",
            "casens navn, det samme som filens uden .yaml; det ændres aldrig (et nyt navn er en ny case), og må ikke røbe koden",
        ),
        CaseKey("version", "tal", "begynder ved 1; sæt den op, når noget ændres, som ændrer, hvad der er rigtigt at svare"),
        CaseKey("title", "tekst på sprog", "casens navn i listen; det må ikke røbe koden"),
        CaseKey("specialty", "speciale", 'specialet, fx "51"'),
        CaseKey("course", "forløb", "forløbet, fx artrose-knae; uden den hører casen ikke til noget", required=False),
        CaseKey("level", "basic, intermediate eller advanced", "begynder, øvet eller erfaren"),
        CaseKey("date", "dato", "dagen, casen foregår; reglerne er dem, der gælder den dag"),
        CaseKey("vignette", "tekst på sprog", "sygehistorien, 60-120 ord på dansk"),
        CaseKey("question", "tekst på sprog", "det, der spørges om"),
        CaseKey("given", "felter", "resten af kontakten, som journalsystemet ville sende den", required=False),
        CaseKey("key", "svar", "ét helt rigtigt svar; [], når intet skal kodes"),
        CaseKey("phase", "tal", "den rigtige fase; når den står her, spørger casen om fasen, og den giver point", required=False),
        CaseKey("equally_right", "liste af svar", "andre svar, der er lige så rigtige", required=False),
        CaseKey(
            "alternatives", "liste af bemærkninger", "hoveddiagnoser, der kan godtages, hver med en begrundelse", required=False
        ),
        CaseKey(
            "near_misses", "liste af bemærkninger", "hoveddiagnoser, der er nærliggende, men forkerte, hver med en begrundelse"
        ),
        CaseKey("rationale", "tekst på sprog", "hvorfor det rigtige svar er rigtigt; vises efter svaret"),
        CaseKey("rules", "liste af regelnavne", "de regler, der afgør casen, fx dk.51.artrose-knae"),
        CaseKey("why_it_matters", "tekst på sprog", "hvad koden bruges til; vises efter svaret"),
        CaseKey("author", "tekst", "hvem der har skrevet casen"),
        CaseKey("reviewed", "dato", "hvornår casen sidst er gennemgået"),
        CaseKey("status", "not-approved eller approved", "not-approved vises som “ikke godkendt af EKM”"),
        CaseKey(
            "release", "udgave", "den eneste udgave af reglerne, som casen er skrevet til; ellers den gældende", required=False
        ),
    ),
    "coded": (
        CaseKey("code", "kode", "en kode fra ICPC-2"),
        CaseKey("role", "main eller secondary", "hoveddiagnose eller bidiagnose"),
    ),
    "remark": (
        CaseKey("code", "kode", "koden, som den lærende har valgt som hoveddiagnose"),
        CaseKey("reason", "tekst på sprog", "det, den lærende får at vide"),
    ),
    "given": (
        CaseKey("patient", "felter", "alder og køn: {age: 67, sex: female}", required=False),
        CaseKey("observations", "felter", "{radiating_pain: true, joints: [knee]}; vises først efter svaret", required=False),
        CaseKey("contact_number", "tal", "kontaktens nummer i forløbet", required=False),
        CaseKey("previous_diagnoses", "diagnoser", "koder fra tidligere kontakter i forløbet", required=False),
        CaseKey("saved_diagnoses", "diagnoser", "kontaktens egne koder, som de sidst blev gemt", required=False),
        CaseKey("referral", "felter", "henvisningen: {diagnoses: [{code: DG20, system: sks}]}", required=False),
        CaseKey("services", "liste", "ydelserne, fx [group-training]", required=False),
        CaseKey("phase", "tal", "fasen, når casen ikke spørger om den", required=False),
    ),
}


def keys_of(shape: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the required and the optional keys."""
    keys = KEYS[shape]
    return tuple(key.name for key in keys if key.required), tuple(key.name for key in keys if not key.required)
