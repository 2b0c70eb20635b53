"""Characters that cannot be seen, or that only look like a letter, a digit or a sign of a code."""

import re
import unicodedata
from typing import NamedTuple

# The capitals of Cyrillic and Greek that look like a Latin one, or whose small letters do, and one that looks like a 3: from the
# confusables of Unicode (UTS 39). Wide, mathematical and similar forms need no table: Unicode itself equates them (NFKC).
_CAPITALS = {
    "A": "\u0410\u0391",
    "B": "\u0412\u0392",
    "C": "\u0421\u03f9",
    "D": "\u0500",
    "E": "\u0415\u0395",
    "F": "\u03dc",
    "G": "\u050c",
    "H": "\u041d\u04ba\u0397",
    "I": "\u0406\u04c0\u0399",
    "J": "\u0408\u037f",
    "K": "\u041a\u039a",
    "M": "\u041c\u039c\u03fa",
    "N": "\u039d",
    "O": "\u041e\u039f",
    "P": "\u0420\u03a1",
    "Q": "\u051a",
    "S": "\u0405",
    "T": "\u0422\u03a4",
    "V": "\u0474",
    "W": "\u051c",
    "X": "\u0425\u03a7",
    "Y": "\u0423\u04ae\u03a5",
    "Z": "\u0396",
    "3": "\u0417",
}
_LATIN = {form(sign): form(latin) for latin, signs in _CAPITALS.items() for sign in signs for form in (str.lower, str.upper)}

# Not seen though Unicode counts them as letters, marks or symbols: joiners, fillers, blanks and variation selectors.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_OF_CODES = re.compile("[A-Za-z0-9.+-]")
_MINUS = "\u2212"
INVISIBLE_SIGN = "·"  # stands for an invisible character in a message


class Lookalike(NamedTuple):
    """A character with the one that it looks like, "" where it cannot be seen."""

    character: str
    meant: str

    @property
    def code_point(self) -> str:
        """The character as Unicode writes it, such as "U+200B"."""
        return f"U+{ord(self.character):04X}"

    @property
    def alphabet(self) -> str:
        """The first word of its name, such as "cyrillic", "greek" or "fullwidth"."""
        return unicodedata.name(self.character, "").partition(" ")[0].lower()


def is_invisible(character: str) -> bool:
    """Return whether a character shows nothing; a blank in ASCII is none of them."""
    return not character.isprintable() or _UNSEEN.match(character) is not None


def show_invisible(text: str) -> str:
    """Return a text for a message, with a dot for each invisible character."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(INVISIBLE_SIGN if is_invisible(character) else character for character in text)


def remove_invisible(text: str) -> str:
    """Return a text without what cannot be seen; blanks of every kind stay."""
    return "".join(character for character in text if character.isspace() or not is_invisible(character))


def find_lookalikes(text: str) -> tuple[Lookalike, ...]:
    """Return the different characters of a text that cannot be seen or only look like those of a code, in order."""
    if text.isascii() and text.isprintable():
        return ()
    meant = {character: _meant(character) for character in text}
    return tuple(Lookalike(character, latin) for character, latin in meant.items() if latin is not None)


def replace_lookalikes(text: str) -> str:
    """Return a text as it looks: without invisible characters, and with the letters and digits that are meant."""
    meant = {ord(item.character): item.meant for item in find_lookalikes(text)}
    return text.translate(meant)


def _meant(character: str) -> str | None:
    """Return what a character looks like, "" where it cannot be seen; None for any other."""
    if is_invisible(character):
        return ""
    if character.isascii():
        return None
    if unicodedata.category(character) == "Pd" or character == _MINUS:
        return "-"
    digit = unicodedata.digit(character, None)
    latin = _LATIN.get(character) or (unicodedata.normalize("NFKC", character) if digit is None else str(digit))
    return latin if _OF_CODES.fullmatch(latin) else None
