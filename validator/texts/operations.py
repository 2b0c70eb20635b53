"""Danish texts for those who run an installation: settings, the store, keys, and release files."""

TEXTS: dict[str, str] = {
    "settings.number": "{name} skal være et helt tal mellem {low} og {high}",
    "settings.choice": "{name} skal være {choices}",
    "store.unusable": "Databasen {path} {reason}.",
    "store.cannot-be-opened": "kan ikke åbnes",
    "store.cannot-be-created": "kan ikke oprettes, fordi mappen ikke findes",
    "store.cannot-be-used": "kan ikke bruges ({error})",
    "store.missing": "findes ikke",
    "store.folder": "er en mappe",
    "store.no-access": "kan ikke åbnes, fordi der ikke er adgang til den",
    "store.no-database": "er ikke en SQLite-database",
    "store.corrupt": "er beskadiget",
    "store.busy": "er optaget af et andet program",
    "store.read-only": "kan læses, men ikke skrives",
    "store.disk-full": "kan ikke skrives, fordi disken er fuld",
    "store.empty": "er tom",
    "store.foreign": "hører til et andet program",
    "store.newer": "er fra en nyere udgave af Kodevagt",
    "keys.name": "Navnet skal være på 1 til {longest} tegn og stå på én linje.",
    "keys.name-personal-data": "Navnet ligner eller indeholder et CPR-nummer; vælg et andet.",
    "signing.exists": "Filen {path} findes allerede.",
    "signing.cannot-be-created": "Filen {path} kan ikke oprettes ({reason}).",
    "signing.unreadable": "Filen {path} kan ikke læses ({reason}).",
    "signing.no-key": "Filen {path} er ikke en nøgle til underskrift.",
    "signing.not-ed25519": "Filen {path} er ikke en nøgle af slagsen Ed25519.",
    "signing.not-utf-8": "Filen {path} er ikke skrevet i UTF-8.",
    "signing.public-key": "{place}: en offentlig nøgle er {prefix} og 64 tegn (0-9, a-f).",
    "release-file.unknown": "Filen er ikke en udgave, som Kodevagt har skrevet.",
    "release-file.version": "Filen er skrevet i en form, som denne version af Kodevagt ikke kender.",
    "release-file.unsigned": "Filen er ikke underskrevet. Bed afsenderen om en, der er.",
    "release-file.untrusted": (
        "Filen er underskrevet med en nøgle, som ikke er kendt her ({key}). "
        "Er den afsenderens, så skriv den i filen, som KODEVAGT_TRUSTED peger på."
    ),
    "release-file.changed": "Filen er ændret, efter at den blev underskrevet. Hent den igen.",
    "release-file.inconsistent": "Filens indhold hører ikke sammen. Bed afsenderen om at skrive den igen.",
}
