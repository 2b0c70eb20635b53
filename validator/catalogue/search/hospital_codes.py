"""Search for hospital codes (ICD-10 and SKS), and their bridges to rubrics."""

import re
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, SKS, to_icd10, without_add_ons
from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.code_search import SearchHit, code_search

_HOSPITAL_CODE = re.compile(r"D?([A-Z][0-9]{2})\.?([0-9A-Z]{0,4})")  # also as other countries extend ICD-10 (M17.1A)
_SEPARATE_NUMBERS = re.compile(r"[0-9]\s+\S")  # "C5 6" are two vertebrae, not a code


def bridged_rubrics(catalogue: Catalogue, text: str) -> list[Rubric] | None:
    """Return the rubrics that a code of ICD-10 or SKS is bridged to, the preferred one first.

    They are those of its nearest ancestor with a bridge, if there is one. None for a text that has not the form of such a code,
    and for a code of ICPC-2.
    """
    code = normal_form(text)
    if code in catalogue.rubrics or _SEPARATE_NUMBERS.search(text.strip()):
        return None
    parts = _HOSPITAL_CODE.fullmatch(without_add_ons(code))
    if parts is None:
        return [] if catalogue.find_concept(code, SKS) else None
    category, extension = parts.groups()
    targets = catalogue.bridge_targets(f"{category}.{extension}")
    if not targets and code == category and to_icd10(category) is None:
        return None  # three characters may be a word, such as B12
    return list(filter(None, map(catalogue.get, targets)))  # an imported edition may lack a code


def search_codes(catalogue: Catalogue, text: str, *, physiotherapy: bool = False) -> list[SearchHit]:
    """Return the rubrics that a hospital code is bridged to; for any other text, those that the search finds."""
    bridged = bridged_rubrics(catalogue, text)
    if bridged is not None:
        return [SearchHit(rubric, text) for rubric in bridged]
    return code_search(catalogue).find(text, physiotherapy=physiotherapy)


def bridges_json(catalogue: Catalogue, rubric: Rubric) -> list[dict[str, Any]]:
    """Return the codes of ICD-10 and SKS that are bridged to a rubric.

    `preferred` where it is their first target.
    """
    origins = ((origin, catalogue.bridges[origin][0] == rubric.code) for origin in catalogue.bridge_origins(rubric.code))
    return [
        {"system": system, "code": code, "preferred": preferred}
        for origin, preferred in origins
        for system, code in ((ICD10, origin), (SKS, f"D{origin.replace('.', '')}"))
    ]
