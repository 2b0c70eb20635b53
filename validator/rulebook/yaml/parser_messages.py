"""Danish translations of the YAML parser's messages."""

import re

_REASONS: tuple[tuple[str, str], ...] = (
    (r"mapping values are not allowed here", "et kolon står, hvor der ikke kan begynde en ny værdi"),
    (r"mapping keys are not allowed here", "en nøgle står, hvor der ikke kan stå nogen"),
    (r"sequence entries are not allowed here", "en streg til en liste står, hvor der ikke kan stå nogen"),
    (r"could not find expected ':'", "der mangler et kolon efter nøglen"),
    (r"found unexpected ':'", "et kolon står et forkert sted"),
    (r"expected <block end>, but found", "linjen er rykket anderledes ind end dem, den hører sammen med"),
    (r"invalid intend?ation or unclosed", "indrykningen er forkert, eller en parentes er ikke lukket"),
    (r"more indented follow up line", "tekstens første linje er rykket kortere ind end den næste"),
    (r"expected ',' or '\]'", "der mangler et komma eller en ] til sidst i listen"),
    (r"expected ',' or '\}", "der mangler et komma eller en } til sidst"),
    (r"found unexpected end of stream", "filen slutter midt i en tekst; et anførselstegn er ikke lukket"),
    (r"found unexpected document separator", "tre streger står midt i en tekst; et anførselstegn er ikke lukket"),
    (r"found character '\\t' that cannot start any token", "der er rykket ind med tabulator; brug mellemrum"),
    (r"found character (.+) that cannot start any token", r"tegnet \1 kan ikke stå først i en værdi; sæt anførselstegn om"),
    (r"found unknown escape character", "en omvendt skråstreg i en tekst med dobbelte anførselstegn kan ikke læses"),
    (r"invalid Unicode character escape code", "et tegn, som er skrevet med omvendt skråstreg og u eller U, findes ikke"),
    (r"found undefined alias", "en henvisning med * peger på noget, der ikke findes"),
    (r"found duplicate anchor", "et anker med & står to gange"),
    (r"another document", "der er flere dokumenter i filen, adskilt af tre streger"),
    (r"expected '<document start>'", "der står noget uden for filens nøgler"),
    (r"expected the node content", "der mangler en værdi"),
    (r"incompatible YAML document|YAML directive", "YAML-versionen kan ikke læses; slet linjen med %YAML"),
    (r"special characters are not allowed", "filen har et tegn, som ikke kan stå i en tekst"),
)


def translate_parser_message(reason: str) -> str:
    """Return the reason in Danish; an unknown one is returned unchanged."""
    for pattern, danish in _REASONS:
        match = re.search(pattern, reason)
        if match:
            return match.expand(danish)
    return reason
