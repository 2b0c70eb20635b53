"""Export of the catalogue as CSV or FHIR CodeSystem, and of bridges as ConceptMap.

CSV and CodeSystem can be imported again.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS, URIS
from validator.catalogue.editions.edition import Concept
from validator.catalogue.rubric import Rubric
from validator.catalogue.validity import most_relevant_period
from validator.support.spreadsheet_csv import write_spreadsheet_csv
from validator.texts import danish_text

_CLASSIFICATION = ("chapter", "component", "kind")
_PROPERTIES = {
    "chapter": ("string", "The chapter of ICPC-2"),
    "component": ("integer", "The component of ICPC-2, 1-7"),
    "kind": ("string", "symptom, process, infection, neoplasm, injury, congenital or other"),
    "valid-from": ("dateTime", "The first day on which the code is valid"),
    "valid-to": ("dateTime", "The last day on which the code is valid"),
}
Code = Rubric | Concept


class UnknownSystemError(Exception):
    """The catalogue has no codes of the system; the text lists the systems it has."""


def export_csv(catalogue: Catalogue, system: str, date: datetime.date) -> bytes:
    """Return a system's codes that are valid on a day as CSV for programs. Raises UnknownSystemError."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(_table(catalogue, system, date))
    return output.getvalue().encode()


def export_spreadsheet(catalogue: Catalogue, system: str, date: datetime.date) -> bytes:
    """Return the same codes as CSV for a Danish spreadsheet. Raises UnknownSystemError."""
    return write_spreadsheet_csv(_table(catalogue, system, date), "da")


def _table(catalogue: Catalogue, system: str, date: datetime.date) -> Iterator[list[object]]:
    codes = _valid_codes(catalogue, system, date)
    languages = sorted({language for code in codes for language in code.titles})
    yield ["code", *_CLASSIFICATION, *(f"title_{language}" for language in languages), "valid_from", "valid_to"]
    for code in codes:
        classification = [getattr(code, name) or "" for name in _CLASSIFICATION]
        titles = [code.titles.get(language, "") for language in languages]
        yield [code.code, *classification, *titles, code.valid_from or "", code.valid_to or ""]


def export_code_system(catalogue: Catalogue, system: str, date: datetime.date) -> bytes:
    """Return the same codes as a CodeSystem of FHIR R4. Raises UnknownSystemError."""
    codes = _valid_codes(catalogue, system, date)
    source = catalogue.edition_source(system) or catalogue.source
    used = {item["code"] for code in codes for item in _properties(code)}
    return _json(
        {
            "resourceType": "CodeSystem",
            "url": system_uri(system),
            "version": catalogue.edition_name(system),
            "name": "Kodevagt",
            "title": source["title"],
            "status": "active",
            "date": source["date"],
            "language": "da",
            "caseSensitive": False,
            "content": "complete",
            "count": len(codes),
            "property": [
                {"code": name, "type": kind, "description": description}
                for name, (kind, description) in _PROPERTIES.items()
                if name in used
            ],
            "concept": [_concept(code) for code in codes],
        }
    )


def export_concept_map(catalogue: Catalogue, date: datetime.date) -> bytes:
    """Return the bridges to codes that are valid on a day as a ConceptMap of FHIR R4.

    They lead from ICD-10 and SKS to ICPC-2.
    The preferred target comes first. None is marked as equivalent: bridges are aids for suggestions.
    """
    valid = {code.code for code in _valid_codes(catalogue, ICPC, date)}
    bridges = {origin: [target for target in targets if target in valid] for origin, targets in sorted(catalogue.bridges.items())}
    sks = {f"D{origin.replace('.', '')}": targets for origin, targets in bridges.items()}
    return _json(
        {
            "resourceType": "ConceptMap",
            "url": "urn:kodevagt:bridges",
            "version": catalogue.edition,
            "name": "KodevagtBridges",
            "title": danish_text("catalogue.concept-map-title"),
            "description": danish_text("catalogue.concept-map-description"),
            "status": "active",
            "date": catalogue.timeline.base.source["date"],
            "group": [
                {
                    "source": system_uri(system),
                    "target": system_uri(ICPC),
                    "element": [
                        {"code": origin, "target": list(_targets(targets))} for origin, targets in mapped.items() if targets
                    ],
                }
                for system, mapped in ((ICD10, bridges), (SKS, sks))
            ],
        }
    )


def system_uri(system: str) -> str:
    """Return the URI of a system in FHIR, the first where it has several."""
    return next((uri for uri, name in URIS.items() if name == system), system if ":" in system else f"urn:kodevagt:{system}")


def _valid_codes(catalogue: Catalogue, system: str, date: datetime.date) -> list[Code]:
    imported = catalogue.imported.get(system)
    concepts = imported.concepts if imported else {}
    all_codes: list[Code] = [*(catalogue.rubrics if system == ICPC else concepts).values()]
    codes = [_as_on(code, date) for code in all_codes if code.is_valid(date)]
    if not codes:
        raise UnknownSystemError(", ".join([ICPC, *(name for name in catalogue.imported if name != ICPC)]))
    return codes


def _as_on(code: Code, date: datetime.date) -> Code:
    """Return a code with the period that a day is in as its only one."""
    if not code.other_periods:
        return code
    first, last = most_relevant_period(code.periods, date)
    start, end = (None if first == datetime.date.min else first), (None if last == datetime.date.max else last)
    return replace(code, valid_from=start, valid_to=end, other_periods=())


def _concept(code: Code) -> dict[str, Any]:
    titles = dict(code.titles)
    display = titles.pop("da", None)
    shown = {"display": display} if display else {}
    designations = [{"language": language, "value": title} for language, title in sorted(titles.items())]
    optional = {"designation": designations, "property": _properties(code)}
    return {"code": code.code, **shown, **{name: value for name, value in optional.items() if value}}


def _properties(code: Code) -> list[dict[str, Any]]:
    days = {"valid-from": code.valid_from, "valid-to": code.valid_to}
    values: dict[str, Any] = {name: getattr(code, name) for name in _CLASSIFICATION} | days
    members = {"string": "valueString", "integer": "valueInteger", "dateTime": "valueDateTime"}
    return [
        {"code": name, members[_PROPERTIES[name][0]]: value.isoformat() if isinstance(value, datetime.date) else value}
        for name, value in values.items()
        if value
    ]


def _targets(targets: list[str]) -> Iterator[dict[str, str]]:
    for number, target in enumerate(targets):
        yield {"code": target, "equivalence": "relatedto", **({"comment": "preferred"} if number == 0 and len(targets) > 1 else {})}


def _json(resource: dict[str, Any]) -> bytes:
    return (json.dumps(resource, ensure_ascii=False, indent=1) + "\n").encode()
