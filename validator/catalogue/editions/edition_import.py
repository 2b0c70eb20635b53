"""Conversion of a distribution to an edition, with validation of every code."""

import datetime
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from validator.catalogue.code_systems import ICPC, NAMES, SYSTEMS, canonical_form, lookup_key
from validator.catalogue.editions.code_periods import ConceptRow, merge_periods
from validator.catalogue.editions.edition import MAX_CODES, MAX_EDITION_BYTES, Concept, Edition
from validator.catalogue.editions.formats import TableOptions, read_distribution
from validator.catalogue.editions.formats.distribution import (
    BrokenFileError,
    Distribution,
    DistributionRow,
    Question,
    clean_title,
    lookalike_fault,
    quoted,
)
from validator.catalogue.rubric import CHAPTERS, is_process_code, normal_form
from validator.support.errors import UserError
from validator.support.garbage_collection import gc_deferred
from validator.support.lookalikes import find_lookalikes
from validator.support.personal_data import any_has_cpr
from validator.texts import danish_text

_ICPC_CODE = re.compile(rf"[{CHAPTERS}][0-9]{{2}}")
_LOCAL_CODE = re.compile(rf"[{CHAPTERS}][0-9]{{3}}")
_KINDS = ("symptom", "process", "infection", "neoplasm", "injury", "congenital", "other")
# Codes of ICPC-1 that occur in lists of ICPC-2.
_ICPC_1_CODES = frozenset({"A12", "A14", "A15", "A17", "B03"})
_MAX_CODE_LENGTH = 50  # characters
_MAX_SYSTEM_LENGTH = 200
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class PreparedEdition(NamedTuple):
    """An edition, and the codes of its file that it leaves out, by the reason in Danish.

    `questions` must be answered before it is imported; `notes` are other sentences about the file. `supplement_lines` has the line
    of each code of a supplement, whose titles `complete_supplement` adds to an edition; it is None for other files. `supplemented`
    is the name of that edition.
    """

    edition: Edition
    skipped: dict[str, list[str]]
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    supplement_lines: dict[str, int] | None = None
    supplemented: str | None = None


@gc_deferred()
def import_file(
    path: Path,
    language: str,
    name: str | None,
    title: str | None,
    system: str | None,
    start: datetime.date,
    options: TableOptions = TableOptions(),  # noqa: B008
) -> PreparedEdition:
    """Read a file or folder as an edition; name, title and system are those of the file where they are None. Raises UserError.

    The system of the file takes precedence: its codes must not be imported as those of another system.
    """
    distribution = read_distribution(path, language, options)
    if system and distribution.system and system != distribution.system:
        names = [NAMES.get(name, quoted(name)) for name in (distribution.system, system)]
        raise UserError(danish_text("edition.other-system", system=names[0], given=names[1]))
    try:
        clean = clean_title(title or distribution.title)
    except ValueError as error:
        raise UserError(danish_text("edition.bad-title", reason=error)) from error
    return build_edition(
        distribution,
        name=edition_name(name, distribution.name),
        title=clean,
        system=distribution.system or system or ICPC,
        start=start,
    )


def build_edition(distribution: Distribution, *, name: str, title: str, system: str, start: datetime.date) -> PreparedEdition:
    """Build the edition of a distribution. Raises BrokenFileError with the faulty line."""
    if any_has_cpr([name, title, system]):
        raise UserError(danish_text("edition.personal-data-of-edition"))
    if len(system) > _MAX_SYSTEM_LENGTH or not system.isprintable():
        raise distribution.error_at(1, danish_text("edition.system-form", max=_MAX_SYSTEM_LENGTH))
    if len(distribution.rows) > MAX_CODES:
        raise distribution.error_at(1, danish_text("distribution.too-many-codes", limit=MAX_CODES))
    skipped = {reason: list(codes) for reason, codes in distribution.left_out.items()}
    rows_by_code: dict[str, list[ConceptRow]] = {}
    for row in distribution.rows:
        if any_has_cpr([row.code, *row.titles.values()]):
            raise distribution.error_at(row.line, danish_text("edition.personal-data"))
        _refuse_lookalikes(distribution, row, system)
        code = canonical_form(normal_form(unicodedata.normalize("NFC", row.code)), system)
        reason = _skip_reason(distribution, row, code) if system == ICPC else None
        if reason:
            skipped.setdefault(reason, []).append(code)
        else:
            concept_row = ConceptRow(row.line, _build_concept(distribution, row, code))
            rows_by_code.setdefault(lookup_key(code, system), []).append(concept_row)
    concepts = [merge_periods(distribution, rows, start) for rows in rows_by_code.values()]
    if not concepts:
        raise distribution.error_at(1, danish_text("edition.no-codes"))
    if system == ICPC and not distribution.is_supplement:
        _require_all_chapters(distribution, concepts)
    date = distribution.date or start.isoformat()
    edition = Edition(name, system, title, date, start, distribution.verified, tuple(concepts))
    check_size(edition, distribution.label)
    lines = {key: rows[0].line for key, rows in rows_by_code.items()} if distribution.is_supplement else None
    return PreparedEdition(edition, skipped, distribution.questions, distribution.notes, lines)


