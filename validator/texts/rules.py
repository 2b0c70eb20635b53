"""Danish texts about rule files and stored releases, beside those of `validator/rulebook/yaml/problem_texts.py`."""

TEXTS: dict[str, str] = {
    "rules.stored.not-a-release": "Filen er ikke en udgave af regler fra Kodevagt.",
    "rules.stored.unknown-version": "Udgaven er skrevet i en form, som denne version af Kodevagt ikke kender.",
    "rules.stored.damaged": "Udgaven er beskadiget og kan ikke læses.",
}
