"""Characters that cannot be seen or only look like those of a code."""

import pytest

from validator.catalogue.rubric import normal_form
from validator.support.lookalikes import find_lookalikes, replace_lookalikes, show_invisible
from validator.texts import LANGUAGES
from validator.texts.lookalike_texts import lookalike_text

INVISIBLE = {
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "Arabic letter mark": "\u061c",
    "variation selector": "\ufe0f",
    "another variation selector": "\U000e0100",
    "combining grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
    "tag": "\U000e0041",
    "control character": "\u0007",
    "delete": "\u007f",
}


@pytest.mark.parametrize("character", INVISIBLE.values(), ids=INVISIBLE)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_an_invisible_character_is_found_anywhere(character: str, place: int) -> None:
    code = "L84"[:place] + character + "L84"[place:]
    (found,) = find_lookalikes(code)
    assert (found.character, found.meant, replace_lookalikes(code)) == (character, "", "L84")
    assert show_invisible(code) == "L84"[:place] + "·" + "L84"[place:]
    for language in LANGUAGES:
        text = lookalike_text([found], language)
        assert character not in text
        assert found.code_point in text


@pytest.mark.parametrize(
    ("written", "meant", "text"),
    [
        ("\u042184", "C84", "det kyrilliske С (U+0421) i stedet for C"),
        ("\u039c17", "M17", "det græske Μ (U+039C) i stedet for M"),
        ("\uff2c84", "L84", "det brede Ｌ (U+FF2C) i stedet for L"),
        ("\U0001d40b84", "L84", "det matematiske 𝐋 (U+1D40B) i stedet for L"),
        ("\U0001d5db84", "H84", "det matematiske 𝗛 (U+1D5DB) i stedet for H"),
        ("L8\u0664", "L84", "det arabiske ٤ (U+0664) i stedet for 4"),
        ("L8\u06f4", "L84", "tegnet ۴ (U+06F4) i stedet for 4"),
        ("L\u096e4", "L84", "tegnet ८ (U+096E) i stedet for 8"),
        ("\u216c84", "L84", "tegnet Ⅼ (U+216C) i stedet for L"),
        ("\u201330", "-30", "tegnet – (U+2013) i stedet for -"),
        ("\u221230", "-30", "tegnet − (U+2212) i stedet for -"),
        ("M17\uff0e1", "M17.1", "det brede ． (U+FF0E) i stedet for ."),
        ("\u0441", "c", "det kyrilliske с (U+0441) i stedet for c"),
    ],
)
def test_a_character_of_another_alphabet_is_named(written: str, meant: str, text: str) -> None:
    found = find_lookalikes(written)
    assert (replace_lookalikes(written), lookalike_text(found, "da")) == (meant, text)


@pytest.mark.parametrize(
    "code", ["L84", "M17.1", "DS721+TUL1", "-30", "L9O", "?", "Å84", "Æ84", "É84", "🦴", "Ж84", "中84", "L 84", "ﬁ84", "…", ""]
)
def test_what_looks_like_itself_is_left_alone(code: str) -> None:
    assert (find_lookalikes(code), replace_lookalikes(code)) == ((), code)


@pytest.mark.parametrize("code", ["\u00a0l\u202f84", "L\u3000 84", "\u2009L84\u2003"])
def test_blanks_are_dropped_before(code: str) -> None:
    assert (normal_form(code), find_lookalikes(normal_form(code))) == ("L84", ())


def test_several_characters_are_named_once_and_two_at_most() -> None:
    assert lookalike_text(find_lookalikes("\u200bL\u200b84"), "da") == "et usynligt tegn (U+200B)"
    two = "det brede Ｌ (U+FF2C) i stedet for L og det brede ８ (U+FF18) i stedet for 8"
    assert lookalike_text(find_lookalikes("\uff2c\uff184"), "da") == two
    assert lookalike_text(find_lookalikes("\u200b\uff2c\uff18\uff14"), "da").endswith("i stedet for L og flere")
