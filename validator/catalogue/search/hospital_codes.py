"""Search for hospital codes (ICD-10 and SKS), and their bridges to rubrics."""

import re
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, SKS
from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.code_search import SearchHit, code_search

# Decided by form, since a look-up would load ICD-10.
_HOSPITAL_CODE = re.compile(r"D?([A-Z][0-9]{2})\.?([0-9]{0,2})")


def bridged_rubrics(catalogue: Catalogue, text: str) -> list[Rubric]:
    """Return the rubrics that a code of ICD-10 or SKS is bridged to, the preferred one first.

    Any other text has none.
    """
    code = normal_form(text)
    match = _HOSPITAL_CODE.fullmatch(code)
    if match is None or code in catalogue.rubrics:
        return []
    dotted = f"{match[1]}.{match[2]}" if match[2] else match[1]
    return [catalogue.rubrics[target] for target in catalogue.bridge_targets(dotted)]


def search_codes(catalogue: Catalogue, text: str, *, physiotherapy: bool = False) -> list[SearchHit]:
    """Return the rubrics that a hospital code is bridged to, else those that the search finds."""
    if bridged := bridged_rubrics(catalogue, text):
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
