"""Random codes of ICD-10 and SKS."""

import functools
import random
from collections.abc import Iterator

from validator.catalogue.code_systems import load_icd10


@functools.cache
def _every_who_code() -> list[str]:
    """Return the categories and subcategories of ICD-10."""
    table = load_icd10()
    return [code for code in table.get_all_codes() if table.is_category(code) or table.is_subcategory(code)]


def random_who_codes(count: int, seed: int) -> list[str]:
    """Return random categories and subcategories of ICD-10."""
    return random.Random(seed).sample(_every_who_code(), count)


def random_sks_codes(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield random codes of SKS, and the code of ICD-10 that each was made from."""
    source = random.Random(seed)
    while count:
        code = source.choice(_every_who_code())
        compact = code.replace(".", "")
        room = 6 - len(compact)
        if code[0] in "VWXY" or room < 0:
            continue
        extension = "".join(source.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=source.randint(0, room)))
        yield f"D{compact}{extension}{source.choice(['', '', '+TUL1', '+TUL2+ZDW00'])}", code
        count -= 1
