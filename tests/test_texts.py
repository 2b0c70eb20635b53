"""The texts: the same in three languages, short where a clinician reads them, and Danish written as Danish."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from tests.conftest import ROOT
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import SERVICES
from validator.rulebook.release import Release
from validator.rulebook.vocabulary import VOCABULARY
from validator.rulebook.yaml.problem_texts import TEXTS
from validator.support.lookalikes import find_lookalikes
from validator.texts import (
    FINDINGS,
    LANGUAGES,
    LOOKALIKES,
    PROBLEMS,
    RELEASES,
    alternatives,
    problem_text,
    read_catalogue,
    release_text,
    written_date,
)
from validator.texts.lookalike_texts import lookalike_text

LONGEST = 200
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SUBSTITUTES = re.compile(r"aa|ae|oe")
# Words in which these letters are not å, æ and ø.
DANISH = {"datoen", "datoerne", "gastroenteritis", "nedgroet"}


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def danish_texts(release: Release, catalogue: Catalogue) -> Iterator[str]:
    """Every Danish text that someone may read."""
    yield from (text for pair in FINDINGS["da"].values() for text in pair)
    yield from PROBLEMS["da"].values()
    yield from RELEASES["da"].values()
    yield from (half for wording in TEXTS.values() for half in (wording.what, wording.instead))
    yield from (word.meaning["da"] for word in VOCABULARY.values())
    yield from (rubric.titles["da"] for rubric in catalogue.rubrics.values())
    yield from (text["da"] for rule in release.rules for text in (rule.message, rule.explanation))
    yield from (course.title["da"] for course in release.courses.values())
    yield from (entry.note["da"] for course in release.courses.values() for entry in course.main_diagnosis if entry.note)
    yield from (text["da"] for text in (release.owner, *release.specialties.values()))
    yield from (source.title for source in release.sources.values())


@pytest.fixture(scope="module")
def widest(release: Release, catalogue: Catalogue) -> Mapping[str, Mapping[str, str]]:
    """For each language the longest value that each placeholder can realistically have."""
    widest: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        known = language if language != "sv" else "da"
        course = max((course.title[known] for course in release.courses.values()), key=len)
        title = max((rubric.titles[known] for rubric in catalogue.rubrics.values()), key=len)
        widest[language] = {
            "code": "M17.10",
            "title": title,
            "course": course,
            "other": course,
            "codes": alternatives(("L84", "L86", "L03"), language),
            "system": "ICD-10-SE",
            "characters": lookalike_text(find_lookalikes("\U0001d40c\U0001d7cf\U0001d7d5"), language),
            "service": max(SERVICES, key=len),
            **dict.fromkeys(("given", "rule"), "x" * 40),
            **dict.fromkeys(("wanted", "specialty"), "51"),
            **dict.fromkeys(("first", "last", "phase"), "10"),
            **dict.fromkeys(("count", "limit"), "10000"),
            "date": max((written_date(release.start.replace(month=month, day=28), language) for month in range(1, 13)), key=len),
        }
    return widest


def test_three_languages_say_the_same_things() -> None:
    for texts in (FINDINGS, PROBLEMS, LOOKALIKES, RELEASES):
        assert [*texts] == [*LANGUAGES] == ["da", "en", "sv"]
        assert texts["da"].keys() == texts["en"].keys() == texts["sv"].keys()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_translation_fills_in_the_same_things(language: str) -> None:
    for key, (message, explanation) in FINDINGS["da"].items():
        translated = FINDINGS[language][key]
        assert placeholders(translated[0]) == placeholders(message), key
        assert placeholders(translated[1]) == placeholders(explanation), key
    for key, text in PROBLEMS["da"].items():
        assert placeholders(PROBLEMS[language][key]) == placeholders(text), key
    for texts in (LOOKALIKES, RELEASES):
        for key, text in texts["da"].items():
            assert placeholders(texts[language][key]) == placeholders(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_left_in_danish(language: str) -> None:
    texts = [*PROBLEMS[language].values(), *(text for pair in FINDINGS[language].values() for text in pair)]
    danish = {*PROBLEMS["da"].values(), *(text for pair in FINDINGS["da"].values() for text in pair)}
    assert [text for text in texts if not text.strip() or text != text.strip()] == []
    if language != "da":
        assert {text for text in texts if text in danish} <= {"{note}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_short_with_the_longest_words_in_it(language: str, widest: Mapping[str, Mapping[str, str]]) -> None:
    for key, (message, _) in FINDINGS[language].items():
        assert placeholders(message) <= widest[language].keys(), key
        assert len(message.format_map(widest[language])) <= LONGEST, key


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_rule_s_message_is_short_with_the_longest_words_in_it(
    language: str, release: Release, widest: Mapping[str, Mapping[str, str]]
) -> None:
    for rule in release.rules:
        assert len(rule.message[language].format_map(widest[language])) <= LONGEST, rule.id


def test_danish_is_written_with_its_own_letters(release: Release, catalogue: Catalogue) -> None:
    words = {word for text in danish_texts(release, catalogue) for word in re.findall(r"[^\W\d_]+", text.lower())}
    assert len(words) > 1_000
    assert sorted(word for word in words if SUBSTITUTES.search(word) and word not in DANISH) == []
    assert sorted(word for word in words if re.search("[äöü]", word)) == []


def test_the_heuristic_finds_a_substitute_and_its_exceptions_are_needed(release: Release, catalogue: Catalogue) -> None:
    assert all(map(SUBSTITUTES.search, ["udstraaling", "knae", "proeve"]))
    words = {word for text in danish_texts(release, catalogue) for word in re.findall(r"[^\W\d_]+", text.lower())}
    assert words >= DANISH


def swedish_texts(releases: list[Release], catalogue: Catalogue) -> Iterator[str]:
    """Every Swedish text that someone may read."""
    yield from (text for pair in FINDINGS["sv"].values() for text in pair)
    yield from PROBLEMS["sv"].values()
    yield from RELEASES["sv"].values()
    yield from (titles["sv"] for titles in catalogue.icd10_se.values())
    for release in (release for release in releases if "sv" in release.languages):
        yield from (text["sv"] for rule in release.rules for text in (rule.message, rule.explanation))
        yield release.owner["sv"]
        yield from (source.title for source in release.sources.values())


def test_swedish_is_written_with_its_own_letters(releases: list[Release], catalogue: Catalogue) -> None:
    words = {word for text in swedish_texts(releases, catalogue) for word in re.findall(r"[^\W\d_]+", text.lower())}
    assert len(words) > 400
    assert sorted(word for word in words if re.search("[æøü]|aa|ae|oe", word)) == []


@pytest.mark.parametrize("key", ["unknown-code", "wrong-system", "process-code", "retired-code"])
@pytest.mark.parametrize(
    ("language", "words"), [("da", "notatet kan og skal altid gemmes"), ("en", "must always be saved"), ("sv", "alltid sparas")]
)
def test_what_blocks_says_that_the_note_may_be_saved(key: str, language: str, words: str) -> None:
    assert words in FINDINGS[language][key][1]


def test_what_does_not_block_says_no_such_thing() -> None:
    assert "notatet" not in FINDINGS["da"]["process-code-danish"][1]


def test_dates_and_lists_are_written_as_the_language_does(release: Release) -> None:
    day = release.start.replace(year=2025, month=4)
    assert [written_date(day, language) for language in LANGUAGES] == ["1. april 2025", "1 April 2025", "1 april 2025"]
    codes = ("L84", "L86", "L03")
    assert [alternatives(codes, language) for language in LANGUAGES] == [
        "L84, L86 eller L03",
        "L84, L86 or L03",
        "L84, L86 eller L03",
    ]
    assert alternatives(codes[:1], "da") == "L84"


def test_a_problem_s_text_is_filled_in() -> None:
    assert problem_text("too-many", "da", {"limit": 100}) == "Listen må højst have 100 elementer."
    assert problem_text("required", "en") == PROBLEMS["en"]["required"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_about_a_release_is_filled_in(language: str) -> None:
    for key, text in RELEASES[language].items():
        values = {name: f"<{name}>" for name in placeholders(text)}
        filled = release_text(key, language, **values)
        assert filled.strip()
        assert all(value in filled for value in values.values()), key
        assert "{" not in filled, key


CODE = re.compile(r"(?<![\w+])D?[A-TV-Z]\d{2}(?:\.?\d\w?)?(?!\w)")
# A whole contact, to be sent as it is.
CODES_IN_TEXTS = {"serve.example", "serve.example-with-key"}
# Help on a field ("fx ..."), an example of the contract in the OpenAPI document, and codes as data: no remedies.
CODES_IN_MODULES = {
    "web/api/request_examples.py",  # what a caller of the API may try
    "catalogue/editions/edition_import.py",
    "judging/referral_and_phase_checks.py",
    "requests/request.py",
    "rulebook/yaml/file_keys.py",
    "training/answer_schema.py",
    "training/case_file_keys.py",
    "web/pages/example_contacts.py",
}
CODES_ON_PAGES = {"catalogue/search.html", "tryout/fields.html"}  # help on a field


def fixed_texts() -> Iterator[tuple[str, str]]:
    """Every text of the message catalogues with its key, in every language."""
    for file in sorted((ROOT / "validator" / "texts").glob("*.toml")):
        remaining: list[tuple[str, object]] = [*read_catalogue(file.stem).items()]
        while remaining:
            key, value = remaining.pop()
            if isinstance(value, dict):
                remaining += [(f"{key}.{name}", inner) for name, inner in value.items()]
            else:
                yield key, str(value)


def strings_of_modules() -> Iterator[tuple[str, str]]:
    """Every string of the package's modules with its file, without docstrings."""
    for file in sorted((ROOT / "validator").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
                yield str(file.relative_to(ROOT / "validator")), node.value


def test_no_text_names_a_code_of_its_own() -> None:
    """What to write instead is made of what was written: a reader copies a fixed code, and DG35 is sclerosis."""
    texts = list(fixed_texts())
    assert len(texts) > 600
    assert {key for key, text in texts if CODE.search(text)} == CODES_IN_TEXTS


def test_no_string_of_a_module_names_a_code_of_its_own() -> None:
    assert {file for file, text in strings_of_modules() if CODE.search(text)} - CODES_IN_MODULES == set()


def test_no_page_names_a_code_of_its_own() -> None:
    folder = ROOT / "validator" / "web" / "pages" / "templates"
    files = sorted(folder.rglob("*.html"))
    assert len(files) > 20
    assert {str(file.relative_to(folder)) for file in files if CODE.search(file.read_text(encoding="utf-8"))} == CODES_ON_PAGES


@pytest.mark.parametrize("text", ["Skriv den som DG35.", "fx M17.1: {value}", "Mente du L84?"])
def test_a_code_in_a_text_is_recognised(text: str) -> None:
    assert CODE.search(text)
