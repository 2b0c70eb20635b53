"""Danish texts about rule files and stored releases, beside those of `validator/rulebook/yaml/problem_texts.py`."""

TEXTS: dict[str, str] = {
    "rules.stored.not-a-release": "Filen er ikke en udgave af regler fra Kodevagt.",
    "rules.stored.unknown-version": "Udgaven er skrevet i en form, som denne version af Kodevagt ikke kender.",
    "rules.stored.damaged": "Udgaven er beskadiget og kan ikke læses.",
    # What may be written instead
    "rules.hint.word": 'Mente du "{word}"?',
    "rules.hint.any-word": "Skriv en af: {words}.",
    "rules.hint.codes": "Mente du {codes}?",
    "rules.hint.code": "Ret koden.",
    "rules.hint.sks": "Skriv den som DG35.",
    "rules.hint.bridge": "I ICPC-2 svarer den til {codes}.",
    "rules.hint.no-bridge": "Vælg en kode i ICPC-2.",
    "rules.hint.dates": 'Hvornår reglen gælder, skrives som "from" og "to" i reglen selv.',
    "rules.hint.swapped-date": "Er dag og måned byttet om? Skriv {date}.",
    "rules.hint.year-first": "Året skrives først: {date}.",
    "rules.hint.unquoted": ", uden anførselstegn",
    "rules.tests.text": "en værdi, en liste af værdier eller {{not: værdi}}",
    "rules.tests.integer": "et tal, en liste af tal eller {{at_least, at_most, not}}",
    "rules.tests.flag": "true eller false",
    "rules.tests.list": "{{includes, includes_none}} eller {{empty: true}}",
    "rules.tests.list-with-values": "{{includes: {value}}}, {{includes_none: {value}}} eller {{empty: true}}",
    "rules.example.text": "tekst",
    "rules.example.name": "navn",
    # What is written in the file
    "rules.value.mapping": "nøgler med værdier",
    "rules.value.list": "en liste",
    "rules.value.nothing": "ingenting",
    "rules.days.one": "den {first}",
    "rules.days.several": "fra {first} til {last}",
    "rules.yaml.character": "tegnet {character}",
    "rules.unknown-field": "Feltet kendes ikke.",
}
