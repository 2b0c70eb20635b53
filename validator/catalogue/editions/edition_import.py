"""Conversion of a distribution to an edition, with validation of every code."""

import datetime
import re
from typing import NamedTuple

from validator.catalogue.code_systems import ICPC, canonical_form, lookup_key
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.editions.formats.distribution import Distribution, DistributionRow
from validator.catalogue.rubric import CHAPTERS, is_process_code, normal_form
from validator.support.personal_data import has_cpr
from validator.texts import danish_text

_ICPC_CODE = re.compile(rf"[{CHAPTERS}][0-9]{{2}}")
_LOCAL_CODE = re.compile(rf"[{CHAPTERS}][0-9]{{3}}")
_KINDS = ("symptom", "process", "infection", "neoplasm", "injury", "congenital", "other")
# Codes of ICPC-1 that occur in lists of ICPC-2.
_ICPC_1_CODES = frozenset({"A12", "A14", "A15", "A17", "B03"})
_MAX_CODE_LENGTH = 50  # characters


class PreparedEdition(NamedTuple):
    """An edition, and the codes of its file that it leaves out, by the reason in Danish."""

    edition: Edition
    skipped: dict[str, list[str]]


def build_edition(distribution: Distribution, *, name: str, title: str, system: str, start: datetime.date) -> PreparedEdition:
    """Build the edition of a distribution. Raises BrokenFileError with the faulty line."""
    if has_cpr(f"{name} {title} {system}"):
        raise distribution.error_at(1, danish_text("edition.personal-data"))
    skipped: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    concepts: list[Concept] = []
    for row in distribution.rows:
        code = canonical_form(normal_form(row.code), system)
        reason = _skip_reason(distribution, row, code) if system == ICPC else None
        key = lookup_key(code, system)
        if key in lines:
            raise distribution.error_at(row.line, danish_text("edition.duplicate-code", code=code, line=lines[key]))
        lines[key] = row.line
        if reason:
            skipped.setdefault(reason, []).append(code)
            continue
        concepts.append(_build_concept(distribution, row, code))
    if not concepts:
        raise distribution.error_at(1, danish_text("edition.no-codes"))
    if system == ICPC:
        _require_all_chapters(distribution, concepts)
    date = distribution.date or start.isoformat()
    return PreparedEdition(Edition(name, system, title, date, start, distribution.verified, tuple(concepts)), skipped)


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
        raise distribution.error_at(row.line, danish_text("edition.not-icpc-2", code=row.code))
    return danish_text("edition.skipped-heading") if code.endswith("00") else None


def _build_concept(distribution: Distribution, row: DistributionRow, code: str) -> Concept:
    fault = None
    if len(code) > _MAX_CODE_LENGTH or not code.isprintable():
        fault = danish_text("edition.code-form", max=_MAX_CODE_LENGTH)
    elif not row.titles:
        fault = danish_text("edition.no-title", code=code)
    elif has_cpr(" ".join([code, *row.titles.values()])):
        fault = danish_text("edition.personal-data")
    elif row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        fault = danish_text("edition.ends-before-start", code=code)
    elif row.kind is not None and row.kind not in _KINDS:
        fault = danish_text("edition.unknown-kind", allowed=", ".join(_KINDS), value=row.kind)
    elif row.component is not None and not 1 <= row.component <= 7:
        fault = danish_text("edition.component", value=row.component)
    elif row.chapter is not None and not code.startswith(row.chapter):
        fault = danish_text("edition.wrong-chapter", code=code, chapter=row.chapter)
    if fault:
        raise distribution.error_at(row.line, fault)
    return Concept(code, row.titles, row.valid_from, row.valid_to, row.chapter, row.component, row.kind)


def _require_all_chapters(distribution: Distribution, concepts: list[Concept]) -> None:
    """Raise BrokenFileError unless every chapter has codes; a list that lacks one is truncated."""
    missing = [chapter for chapter in CHAPTERS if not any(concept.code[0] == chapter for concept in concepts)]
    if missing:
        last = max(row.line for row in distribution.rows)
        raise distribution.error_at(last, danish_text("edition.missing-chapters", chapters=", ".join(missing)))