def check_size(edition: Edition, label: str) -> None:
    """Raise BrokenFileError for an edition that is too large for the store."""
    if len(edition.json_text()) > MAX_EDITION_BYTES:
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.too-large', limit=MAX_EDITION_BYTES // 2**20)}")


def _refuse_lookalikes(distribution: Distribution, row: DistributionRow, system: str) -> None:
    """Raise BrokenFileError for a code with a character that cannot be seen or only looks right.

    Other systems than the built-in ones may have codes in another alphabet.
    """
    found = find_lookalikes(normal_form(row.code))
    if found and (system in SYSTEMS or not all(item.meant for item in found)):
        raise distribution.error_at(row.line, lookalike_fault(row.code))


def edition_name(given: str | None, own: str) -> str:
    """Return a name that can be typed, fitted from the file's own where none is given. Raises UserError."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", own).strip("-._")[:80] if given is None else given
    if not _NAME.fullmatch(name):
        raise UserError(danish_text("edition.bad-name"))
    return name


def _skip_reason(distribution: Distribution, row: DistributionRow, code: str) -> str | None:
    """Return why a code is left out of ICPC-2, None for a code to keep.

    Raises BrokenFileError for an invalid code.
    """
    if _LOCAL_CODE.fullmatch(code):
        return danish_text("edition.skipped-local")
    if code in _ICPC_1_CODES:
        return danish_text("edition.skipped-icpc-1")
    if is_process_code(code):
        return None if code[0] == "-" else danish_text("edition.skipped-process")
    if not _ICPC_CODE.fullmatch(code):
        key = "edition.not-icpc-2" if distribution.system else "edition.not-icpc-2-or-other-system"
        raise distribution.error_at(row.line, danish_text(key, code=quoted(row.code)))
    return danish_text("edition.skipped-heading") if code.endswith("00") else None


def _build_concept(distribution: Distribution, row: DistributionRow, code: str) -> Concept:
    fault = None
    if len(code) > _MAX_CODE_LENGTH or not code.isprintable():
        fault = danish_text("edition.code-form", max=_MAX_CODE_LENGTH)
    elif not row.titles:
        fault = danish_text("edition.no-title", code=code)
    elif row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        fault = danish_text("edition.ends-before-start", code=code)
    elif row.kind is not None and row.kind not in _KINDS:
        fault = danish_text("edition.unknown-kind", allowed=", ".join(_KINDS), value=quoted(row.kind))
    elif row.component is not None and not 1 <= row.component <= 7:
        fault = danish_text("edition.component", value=row.component)
    elif row.chapter is not None and not code.startswith(row.chapter):
        fault = danish_text("edition.wrong-chapter", code=code, chapter=quoted(row.chapter))
    if fault:
        raise distribution.error_at(row.line, fault)
    return Concept(code, row.titles, row.valid_from, row.valid_to, row.chapter, row.component, row.kind)


def _require_all_chapters(distribution: Distribution, concepts: list[Concept]) -> None:
    """Raise BrokenFileError unless every chapter has codes; a list that lacks one is truncated."""
    missing = [chapter for chapter in CHAPTERS if not any(concept.code[0] == chapter for concept in concepts)]
    if missing:
        last = max(row.line for row in distribution.rows)
        raise distribution.error_at(last, danish_text("edition.missing-chapters", chapters=", ".join(missing)))
