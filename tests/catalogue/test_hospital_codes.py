"""A search by a code of ICD-10 or SKS: its bridge, its nearest ancestor's, or nothing."""

import functools
import random
from collections.abc import Iterator

import pytest

from tests.catalogue.editions import edition
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, SKS, load_icd10
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.search.hospital_codes import bridged_rubrics, search_codes

_LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def found(catalogue: Catalogue, text: str) -> list[str]:
    return [hit.rubric.code for hit in search_codes(catalogue, text)]


def nearest_bridge(catalogue: Catalogue, code: str) -> list[str]:
    """Return the targets of the nearest ancestor in ICD-10, by its own tree."""
    ancestors = [code, *load_icd10().get_ancestors(code)]
    return list(next((catalogue.bridges[item] for item in ancestors if item in catalogue.bridges), ()))


@functools.cache
def every_who_code() -> list[str]:
    """Return the categories and subcategories of ICD-10."""
    table = load_icd10()
    return [code for code in table.get_all_codes() if table.is_category(code) or table.is_subcategory(code)]


def who_codes(count: int, seed: int) -> list[str]:
    return random.Random(seed).sample(every_who_code(), count)


def sks_codes(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield random codes of SKS, and the code of ICD-10 that each was made from."""
    source = random.Random(seed)
    while count:
        code = source.choice(every_who_code())
        compact = code.replace(".", "")
        room = 6 - len(compact)
        if code[0] in "VWXY" or room < 0:
            continue
        extension = "".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=source.randint(0, room)))
        yield f"D{compact}{extension}{source.choice(['', '', '+TUL1', '+TUL2+ZDW00'])}", code
        count -= 1


@pytest.mark.parametrize("seed", range(5))
def test_a_who_code_finds_the_bridge_of_its_nearest_ancestor_or_nothing(catalogue: Catalogue, seed: int) -> None:
    wrong = [
        (code, typed)
        for code in who_codes(2000, seed)
        for typed in (code, code.replace(".", ""), code.lower(), f" {code} ")
        if code not in catalogue.rubrics and found(catalogue, typed) != nearest_bridge(catalogue, code)
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", range(5))
def test_an_sks_code_finds_the_bridge_of_its_nearest_ancestor_or_nothing(catalogue: Catalogue, seed: int) -> None:
    made = list(sks_codes(2000, seed))
    assert [code for code, origin in made if found(catalogue, code) != nearest_bridge(catalogue, origin)] == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Z96.6", ["A89", "L28"]),
        ("Z50.1", ["A99"]),
        ("N18.9", ["U99"]),
        ("M17.1A", ["L90"]),
        ("m 17.1", ["L90"]),
        ("DM080A", ["L88"]),
        ("DS721+TUL1", ["L75"]),
        ("DI109", ["K86"]),
    ],
)
def test_a_code_is_found_with_or_without_point_and_extension(catalogue: Catalogue, text: str, codes: list[str]) -> None:
    assert found(catalogue, text) == codes


@pytest.mark.parametrize("text", ["A96.1", "L999", "L845", "DM279", "DM27", "DV01", "V01.1"])
def test_a_code_without_a_bridge_finds_nothing(catalogue: Catalogue, text: str) -> None:
    assert found(catalogue, text) == []
    assert bridged_rubrics(catalogue, text) == []


@pytest.mark.parametrize(("text", "first"), [("A96", "A96"), ("N18", "N18"), ("l 84", "L84"), ("-57", "-57"), ("b12", "B81")])
def test_a_code_of_icpc_and_a_word_are_no_hospital_codes(catalogue: Catalogue, text: str, first: str) -> None:
    assert bridged_rubrics(catalogue, text) is None
    assert found(catalogue, text)[0] == first


def test_two_vertebrae_are_no_code(catalogue: Catalogue) -> None:
    assert bridged_rubrics(catalogue, "C5 6") is None


def test_a_national_code_of_an_imported_edition_is_a_code_without_a_bridge(catalogue: Catalogue) -> None:
    imported = add_editions(catalogue, [edition("sks", "2025-01-01", {"ZZ9999A": "Hjemlig kode"}, system=SKS)])
    assert bridged_rubrics(catalogue, "ZZ9999A") is None
    assert bridged_rubrics(imported, "ZZ9999A") == []


def test_declared_hospital_codes_are_known(catalogue: Catalogue) -> None:
    assert [code for code in who_codes(2000, 3) if not catalogue.is_member(code, ICD10)] == []
    assert [code for code, _ in sks_codes(2000, 3) if not catalogue.is_member(code, SKS)] == []
