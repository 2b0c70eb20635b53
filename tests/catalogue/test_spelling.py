"""Words in ASCII, stems, and the parts of compounds."""

import pytest

from validator.catalogue.search.spelling import Compounds, fold_vowels, split_words, stem_word


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mb. Ménière, knæ-OA", ["mb", "meniere", "knae", "oa"]),
        ("ØRESTEN", ["oeresten"]),
        ("håndled", ["haandled"]),
        ("ha\u030andled", ["haandled"]),
        ("knäartros", ["knaeartros"]),
        ("L 84", ["l", "84"]),
        ("-57", ["57"]),
        ("ﬁbromyalgi", ["fibromyalgi"]),
        ("Straße", ["strasse"]),
        ("膝 👍 \x00\ud800", []),
        ("", []),
    ],
)
def test_words_are_converted_to_ascii(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize("typed", ["håndled", "haandled", "handled", "HANDLED"])
def test_a_word_without_dots_and_rings_is_the_same(typed: str) -> None:
    assert [fold_vowels(word) for word in split_words(typed)] == ["handled"]


def test_a_compound_keeps_both_its_vowels() -> None:
    assert fold_vowels("knaeartrose") == "knaartrose"


@pytest.mark.parametrize(
    "forms",
    [
        ("knæ", "knæet", "knæene", "knæets"),
        ("skulder", "skulderen", "skuldre", "skuldrene", "skulders"),
        ("finger", "fingeren", "fingre", "fingrene"),
        ("nakke", "nakken", "nakkens"),
        ("ryg", "ryggen", "rygge"),
        ("led", "leddet", "leddene"),
        ("hofte", "hoften", "hofter", "hofterne"),
        ("smerte", "smerter", "smerterne", "smertens"),
        ("artrose", "artros", "artrosen"),
        ("lænd", "lænden", "lænde"),
        ("skade", "skader", "skaden", "skades"),
    ],
)
def test_the_forms_of_a_word_have_the_same_stem(forms: tuple[str, ...]) -> None:
    assert len({stem_word(fold_vowels(split_words(form)[0])) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("hals", "hal"), ("migrene", "mig"), ("ben", "be"), ("es", "e"), ("arm", "ar")])
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem_word(one) != stem_word(other)


def compounds() -> Compounds:
    words = [
        "knasmerter",
        "hoftesmerter",
        "knagigt",
        "hoftegigt",
        "kna",
        "hofte",
        "smerter",
        "gigt",
        "skulder",
        "mig",
        "migren",
        "ren",
    ]
    return Compounds(words, map(stem_word, words))


@pytest.mark.parametrize(("word", "parts"), [("knasmerter", ("kna", "smert")), ("hoftegigt", ("hoft", "gigt"))])
def test_a_compound_is_split(word: str, parts: tuple[str, str]) -> None:
    assert compounds().split(stem_word(word)) == parts


@pytest.mark.parametrize("word", ["migren", "skulderfoo", "kna", ""])
def test_other_words_are_not_split(word: str) -> None:
    assert compounds().split(stem_word(word)) == ()


def test_without_words_there_are_no_compounds() -> None:
    assert Compounds([], []).split("knasmert") == ()
