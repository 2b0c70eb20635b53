"""Danish texts about the files of a catalogue folder and the distributions of code systems."""

TEXTS: dict[str, str] = {
    "catalogue.unreadable": "{file}: filen kan ikke læses ({reason})",
    "catalogue.unusable": "{file}: filen kan ikke bruges ({reason})",
    "catalogue.head-not-text": "name, title og date skal være tekster",
    "catalogue.not-utf-8": "{file}:{line}: linjen er ikke UTF-8",
    "catalogue.not-csv": "{file}:{line}: filen er ikke CSV ({reason})",
    "catalogue.wrong-columns": "{file}:1: kolonner, der mangler eller ikke kendes: {columns}",
    "catalogue.column-count": "linjen har for mange eller for få kolonner",
    "catalogue.duplicate": "{value} står to gange",
    "catalogue.empty": "er tom",
    "catalogue.not-a-number": "er ikke et tal: {value}",
    "catalogue.not-a-date": "er ikke en dato: {value}",
    "catalogue.not-a-code": "er ikke en kode i kataloget: {value}",
    "catalogue.not-a-process-code": "er ikke et kapitels bogstav med en proceskode fra icpc2.csv: {value}",
    "catalogue.not-in-icd-10-se-form": "er ikke skrevet som i ICD-10-SE, fx M17.1: {value}",
    "catalogue.not-allowed": "er ingen af {allowed}: {value}",
    "catalogue.exclusion-without-code": "mangler en kode i parentes til sidst: {value}",
    "catalogue.exclusion-to-unknown-code": "fører ikke til en kode i kataloget: {value}",
}
