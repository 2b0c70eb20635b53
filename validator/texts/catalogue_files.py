"""Danish texts about the files of a catalogue folder and the distributions of code systems."""

TEXTS: dict[str, str] = {
    "catalogue.unreadable": "{file}: filen kan ikke læses ({reason})",
    "catalogue.unusable": "{file}: filen kan ikke bruges ({reason})",
    "catalogue.head-not-text": "name, title og date skal være tekster",
}
