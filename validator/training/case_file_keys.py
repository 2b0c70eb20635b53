"""The keys of a case file, in one table: what each is called, what it holds, whether it must be there, and its meaning.

The reader takes its keys from here, and the page about case files is made from it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key: `holds` says in Danish what is written there, `meaning` what it is for."""

    name: str
    holds: str
    meaning: str
    required: bool = True


KEYS: dict[str, tuple[Key, ...]] = {
    "case": (
        Key("id", "navn", "casens navn, det samme som filens uden .yaml; det ændres aldrig, og det må ikke røbe koden"),
        Key("version", "tal", "begynder ved 1; sæt den op, når noget ændres, som ændrer, hvad der er rigtigt at svare"),
        Key("title", "tekst på sprog", "casens navn i listen; det må ikke røbe koden"),
        Key("specialty", "speciale", 'specialet, fx "51"'),
        Key(
            "course",
            "forløb",
            "forløbet, fx artrose-knae; uden den hører casen ikke til noget",
            required=False,
        ),
        Key("level", "basic, intermediate eller advanced", "begynder, øvet eller erfaren"),
        Key("date", "dato", "dagen, casen foregår; reglerne er dem, der gælder den dag"),
        Key("vignette", "tekst på sprog", "sygehistorien, 60-120 ord på dansk"),
        Key("question", "tekst på sprog", "det, der spørges om"),
        Key("given", "felter", "resten af kontakten, som journalsystemet ville sende den", required=False),
        Key("key", "svar", "ét helt rigtigt svar; [], når intet skal kodes"),
        Key("phase", "tal", "den rigtige fase; når den står her, spørger casen om fasen", required=False),
        Key("equally_right", "liste af svar", "andre svar, der er lige så rigtige", required=False),
        Key("alternatives", "liste af bemærkninger", "hoveddiagnoser, der kan godtages, hver med en begrundelse", required=False),
        Key("near_misses", "liste af bemærkninger", "hoveddiagnoser, der er nærliggende, men forkerte, hver med en begrundelse"),
        Key("rationale", "tekst på sprog", "hvorfor det rigtige svar er rigtigt; vises efter svaret"),
        Key("rules", "liste af regelnavne", "de regler, der afgør casen, fx dk.51.artrose-knae"),
        Key("why_it_matters", "tekst på sprog", "hvad koden bruges til; vises efter svaret"),
        Key("author", "tekst", "hvem der har skrevet casen"),
        Key("reviewed", "dato", "hvornår casen sidst er gennemgået"),
        Key("status", "not-approved eller approved", "not-approved vises som “ikke godkendt af EKM”"),
        Key("release", "udgave", "den eneste udgave af reglerne, som casen er skrevet til; ellers den gældende", required=False),
    ),
    "coded": (
        Key("code", "kode", "en kode fra ICPC-2"),
        Key("role", "main eller secondary", "hoveddiagnose eller bidiagnose"),
    ),
    "remark": (
        Key("code", "kode", "koden, som den lærende har valgt som hoveddiagnose"),
        Key("reason", "tekst på sprog", "det, den lærende får at vide"),
    ),
    "given": (
        Key("patient", "felter", "alder og køn: {age: 67, sex: female}", required=False),
        Key("observations", "felter", "{radiating_pain: true, joints: [knee]}", required=False),
        Key("contact_number", "tal", "kontaktens nummer i forløbet", required=False),
        Key("previous_diagnoses", "diagnoser", "koder fra tidligere kontakter i forløbet", required=False),
        Key("saved_diagnoses", "diagnoser", "kontaktens egne koder, som de sidst blev gemt", required=False),
        Key("referral", "felter", "henvisningen: {diagnoses: [{code: DG20, system: sks}]}", required=False),
        Key("services", "liste", "ydelserne, fx [group-training]", required=False),
        Key("phase", "tal", "fasen, når casen ikke spørger om den", required=False),
    ),
}


def keys_of(shape: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that must be there, and those that may be."""
    keys = KEYS[shape]
    return tuple(key.name for key in keys if key.required), tuple(key.name for key in keys if not key.required)
