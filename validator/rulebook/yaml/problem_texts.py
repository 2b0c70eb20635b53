"""Danish texts of the problems in rule files: what is wrong, and what to write instead."""

from typing import NamedTuple


class Wording(NamedTuple):
    """The two parts of a problem's text, with named placeholders. A warning does not prevent publishing."""

    what: str
    instead: str
    warning: bool = False


def _warning(what: str, instead: str) -> Wording:
    return Wording(what, instead, warning=True)


TEXTS: dict[str, Wording] = {
    # The file
    "missing-file": Wording("filen mangler.", "Opret den, eller vælg den mappe, som udgaven ligger i."),
    "unreadable-file": Wording("filen kan ikke læses ({reason}).", "Se efter, om den er en fil, som du har adgang til."),
    "not-utf8": Wording("filen er ikke gemt som UTF-8; her er det første tegn, som ikke kan læses.", "Gem filen igen som UTF-8."),
    "yaml": Wording("filen kan ikke læses som YAML ({reason}).", "Se efter indrykning, kolon og anførselstegn på linjen."),
    "too-deep": Wording("filen er indlejret dybere, end en regel kan være.", "Skriv betingelsen fladere."),
    "anchor": Wording("ankre og henvisninger (& og *) bruges ikke i regelfiler.", "Skriv værdien ud."),
    "tag": Wording("mærket {tag} bruges ikke i regelfiler.", "Skriv værdien uden mærke."),
    "double-key": Wording('nøglen "{key}" står to gange samme sted.', "Slet den ene, eller saml dem."),
    "key-not-text": Wording(
        "en nøgle skal være et ord, ikke en liste eller nøgler med værdier.", "Sæt anførselstegn om, eller ret indrykningen."
    ),
    "file-ending": Wording("filen læses ikke, fordi navnet ender på .yml.", "Lad det ende på .yaml."),
    # Keys and values
    "unknown-key": Wording('nøglen "{key}" kendes ikke her.', "{hint}"),
    "missing-key": Wording('nøglen "{key}" mangler.', "Tilføj den."),
    "not-mapping": Wording("her står {given}.", 'Skriv nøgler med værdier ("nøgle: værdi").'),
    "not-list": Wording("her står {given}.", "Skriv en liste, fx {example}."),
    "empty": Wording("her må ikke være tomt.", "Skriv mindst én værdi."),
    "not-text": Wording("her skal stå tekst, ikke {given}.", 'Sæt anførselstegn om, fx "{example}".'),
    "not-number": Wording("her står {given}.", "Skriv et helt tal mellem {low} og {high}{plain}."),
    "bounds-as-text": Wording('her står "{given}".', "Skriv grænserne som {bounds}."),
    "not-truth": Wording("her står {given}.", "Skriv true eller false{plain}."),
    "not-allowed": Wording('"{given}" kan ikke stå her.', "Skriv en af: {allowed}. {hint}"),
    "not-date": Wording('"{given}" er ikke en dato.', "Skriv den som ÅÅÅÅ-MM-DD, fx 2025-04-01. {hint}"),
    "bad-id": Wording('"{given}" kan ikke bruges som navn.', "Brug små bogstaver a-z, tal, bindestreg og punktum."),
    "unknown-code": Wording('koden "{code}" findes ikke i kataloget.', "{hint}"),
    "other-system": Wording('"{code}" er en kode fra {system}.', "{hint}"),
    "process-code": Wording('"{code}" er en proceskode og kan ikke være en diagnose.', "Vælg en diagnosekode."),
    "unknown-sks": Wording('koden "{code}" findes ikke i SKS.', "{hint}"),
    "not-category": Wording('"{code}" er ikke en kategori.', "Skriv de tre første tegn: {category}."),
    "double-value": Wording('"{value}" står to gange i listen.', "Slet den ene."),
    "unknown-source": Wording('kilden "{source}" findes ikke i pack.yaml.', "{hint}"),
    "unknown-specialty": Wording('specialet "{specialty}" findes ikke i pack.yaml.', "{hint}"),
    "unknown-course": Wording('forløbet "{course}" findes ikke i courses.yaml.', "{hint}"),
    "missing-language": Wording('teksten mangler på "{language}".', 'Tilføj {language}: "…".'),
    # The course table
    "wrong-column": Wording('kolonnen "{key}" hører ikke til et forløb uden "referral".', 'Slet den, eller tilføj "referral".'),
    "no-column": Wording('forløbet har hverken "main_diagnosis" eller "referral".', "Tilføj en af dem."),
    "both-columns": Wording(
        'forløbet har både "main_diagnosis" og "referral".',
        "Slet den ene: koden kræves på kontakten, eller den samles op fra henvisningen.",
    ),
    "start-code-required": Wording('"{code}" er allerede en af de koder, som forløbet kræver.', "Slet den her."),
    "start-code-no-symptom": Wording(
        'et forløb kan ikke begynde med "{code}", som ikke er en symptomkode.', "Vælg en symptomkode, eller slet den."
    ),
    "entries-order": Wording("perioderne står ikke efter dato.", "Flyt denne op foran den, der begynder senere."),
    "entries-same-day": Wording("to perioder begynder samme dag ({start}).", "Ret den ene dato, eller slet den ene periode."),
    "entries-overlap": Wording(
        "to perioder gælder samtidig: denne begynder {start}, men den forrige slutter først {end}.", "Ret en af datoerne."
    ),
    "entries-gap": Wording("der er et hul mellem perioderne: intet gælder {days}.", "Ret en af datoerne."),
    "ends-before-start": Wording("perioden slutter ({end}), før den begynder ({start}).", "Ret en af datoerne."),
    "phase-range": Wording("faserne kan ikke læses.", "Skriv to tal, den første og den sidste fase, fx [1, 5]."),
    "unknown-phase": Wording("fase {phase} findes ikke i forløbet, som har fase {first} til {last}.", "Ret tallet."),
    "double-course": Wording('forløbet "{course}" står i to filer (første gang i {first}).', "Slet det ene."),
    # The rules
    "long-message": Wording("beskeden er på {length} tegn og må være på højst {limit}.", "Flyt resten til explanation."),
    "unknown-placeholder": Wording('"{{{name}}}" kan ikke udfyldes i en besked.', "Brug en af: {allowed}."),
    "stray-brace": Wording(
        "beskeden har en tuborgparentes, som ikke hører til noget, der udfyldes.",
        "Skriv kun ordet mellem parenteserne: code, codes, course eller title.",
    ),
    "placeholder-without-each": Wording(
        '"{{{name}}}" kan kun udfyldes, når reglen spørges for hver diagnose.',
        'Skriv "each: diagnosis", eller skriv beskeden uden.',
    ),
    "unknown-kind": Wording('fundtypen "{kind}" findes ikke.', "{hint}"),
    "built-in-kind": Wording(
        'fundtypen "{kind}" findes af forløbstabellen eller en indbygget kontrol og skrives ikke som regel.',
        "Ret forløbet i stedet.",
    ),
    "reserved-id": Wording(
        'navnet "{rule}" hører til de indbyggede kontroller eller forløbstabellen.', "Giv reglen et andet navn."
    ),
    "same-rule": Wording('reglen "{rule}" siger det samme som "{other}".', "Slet den ene."),
    "wrong-severity": Wording('fundtypen "{kind}" har alvoren "{severity}" i kontrakten.', "Skriv severity: {severity}."),
    "double-rule": Wording('reglen "{rule}" står to gange (første gang i {first}).', "Giv den ene et andet navn."),
    "each-and-at": Wording('en regel har enten "each: diagnosis" eller "at: felt", ikke begge.', "Slet den ene."),
    "no-place": Wording("reglen siger ikke, hvor fundet skal pege hen.", 'Skriv "each: diagnosis" eller "at: felt".'),
    "unless-without-each": Wording('"unless" kan kun stå i en regel med "each: diagnosis".', 'Tilføj den, eller slet "unless".'),
    "unknown-field": Wording('feltet "{field}" findes ikke i ordlisten.', "{hint}"),
    "field-out-of-place": Wording(
        'feltet "{field}" hører til en diagnose.', 'Skriv "each: diagnosis" i reglen, eller sæt det under "diagnosis:".'
    ),
    "only-icpc": Wording('feltet "{field}" findes kun for ICPC-2, som denne pakke ikke koder i.', 'Brug "code" eller "category".'),
    "only-own-fields": Wording('under "{block}" kan kun diagnosens egne felter stå, ikke "{field}".', "Flyt testen ud."),
    "test-mismatch": Wording('"{test}" kan ikke bruges på feltet "{field}".', "Brug {allowed}."),
    "too-many-branches": Wording("betingelsen giver mere end {limit} kombinationer.", "Del reglen i flere."),
    "never-fires": Wording('betingelsen på "{field}" kan aldrig opfyldes.', "Ret grænserne."),
    "no-examples": Wording("reglen mangler eksempler.", 'Skriv mindst ét "finds" og ét "passes".'),
    "bad-example": Wording("eksemplet kan ikke læses: {path}: {reason}", "Ret det til en kontakt, som kontrakten kender."),
    "suggests-itself": Wording("reglen foreslår {code}, som den selv afviser.", "Foreslå en anden kode."),
    "code-or-table": Wording('et forslag har enten "code" eller "table".', "Skriv den ene."),
    "suggestion-without-each": Wording(
        'forslaget "{given}" gælder en bestemt diagnose, men reglen spørges ikke for hver diagnose.',
        'Skriv "each: diagnosis" i reglen, eller brug "action: add" med en kode.',
    ),
    # The release
    "wrong-folder": Wording('"{key}" er "{given}", men mappen hedder "{folder}".', "Brug samme navn begge steder."),
    "not-address": Wording('"{given}" er ikke en adresse på nettet.', "Lad den begynde med https://, eller skriv null."),
    "no-current": Wording('ingen udgave i pakken "{pack}" er gældende.', "Skriv status: current i den, der gælder."),
    "two-current": Wording(
        'to udgaver i pakken "{pack}" er gældende: {first} og {second}.', "Lad den ene være published eller draft."
    ),
    "unknown-pack": Wording('pakken "{pack}" kendes ikke.', "En kontakt kan kun høre til: {allowed}."),
    "unknown-base": Wording('udgaven bygger på "{base}", som ikke findes i pakken.', "{hint}"),
    "extends-itself": Wording("udgaven bygger på sig selv ({way}).", "Skriv en udgave, som ikke selv bygger på denne."),
    # The workbook of the course table
    "sheet-missing": Wording('arket "{sheet}" mangler.', "Sæt det ind igen, eller skriv et nyt med kodevagt rules export."),
    "heading-missing": Wording('kolonnen "{heading}" mangler.', "Skriv overskriften i række 1."),
    "heading-unknown": Wording('kolonnen "{heading}" kendes ikke.', "{hint}"),
    "heading-twice": Wording('kolonnen "{heading}" står to gange.', "Slet den ene."),
    "too-many-rows": Wording("arket har mere end {limit} rækker.", "Slet de tomme rækker."),
    "cell-empty": Wording('"{heading}" mangler.', "Udfyld cellen."),
    "cell-formula": Wording("her står en formel.", "Skriv værdien."),
    "double-row": Wording('"{name}" står to gange (første gang i række {first}).', "Slet den ene række."),
    "course-not-listed": Wording('forløbet "{course}" står ikke i arket Forløb.', "{hint}"),
    "source-not-listed": Wording('kilden "{source}" står ikke i arket Kilder.', "{hint}"),
    "course-without-rows": Wording(
        "forløbet har ingen række i arkene Hoveddiagnoser og Henvisninger.", "Tilføj en række i et af dem."
    ),
    "course-in-both": Wording("forløbet har rækker både i arket Hoveddiagnoser og i Henvisninger.", "Slet rækkerne i det ene."),
    "rows-without-referral": Wording(
        "forløbet har ingen række i arket Henvisninger, som faser og ydelser hører til.", "Tilføj en række i det, eller slet denne."
    ),
    "course-removed": Wording(
        'forløbet "{course}" findes i {base}, men står ikke i arket.',
        "Et forløb slettes ikke: sæt rækken ind igen, og skriv en dato i Til.",
    ),
    # Warnings
    "rule-never-fires": _warning('reglen "{rule}" kan aldrig finde noget: {why}.', "Ret betingelsen, eller slet reglen."),
    "branch-never-fires": _warning("denne del af betingelsen kan aldrig opfyldes: {branch}.", "Ret den, eller slet den."),
    "rule-covered": _warning(
        'reglen "{rule}" finder intet, som "{other}" ikke finder i forvejen.', "Slet den, eller ret en af betingelserne."
    ),
    "suggestion-found": _warning(
        'forslaget {code} bliver selv fundet af reglen "{other}" ved de samme kontakter.',
        "Foreslå en anden kode, eller ret en af reglerne.",
    ),
    "suggestion-refused": _warning(
        "forslaget {code} bliver ikke vist {since}, fordi forløbet kodes med {codes}.",
        "Foreslå en af forløbets koder, eller slet forslaget.",
    ),
    "suggestion-there": _warning(
        "forslaget {code} bliver aldrig vist: reglen finder kun noget, når {code} allerede står på kontakten.",
        "Foreslå en anden kode, eller slet forslaget.",
    ),
    "placeholder-empty": _warning(
        '"{{{name}}}" er tom, når {when}.',
        'Tilføj en test på "course" i betingelsen, eller skriv beskeden uden.',
    ),
    "code-not-valid": _warning(
        "koden {code} bruges {used}, men kataloget har den kun {valid}.", "Vælg en kode, der er gyldig, eller ret datoerne."
    ),
    "source-older": _warning(
        'kilden "{source}" er fra {date}, mere end et år ældre end det, den støtter (fra {start}).',
        "Se efter, om noget nyere er besluttet, og skriv den kilde.",
    ),
    "source-replaced": _warning(
        'perioden afløser en anden, men kilden "{source}" ({date}) er ældre end den forriges ({other}).',
        "Skriv den kilde, der ændrede det.",
    ),
    "undecided-long": _warning(
        'forløbet "{course}" har været under afklaring siden {start}, i mere end et år.',
        "Spørg, om koden er afgjort, og sæt i så fald en ny periode ind under denne.",
    ),
}
