"""Letters that were damaged by a wrong encoding: the replacement character, and UTF-8 that was read as Windows-1252.

A capital letter such as Ã is a letter of other languages too. So a pair is only reported where it is the UTF-8 of a letter, and
where its second character cannot be a punctuation mark after a word in capitals: "IRMÃ…" is Portuguese, "Ã…reknude" is not.
"""

import re

from validator.catalogue.editions.formats.distribution import Distribution
from validator.texts import danish_text

_REPLACEMENT = "\ufffd"
_MAX_LINES = 10  # in a message
# The second character of a pair, as Windows-1252 or Latin-1 shows the bytes 80 to BF.
_SIGNS = "€ƒ†‡ˆ‰˜™\x81\x8d\x8f\x90\x9d\x80\x83\x86-\x8a\x8c\x8e\x98-\x9a\x9c\x9e\x9f¢-ª¬\xad-¶¸-º¼-¾"
_LETTERS = "ŠšŒœŽžŸ"
_PUNCTUATION = "‚„…‹›‘’“”•–—¡«»¿·\x82\x84\x85\x8b\x91-\x97\x9b"
_PAIR = re.compile(
    rf"[ÃÄÅ][{_SIGNS}]|Ã[{_LETTERS}]|[ÃÄÅ][{_PUNCTUATION}](?=[^\W_])|(?<=[^\W\d_A-ZÀ-ÞŒŠŽŸ])[ÃÄÅ][{_PUNCTUATION}]"
    r"|Â[°±²³µ¼½¾§]|â€."
)


def refuse_damaged_letters(distribution: Distribution, encoding: str) -> None:
    """Raise BrokenFileError, with the lines, where codes or titles have damaged letters; `encoding` is the chosen one."""
    damaged = {
        row.line: found for row in distribution.rows if (found := find_damaged_letter(" ".join([row.code, *row.titles.values()])))
    }
    if not damaged:
        return
    lines = sorted(damaged)
    found = damaged[lines[0]]
    values = {
        "found": found,
        "meant": _repaired(found),
        "number": len(lines),
        "lines": ", ".join(map(str, lines[:_MAX_LINES])) + (" …" if len(lines) > _MAX_LINES else ""),
    }
    fault = danish_text("distribution.missing-letters" if found == _REPLACEMENT else "distribution.damaged-letters", **values)
    remedy = danish_text("distribution.other-encoding" if encoding else "distribution.save-as-utf-8")
    raise distribution.error_at(lines[0], f"{fault} {remedy}")


def find_damaged_letter(text: str) -> str | None:
    """Return the first damaged letter of a text as it is written, None without one."""
    if text.isascii():
        return None
    if _REPLACEMENT in text:
        return _REPLACEMENT
    return next((match[0] for match in _PAIR.finditer(text) if _repaired(match[0])), None)


def _repaired(damaged: str) -> str | None:
    """Return the letter whose UTF-8 was read as Windows-1252, None where it is not UTF-8."""
    try:
        return b"".join(map(_byte, damaged)).decode()
    except UnicodeError:
        return None


def _byte(character: str) -> bytes:
    """Return the byte that Windows-1252 shows as a character, or Latin-1 where Windows-1252 has none."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
