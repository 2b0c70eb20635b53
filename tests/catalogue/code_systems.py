"""CodeSystems of FHIR for tests, read in memory."""

from typing import Any

import pytest

from tests.catalogue.editions import code_system
from validator.catalogue.editions.formats import BrokenFileError, Distribution, DistributionRow
from validator.catalogue.editions.formats.fhir import read_fhir
from validator.catalogue.editions.formats.located_json import read_json

SYSTEM = "https://example.org/skader"


def concept(code: str, **properties: Any) -> dict[str, Any]:
    """Return a concept with properties, each a value or a pair of a value's member and its value."""
    listed = [{"code": name.replace("_", "-"), **_value(value)} for name, value in properties.items()]
    return {"code": code, "display": f"Titel {code}", "property": listed}


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {value[0]: value[1]}
    if isinstance(value, bool):
        return {"valueBoolean": value}
    return {"valueDateTime" if value[:2].isdecimal() else "valueCode": value}


def read_code_system(*concepts: dict[str, Any], url: str = SYSTEM, **more: Any) -> Distribution:
    """Read a CodeSystem whose titles are Danish where it does not say their language."""
    return read_fhir(read_json(code_system(url, list(concepts), **more).encode(), "x.json"), "x.json", "x", "da")


def read_concept(one: dict[str, Any], **more: Any) -> DistributionRow:
    """Return the row of the only concept of a CodeSystem."""
    (row,) = read_code_system(one, **more).rows
    return row


def refused_code_system(*concepts: dict[str, Any], **more: Any) -> str:
    """Return the text of the error of a CodeSystem that is refused."""
    with pytest.raises(BrokenFileError) as refused:
        read_code_system(*concepts, **more)
    return str(refused.value)
