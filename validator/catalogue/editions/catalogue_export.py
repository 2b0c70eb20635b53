"""The catalogue as others read it: CSV and a CodeSystem of FHIR, which can be taken in again, and a ConceptMap of the bridges."""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS, URIS
from validator.catalogue.editions.edition import Concept
from validator.catalogue.rubric import Rubric

_PLACE = ("chapter", "component", "kind")
_PROPERTIES = {
    "chapter": ("string", "The chapter of ICPC-2"),
    "component": ("integer", "The component of ICPC-2, 1-7"),
    "kind": ("string", "symptom, process, infection, neoplasm, injury, congenital or other"),
    "valid-from": ("dateTime", "The first day on which the code is valid"),
    "valid-to": ("dateTime", "The last day on which the code is valid"),
}
Code = Rubric | Concept


class UnknownSystemError(Exception):
    """The catalogue has no codes of the system; the text names those it has."""


def export_csv(catalogue: Catalogue, system: str, date: datetime.date) -> str:
    """The codes of a system that are valid on a day, with their titles, as CSV. Raises UnknownSystemError."""
    codes = _codes(catalogue, system, date)
    languages = sorted({language for code in codes for language in code.titles})
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(["code", *_PLACE, *(f"title_{language}" for language in languages), "valid_from", "valid_to"])
    for code in codes:
        place = [getattr(code, name) or "" for name in _PLACE]
        titles = [code.titles.get(language, "") for language in languages]
        table.writerow([code.code, *place, *titles, code.valid_from or "", code.valid_to or ""])
    return written.getvalue()


def export_code_system(catalogue: Catalogue, system: str, date: datetime.date) -> str:
    """The same as a CodeSystem of FHIR R4. Raises UnknownSystemError."""
    codes = _codes(catalogue, system, date)
    source = catalogue.edition_source(system) or catalogue.source
    used = {given["code"] for code in codes for given in _properties(code)}
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
                {"code": name, "type": kind, "description": meaning}
                for name, (kind, meaning) in _PROPERTIES.items()
                if name in used
            ],
            "concept": [_concept(code) for code in codes],
        }
    )


def export_concept_map(catalogue: Catalogue, date: datetime.date) -> str:
    """The bridges from ICD-10, and from SKS likewise, to codes of ICPC-2 that are valid on a day, as a ConceptMap of FHIR R4.

    The preferred target stands first. None is said to be equivalent: the bridges are aids for suggestions.
    """
    valid = {code.code for code in _codes(catalogue, ICPC, date)}
    bridges = {origin: [target for target in targets if target in valid] for origin, targets in sorted(catalogue.bridges.items())}
    sks = {f"D{origin.replace('.', '')}": targets for origin, targets in bridges.items()}
    return _json(
        {
            "resourceType": "ConceptMap",
            "url": "urn:kodevagt:bridges",
            "version": catalogue.edition,
            "name": "KodevagtBridges",
            "title": "ICD-10 og SKS til ICPC-2",
            "description": "Hjælp til forslag, ikke en officiel omsætning. En finere kode, der ikke står her, følger sin kategori.",
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
    """The URI by which FHIR knows a system; the first where it has several."""
    return next((uri for uri, name in URIS.items() if name == system), system if ":" in system else f"urn:kodevagt:{system}")


def _codes(catalogue: Catalogue, system: str, date: datetime.date) -> list[Code]:
    held = catalogue.imported.get(system)
    every: list[Code] = [*catalogue.rubrics.values()] if system == ICPC else [*held.concepts.values()] if held else []
    codes = [code for code in every if code.is_valid(date)]
    if not codes:
        raise UnknownSystemError(", ".join([ICPC, *(name for name in catalogue.imported if name != ICPC)]))
    return codes


def _concept(code: Code) -> dict[str, Any]:
    titles = dict(code.titles)
    display = titles.pop("da", None)
    named = {"display": display} if display else {}
    designations = [{"language": language, "value": title} for language, title in sorted(titles.items())]
    optional = {"designation": designations, "property": _properties(code)}
    return {"code": code.code, **named, **{name: value for name, value in optional.items() if value}}


def _properties(code: Code) -> list[dict[str, Any]]:
    days = {"valid-from": code.valid_from, "valid-to": code.valid_to}
    given: dict[str, Any] = {name: getattr(code, name) for name in _PLACE} | days
    typed = {"string": "valueString", "integer": "valueInteger", "dateTime": "valueDateTime"}
    return [
        {"code": name, typed[_PROPERTIES[name][0]]: value.isoformat() if isinstance(value, datetime.date) else value}
        for name, value in given.items()
        if value
    ]


def _targets(targets: list[str]) -> Iterator[dict[str, str]]:
    for number, target in enumerate(targets):
        yield {"code": target, "equivalence": "relatedto", **({"comment": "preferred"} if number == 0 and len(targets) > 1 else {})}


def _json(resource: dict[str, Any]) -> str:
    return json.dumps(resource, ensure_ascii=False, indent=1) + "\n"
