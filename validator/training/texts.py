"""Fixed texts about coding cases and answers, in Danish, English and Swedish."""

from collections.abc import Mapping

_DANISH = {
    "approved": "godkendt af EKM",
    "not-approved": "ikke godkendt af EKM",
    "withdrawn": "Casen er trukket tilbage: efter udgaven {release} af reglerne passer dens svar ikke længere. Den rettes.",
    "release-missing": "Casen er skrevet til udgaven {release} af reglerne, som ikke er udgivet.",
    "wrong-role": "Koden er rigtig, men den skal stå som hoveddiagnose, ikke som bidiagnose.",
    "several-mains": "Der står mere end én hoveddiagnose. Kun én kan være den vigtigste.",
    "no-main": "Der står ingen hoveddiagnose.",
    "nothing-needed": "Her skal ikke kodes noget.",
    "group": "Koden hører til den samme kropsregion ({region}), men er en anden rubrik.",
    "chapter": "Koden er fra det samme kapitel af ICPC-2, men fra et andet område.",
    "miss": "Koden er fra et andet kapitel af ICPC-2.",
    "no-such-code": "Koden findes ikke i ICPC-2.",
    "unclear-other": "De fleste, der svarer forkert, vælger den samme kode. Se efter, om reglen eller facit er uklar.",
    "unclear-scattered": "Svarene er spredt. Se efter, om casen giver nok til at afgøre koden.",
}
_ENGLISH = {
    "approved": "approved by EKM",
    "not-approved": "not approved by EKM",
    "withdrawn": "The case has been withdrawn: by release {release} of the rules its answer no longer fits. It is being corrected.",
    "release-missing": "The case was written for the release {release} of the rules, which has not been published.",
    "wrong-role": "The code is right, but must stand as main diagnosis, not as a secondary one.",
    "several-mains": "There is more than one main diagnosis. Only one can be the most important.",
    "no-main": "There is no main diagnosis.",
    "nothing-needed": "Nothing has to be coded here.",
    "group": "The code belongs to the same body region ({region}), but is another rubric.",
    "chapter": "The code is from the same chapter of ICPC-2, but from another area.",
    "miss": "The code is from another chapter of ICPC-2.",
    "no-such-code": "The code does not exist in ICPC-2.",
    "unclear-other": "Most who answer wrongly choose the same code. See whether the rule or the key is unclear.",
    "unclear-scattered": "The answers are scattered. See whether the case gives enough to decide the code.",
}
_SWEDISH = {
    "approved": "godkänt av EKM",
    "not-approved": "inte godkänt av EKM",
    "withdrawn": "Fallet är tillbakadraget: enligt utgåvan {release} av reglerna stämmer svaret inte längre. Det rättas.",
    "release-missing": "Fallet är skrivet för utgåvan {release} av reglerna, som inte är publicerad.",
    "wrong-role": "Koden är rätt, men ska stå som huvuddiagnos, inte som bidiagnos.",
    "several-mains": "Det finns mer än en huvuddiagnos. Bara en kan vara den viktigaste.",
    "no-main": "Det finns ingen huvuddiagnos.",
    "nothing-needed": "Här behöver inget kodas.",
    "group": "Koden hör till samma kroppsregion ({region}), men är en annan rubrik.",
    "chapter": "Koden är från samma kapitel i ICPC-2, men från ett annat område.",
    "miss": "Koden är från ett annat kapitel i ICPC-2.",
    "no-such-code": "Koden finns inte i ICPC-2.",
    "unclear-other": "De flesta som svarar fel väljer samma kod. Se efter om regeln eller facit är oklart.",
    "unclear-scattered": "Svaren är spridda. Se efter om fallet räcker för att avgöra koden.",
}
TEXTS: Mapping[str, Mapping[str, str]] = {"da": _DANISH, "en": _ENGLISH, "sv": _SWEDISH}


def training_text(key: str, language: str, **values: object) -> str:
    """Return a text in a language, with its placeholders filled in."""
    return TEXTS[language][key].format_map(values)
