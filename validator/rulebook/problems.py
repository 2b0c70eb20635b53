"""What can be wrong in a rule file, each with its place and, in Danish, what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import process

_LONGEST_WORD = 60
_LONGEST = 1000  # as long as the longest list of what may be written instead


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one of TEXTS at a place; `values` fill in its text."""

    id: str
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """One line, however long or broken what stood in the file was."""
        return TEXTS[self.id].format_map({name: _quoted(value) for name, value in self.values.items()}).rstrip()

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def _quoted(value: str) -> str:
    words = " ".join("".join(character if character.isprintable() else " " for character in value[:_LONGEST]).split())
    return words if len(value) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


class RulebookError(Exception):
    """A release that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.place, problem.id))
        super().__init__("\n".join(map(str, self.problems)))


TEXTS: dict[str, str] = {
    "missing-file": "filen mangler. Opret den, eller vælg den mappe, som udgaven ligger i.",
    "unreadable-file": "filen kan ikke læses ({reason}). Gem den som UTF-8.",
    "yaml": "filen kan ikke læses som YAML ({reason}). Se efter indrykning, kolon og anførselstegn på linjen.",
    "too-deep": "filen er indlejret dybere, end en regel kan være. Skriv betingelsen fladere.",
    "anchor": "ankre og henvisninger (& og *) bruges ikke i regelfiler. Skriv værdien ud.",
    "tag": "mærket {tag} bruges ikke i regelfiler. Skriv værdien uden mærke.",
    "double-key": 'nøglen "{key}" står to gange samme sted. Slet den ene, eller saml dem.',
    "key-not-text": "en nøgle skal være et ord, ikke en liste eller nøgler med værdier. Sæt anførselstegn om, eller ret indrykningen.",
    "unknown-key": 'nøglen "{key}" kendes ikke her. {hint}',
    "missing-key": 'nøglen "{key}" mangler. Tilføj den.',
    "not-mapping": 'her skal stå nøgler med værdier ("nøgle: værdi"), ikke {given}.',
    "not-list": "her skal stå en liste, fx [L84, L86], ikke {given}.",
    "empty": "her må ikke være tomt. Skriv mindst én værdi.",
    "not-text": 'her skal stå tekst, ikke {given}. Sæt anførselstegn om, fx "{example}".',
    "not-number": "her skal stå et helt tal mellem {low} og {high}, ikke {given}.",
    "not-truth": "her skal stå true eller false, ikke {given}.",
    "not-allowed": '"{given}" kan ikke stå her. Skriv en af: {allowed}. {hint}',
    "not-date": '"{given}" er ikke en dato. Skriv den som ÅÅÅÅ-MM-DD, fx 2025-04-01. {hint}',
    "bad-id": '"{given}" kan ikke bruges som navn. Brug små bogstaver a-z, tal, bindestreg og punktum.',
    "unknown-code": 'koden "{code}" findes ikke i kataloget. {hint}',
    "process-code": '"{code}" er en proceskode og kan ikke være en diagnose. Vælg en diagnosekode.',
    "not-category": '"{code}" er ikke en kategori. Skriv de tre første tegn: {category}.',
    "double-value": '"{value}" står to gange i listen. Slet den ene.',
    "unknown-source": 'kilden "{source}" findes ikke i pack.yaml. {hint}',
    "unknown-specialty": 'specialet "{specialty}" findes ikke i pack.yaml. {hint}',
    "unknown-course": 'forløbet "{course}" findes ikke i courses.yaml. {hint}',
    "wrong-column": 'kolonnen "{key}" hører ikke til et forløb uden "referral". Slet den, eller tilføj "referral".',
    "no-column": 'forløbet har hverken "main_diagnosis" eller "referral". Tilføj en af dem.',
    "entries-order": "perioderne skal stå efter dato. Flyt denne op foran den, der begynder senere.",
    "entries-overlap": "to perioder gælder samtidig: denne begynder {start}, men den forrige slutter først {end}. Ret en af datoerne.",
    "entries-gap": "der er et hul mellem perioderne: intet gælder fra {end} til {start}. Ret en af datoerne.",
    "ends-before-start": "perioden slutter ({end}), før den begynder ({start}). Ret en af datoerne.",
    "phase-range": "faserne skal være to tal, den første og den sidste, fx [1, 5].",
    "unknown-phase": "fase {phase} findes ikke i forløbet, som har fase {first} til {last}. Ret tallet.",
    "missing-language": 'teksten mangler på "{language}". Tilføj {language}: "…".',
    "long-message": "beskeden er på {length} tegn og må være på højst {limit}. Flyt resten til explanation.",
    "unknown-placeholder": '"{{{name}}}" kan ikke udfyldes i en besked. Brug en af: {allowed}.',
    "unknown-kind": 'fundtypen "{kind}" findes ikke. {hint}',
    "built-in-kind": 'fundtypen "{kind}" findes af forløbstabellen eller en indbygget kontrol og skrives ikke som regel. Ret forløbet i stedet.',
    "reserved-id": 'navnet "{rule}" hører til de indbyggede kontroller eller forløbstabellen. Giv reglen et andet navn.',
    "same-rule": 'reglen "{rule}" siger det samme som "{other}". Slet den ene.',
    "file-ending": "filen læses ikke, fordi navnet ender på .yml. Lad det ende på .yaml.",
    "wrong-severity": 'fundtypen "{kind}" har alvoren "{severity}" i kontrakten. Skriv severity: {severity}.',
    "double-rule": 'reglen "{rule}" står to gange (første gang i {first}). Giv den ene et andet navn.',
    "each-and-at": 'en regel har enten "each: diagnosis" eller "at: felt", ikke begge. Slet den ene.',
    "no-place": 'reglen siger ikke, hvor fundet skal pege hen. Skriv "each: diagnosis" eller "at: felt".',
    "unless-without-each": '"unless" kan kun stå i en regel med "each: diagnosis". Tilføj den, eller slet "unless".',
    "unknown-field": 'feltet "{field}" findes ikke i ordlisten. {hint}',
    "field-out-of-place": 'feltet "{field}" hører til en diagnose. Skriv "each: diagnosis" i reglen, eller sæt det under "diagnosis:".',
    "only-icpc": 'feltet "{field}" findes kun for ICPC-2, som denne pakke ikke koder i. Brug "code" eller "category".',
    "only-own-fields": 'under "{block}" kan kun diagnosens egne felter stå, ikke "{field}". Flyt testen ud.',
    "test-mismatch": '"{test}" kan ikke bruges på feltet "{field}". Brug {allowed}.',
    "too-many-branches": "betingelsen giver mere end {limit} kombinationer. Del reglen i flere.",
    "never-fires": 'betingelsen på "{field}" kan aldrig opfyldes. Ret grænserne.',
    "no-examples": 'reglen mangler eksempler. Skriv mindst ét "finds" og ét "passes".',
    "bad-example": "eksemplet kan ikke læses: {path}: {reason}",
    "suggests-itself": "reglen foreslår {code}, som den selv afviser. Foreslå en anden kode.",
    "code-or-table": 'et forslag har enten "code" eller "table". Skriv den ene.',
    "wrong-folder": '"{key}" er "{given}", men mappen hedder "{folder}". Brug samme navn begge steder.',
    "no-current": 'ingen udgave i pakken "{pack}" er gældende. Skriv status: current i den, der gælder.',
    "unknown-pack": 'pakken "{pack}" kendes ikke. En kontakt kan kun høre til: {allowed}.',
    "double-course": 'forløbet "{course}" står i to filer (første gang i {first}). Slet det ene.',
    "two-current": 'to udgaver i pakken "{pack}" er gældende: {first} og {second}. Lad den ene være published eller draft.',
    "unknown-base": 'udgaven bygger på "{base}", som ikke findes i pakken. {hint}',
}


def hint(word: str, known: object) -> str:
    """What the author probably meant: the nearest of the known words, or all of them."""
    words = sorted(map(str, known)) if isinstance(known, list | tuple | set | frozenset | dict) else []
    best = process.extractOne(word[:_LONGEST_WORD], words, score_cutoff=60)
    if best:
        return f'Mente du "{best[0]}"?'
    return f"Skriv en af: {', '.join(words)}." if words else ""
