"""A hospital's codes beside ICPC-2: what one that is looked for corresponds to, and those that correspond to a rubric."""

import re
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, SKS
from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.code_search import SearchHit

# By its form: to ask the table of ICD-10 would load it.
_HOSPITAL_CODE = re.compile(r"D?([A-Z][0-9]{2})\.?([0-9]{0,2})")


def corresponding(catalogue: Catalogue, text: str) -> list[Rubric]:
    """The rubrics that a code of ICD-10 or SKS is bridged to, the preferred first; none where the text is no such code."""
    written = normal_form(text)
    match = _HOSPITAL_CODE.fullmatch(written)
    if match is None or written in catalogue.rubrics:
        return []
    dotted = f"{match[1]}.{match[2]}" if match[2] else match[1]
    return [catalogue.rubrics[target] for target in catalogue.bridge(dotted)]


def found(catalogue: Catalogue, text: str, *, physiotherapy: bool = False) -> list[SearchHit]:
    """What a text finds: what it corresponds to where it is a hospital's code, else what the search finds by it as words."""
    if bridged := corresponding(catalogue, text):
        return [SearchHit(rubric, text) for rubric in bridged]
    return catalogue.search.find(text, physiotherapy=physiotherapy)


def bridges_json(catalogue: Catalogue, rubric: Rubric) -> list[dict[str, Any]]:
    """The codes of ICD-10 and SKS that are bridged to a rubric; `preferred` where it is the first choice for the code."""
    found = ((origin, catalogue.bridges[origin][0] == rubric.code) for origin in catalogue.bridges_to(rubric.code))
    return [
        {"system": system, "code": code, "preferred": preferred}
        for origin, preferred in found
        for system, code in ((ICD10, origin), (SKS, f"D{origin.replace('.', '')}"))
    ]
