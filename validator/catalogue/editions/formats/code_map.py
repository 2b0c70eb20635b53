"""Reader of a map from ICD-10 to ICPC-2, which may be used instead of the catalogue's bridges.

It is a ConceptMap of FHIR R4, or CSV with the columns icd10 and icpc2. The preferred target of a code comes first.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validator.catalogue.code_systems import ICD10, ICPC, SKS, URIS
from validator.catalogue.editions.formats.distribution import BrokenFileError, clean_title, lookalike_fault
from validator.catalogue.editions.formats.located_json import LocatedObject, read_json
from validator.catalogue.rubric import normal_form
from validator.support.bounded_files import read_bounded
from validator.support.lookalikes import find_lookalikes
from validator.support.personal_data import any_has_cpr
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

_MAX_BYTES = 2**23
_MAX_SHOWN = 40  # characters of a value in an error message
_COLUMNS = ["icd10", "icpc2"]
_ICD10_CODE = re.compile(r"([A-Z][0-9]{2})\.?([0-9A-Z]{0,4})")
_NO_TARGET = frozenset({"unmatched", "disjoint"})  # values of `equivalence`


@dataclass(frozen=True, slots=True)
class CodeMap:
    """The ICPC-2 codes of each ICD-10 code of a file, the preferred one first.

    `title` and `date` (ISO 8601) are the file's own, None where it has none.
    """

    title: str | None
    date: str | None
    targets: Mapping[str, tuple[str, ...]]


class _Builder:
    """The targets read so far; a fault names the file and the line."""

    def __init__(self, label: str, diagnoses: Collection[str]) -> None:
        self.label = label
        self.diagnoses = diagnoses
        self.targets: dict[str, list[str]] = {}

    def error_at(self, line: int, key: str, **values: object) -> BrokenFileError:
        return BrokenFileError(f"{self.label}:{line}: {danish_text(key, **values)}")

    def add(self, line: int, origin: str, target: str) -> None:
        """Add a target. Raises BrokenFileError."""
        if any_has_cpr([origin, target]):  # which must not be shown
            raise self.error_at(line, "edition.personal-data")
        for given in (origin, target):
            if find_lookalikes(normal_form(given)):
                raise BrokenFileError(f"{self.label}:{line}: {lookalike_fault(given)}")
        parts = _ICD10_CODE.fullmatch(normal_form(origin))
        if parts is None:
            raise self.error_at(line, "code-map.not-icd-10", code=_shown(origin))
        code = normal_form(target)
        if code not in self.diagnoses:
            raise self.error_at(line, "code-map.not-icpc-2", code=_shown(target))
        targets = self.targets.setdefault(".".join(filter(None, parts.groups())), [])
        if code in targets:
            raise self.error_at(line, "code-map.duplicate", origin=_shown(origin), code=code)
        targets.append(code)


def read_map(path: Path, diagnoses: Collection[str]) -> CodeMap:
    """Read a map to codes of `diagnoses`. Raises BrokenFileError."""
    label = str(path)
    content = _content(path).removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.empty')}")
    if content.lstrip()[:1] in (b"{", b"["):
        code_map = _read_concept_map(read_json(content, label), label, diagnoses)
    else:
        code_map = CodeMap(None, None, _read_csv(content, _Builder(label, diagnoses)))
    if not code_map.targets:
        raise BrokenFileError(f"{label}:1: {danish_text('code-map.no-codes')}")
    return code_map


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path, _MAX_BYTES)
    except OSError as error:
        raise BrokenFileError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error


def _read_csv(content: bytes, builder: _Builder) -> dict[str, tuple[str, ...]]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise builder.error_at(line, "distribution.not-utf-8") from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if [name.strip().lower() for name in next(reader)] != _COLUMNS:
            raise builder.error_at(1, "code-map.wrong-header")
        for row in filter(None, reader):
            if len(row) != len(_COLUMNS):
                raise builder.error_at(reader.line_num, "distribution.field-count", count=len(_COLUMNS))
            builder.add(reader.line_num, *row)
    except csv.Error as error:
        raise builder.error_at(reader.line_num, "code-map.not-csv") from error
    return _frozen(builder.targets)


def _read_concept_map(resource: Any, label: str, diagnoses: Collection[str]) -> CodeMap:
    builder = _Builder(label, diagnoses)
    if not isinstance(resource, LocatedObject) or resource.get("resourceType") != "ConceptMap":
        raise builder.error_at(1, "code-map.not-a-concept-map")
    targets: dict[str, tuple[str, ...]] = {}
    for group in _objects(resource, "group", builder):
        # A map may have the same codes in ICD-10 and in SKS, which agree.
        of_group = _Builder(label, diagnoses)
        for line, origin, target in _pairs(group, builder):
            of_group.add(line, origin, target)
        found = _frozen(of_group.targets)
        if conflict := next((code for code in found if targets.get(code, found[code]) != found[code]), None):
            raise builder.error_at(group.line, "code-map.conflict", code=conflict)
        targets |= found
    title, date = resource.get("title") or resource.get("name"), resource.get("date")
    try:
        own_title = clean_title(title) if isinstance(title, str) else None
    except ValueError as error:
        raise BrokenFileError(f"{label}:{resource.line}: {error}") from error
    return CodeMap(own_title or None, date[: len("2026-01-01")] if isinstance(date, str) else None, targets)


def _pairs(group: LocatedObject, builder: _Builder) -> Iterator[tuple[int, str, str]]:
    """Yield the line, origin and target of a group from ICD-10 or SKS to ICPC-2, nothing of another group."""
    source, target_system = (_system(group.get(member), default) for member, default in (("source", ICD10), ("target", ICPC)))
    if source not in (ICD10, SKS) or target_system != ICPC:
        return
    for element in _objects(group, "element", builder):
        origin = element.get("code")
        for target in _objects(element, "target", builder):
            if target.get("equivalence") in _NO_TARGET:
                continue
            code = target.get("code")
            if not isinstance(origin, str) or not isinstance(code, str):
                raise builder.error_at(target.line, "distribution.code-not-text")
            is_sks = source == SKS and origin[:1].upper() == "D"
            yield target.line, origin[1:] if is_sks else origin, code


def _objects(parent: LocatedObject, member: str, builder: _Builder) -> Iterator[LocatedObject]:
    """Yield the objects of a list, which may be missing."""
    items = parent.get(member, [])
    if not isinstance(items, list) or not all(isinstance(item, LocatedObject) for item in items):
        raise builder.error_at(parent.line, "code-map.not-a-list", member=member)
    yield from items


def _system(uri: object, default: str) -> str | None:
    """Return the system of a URI, with or without a version; `default` where the group names none."""
    if uri is None:
        return default
    return URIS.get(uri.partition("|")[0]) if isinstance(uri, str) else None


def _frozen(targets: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {origin: tuple(codes) for origin, codes in targets.items()}


def _shown(value: str) -> str:
    """Return a value for an error message: short, and without control characters."""
    return repr(value)[1:-1][:_MAX_SHOWN]
