"""Read the course table (`courses:`): every value with its dates and its source."""

import datetime
from collections.abc import Callable
from typing import TypeVar

from validator.catalogue.code_systems import ICPC
from validator.contract.encounter import SERVICES
from validator.rulebook.course import Course, Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.rulebook.yaml.file_keys import keys_of
from validator.rulebook.yaml.head_reader import read_status
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.texts import danish_text

AnyEntry = TypeVar("AnyEntry", bound=Entry)

_REFERRAL_COLUMNS = ("phases", "services")
_DAY = datetime.timedelta(days=1)


def read_courses(reader: NodeReader, node: Located) -> dict[str, Course]:
    """Read the courses by id. Courses with problems are noted and left out."""
    courses: dict[str, Course] = {}
    for name, value in reader.mapping(node).items():
        noted = reader.noted
        course = _course(reader, name, value, node) if reader.identifier(name, node.keys[name]) else None
        if course is not None and reader.noted == noted:
            courses[name] = course
    return courses


def _course(reader: NodeReader, name: str, node: Located, table: Located) -> Course | None:
    row = reader.row(node, *keys_of("course"))
    if isinstance(node.value, dict) and not row.keys() & {"main_diagnosis", "referral"}:
        reader.note("no-column", table.keys[name])
    if "main_diagnosis" in row and "referral" in row:
        reader.note("both-columns", node.keys["referral"])
    for key in _REFERRAL_COLUMNS:
        if key in row and "referral" not in row:
            reader.note("wrong-column", node.keys[key], key=key)
    if "services" in row and "phases" not in row:
        reader.note("missing-key", node.keys["services"], key="phases")
    title = reader.titles(row["title"]) if "title" in row else {}
    specialties = reader.one_or_several(row["specialty"], reader.specialty) if "specialty" in row else ()
    phases = _column(reader, row, "phases", _phases)
    course = Course(
        id=name,
        title=title,
        specialties=specialties,
        main_diagnosis=_column(reader, row, "main_diagnosis", _main_diagnosis),
        referral=_column(reader, row, "referral", _referral),
        phases=phases,
        services=_column(reader, row, "services", lambda *known: _services(*known, phases=phases)),
    )
    return course if specialties else None


def _column(reader: NodeReader, row: Row, key: str, read: Callable[[NodeReader, Located], AnyEntry | None]) -> tuple[AnyEntry, ...]:
    """Read the dated entries of a column; they must be in order, without overlaps and gaps."""
    if key not in row:
        return ()
    entries: list[AnyEntry] = []
    for node in reader.items(row[key], example='"- from: 2025-04-01"'):
        entry = read(reader, node)
        if entry is None:
            continue
        if entry.to is not None and entry.to < entry.start:
            reader.note("ends-before-start", node.place, start=entry.start, end=entry.to)
        if entries:
            _check_order(reader, node, entries[-1], entry)
        entries.append(entry)
    return tuple(entries)


def _check_order(reader: NodeReader, node: Located, earlier: Entry, later: Entry) -> None:
    if later.start < earlier.start:
        reader.note("entries-order", node.place)
    elif later.start == earlier.start:
        reader.note("entries-same-day", node.place, start=later.start)
    elif earlier.to is not None and earlier.to >= later.start:
        reader.note("entries-overlap", node.place, start=later.start, end=earlier.to)
    elif earlier.to is not None and earlier.to + _DAY < later.start:
        reader.note("entries-gap", node.place, days=_days(earlier.to + _DAY, later.start - _DAY))


def _days(first: datetime.date, last: datetime.date) -> str:
    return danish_text("rules.days.one" if first == last else "rules.days.several", first=first, last=last)


def _main_diagnosis(reader: NodeReader, node: Located) -> MainDiagnosis | None:
    row = reader.row(node, *keys_of("main_diagnosis"))
    dated = _dated(reader, row)
    codes = reader.several(row["codes"], reader.code) if "codes" in row else ()
    status = read_status(reader, row["status"]) if "status" in row else None
    note = reader.texts(row["note"]) if "note" in row else None
    if status == "undecided" and "note" not in row:  # clinicians see the note while the code is undecided
        reader.note("missing-key", node.place, key="note")
    several = reader.truth(row["several"]) if "several" in row else False
    start_codes = reader.several(row["start_codes"], lambda item: _start_code(reader, item, codes)) if "start_codes" in row else ()
    if dated is None or status is None:
        return None
    return MainDiagnosis(*dated, codes, status, note, bool(several), start_codes)


def _start_code(reader: NodeReader, node: Located, required: tuple[str, ...]) -> str | None:
    """Read a symptom code that is accepted at the start and is not a required code."""
    code = reader.code(node)
    rubric = reader.catalogue.get(code) if code and reader.system == ICPC else None
    if code in required:
        reader.note("start-code-required", node.place, code=code)
    elif rubric is not None and rubric.kind != "symptom":
        reader.note("start-code-no-symptom", node.place, code=code)
    return code


def _referral(reader: NodeReader, node: Located) -> ReferralCodes | None:
    row = reader.row(node, *keys_of("referral"))
    dated = _dated(reader, row)
    sks = reader.several(row["sks"], reader.sks_code) if "sks" in row else ()
    icpc = reader.several(row["icpc"], reader.code) if "icpc" in row else ()
    return None if dated is None else ReferralCodes(*dated, sks, icpc)


def _phases(reader: NodeReader, node: Located) -> Phases | None:
    row = reader.row(node, *keys_of("phases"))
    dated = _dated(reader, row)
    if "range" not in row:
        return None
    bounds = [reader.number(item, 0, 99) for item in reader.items(row["range"], example="[1, 5]")]
    if len(bounds) != 2 or None in bounds or bounds != sorted(bounds, key=lambda bound: bound or 0):
        reader.note("phase-range", row["range"].place)
        return None
    first, last = bounds
    return None if dated is None or first is None or last is None else Phases(*dated, first, last)


def _services(reader: NodeReader, node: Located, *, phases: tuple[Phases, ...]) -> Services | None:
    row = reader.row(node, *keys_of("services"))
    dated = _dated(reader, row)
    by_phase: dict[int, tuple[str, ...]] = {}
    table = row.get("by_phase")
    for key, item in (reader.mapping(table) if table else {}).items():
        services = reader.several(item, lambda service: reader.choice(service, SERVICES), example="[individual, video]")
        if table and phases and not (key.isdecimal() and phases[-1].first <= int(key) <= phases[-1].last):
            reader.note("unknown-phase", table.keys[key], phase=key, first=phases[-1].first, last=phases[-1].last)
        elif key.isdecimal():
            by_phase[int(key)] = services
    return None if dated is None else Services(*dated, by_phase)


def _dated(reader: NodeReader, row: Row) -> tuple[datetime.date, datetime.date | None, str] | None:
    """Read the dates and the source of an entry."""
    start = reader.date(row["from"]) if "from" in row else None
    end = reader.date(row["to"]) if "to" in row else None
    source = reader.source(row["source"]) if "source" in row else None
    return None if start is None or source is None else (start, end, source)
