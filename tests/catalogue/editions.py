"""Editions and distribution files for tests, built from the shipped catalogue."""

import datetime
import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.rubric import is_process_code

PACKAGE = "@navikt/diagnosekoder"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def titles(catalogue: Catalogue, without: Iterable[str] = (), **more: str) -> dict[str, str]:
    """Return the Danish titles of all diagnosis codes, without some and with others."""
    shipped = {code: rubric.titles["da"] for code, rubric in catalogue.timeline.base.rubrics.items() if not is_process_code(code)}
    return {code: title for code, title in {**shipped, **more}.items() if code not in without}


def edition(name: str, start: str, codes: Mapping[str, str], *, system: str = ICPC, language: str = "da") -> Edition:
    """Build an edition from codes and titles."""
    concepts = tuple(Concept(code, {language: title}) for code, title in codes.items())
    return Edition(name, system, f"Udgaven {name}", start, day(start), True, concepts)


def csv_text(codes: Mapping[str, str]) -> str:
    return "code,title_da\n" + "".join(f'{code},"{title}"\n' for code, title in codes.items())


def list_text(codes: Mapping[str, str]) -> str:
    """Return the list of codes of the npm package, with each object on four lines as there."""
    return json.dumps([{"code": code, "text": title} for code, title in codes.items()], indent=4, ensure_ascii=False)


def package_folder(folder: Path, codes: Mapping[str, str], version: str = "1.2027.0") -> Path:
    """Create a folder like that of the npm package."""
    (folder / "lib").mkdir(parents=True)
    (folder / "lib" / "ICPC2.json").write_text(list_text(codes), encoding="utf-8")
    (folder / "package.json").write_text(json.dumps({"name": PACKAGE, "version": version}), encoding="utf-8")
    return folder


def tarball(path: Path, codes: Mapping[str, str], version: str = "1.2027.0") -> Path:
    """Create a tarball like that of the npm package."""
    files = {"package/package.json": json.dumps({"name": PACKAGE, "version": version}), "package/lib/ICPC2.json": list_text(codes)}
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def code_system(url: str, concepts: list[dict[str, Any]], **more: Any) -> str:
    """Return a FHIR CodeSystem with each concept on separate lines."""
    head = {"resourceType": "CodeSystem", "url": url, "name": "Prøvesystem", "status": "active", "content": "complete"}
    return json.dumps({**head, **more, "concept": concepts}, indent=1, ensure_ascii=False)


def sks_line(code: str, text: str, first: str = "19940101", last: str = "25000101", kind: str = "dia") -> str:
    """Return a line of the register with the fields after the text, which are not read."""
    return f"{kind}{code:<20}{first}{first}{last}{text:<120}" + f"{'':<20}1{'':<25}*"


SKS_LINES = [
    sks_line("D", "Sygdomme"),
    sks_line("DX1", "Prøvesygdomme"),
    sks_line("DX10", "Ømhed af prøven"),
    sks_line("DX109A", "Ømhed, venstre", "19940101", "19991231"),
    sks_line("DX109A", "Ømhed, højre", "20050101"),
    sks_line("KNGX10", "Indgreb", kind="opr"),
    sks_line("UXRX10", "Undersøgelse", kind="und"),
    sks_line("UXRX11", "Undersøgelse", kind="und"),
]


def sks_file(lines: list[str], encoding: str = "cp1252") -> bytes:
    """Return the register with its lines."""
    return "".join(f"{one}\r\n" for one in lines).encode(encoding)
