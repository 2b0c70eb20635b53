"""From the rows of a distribution to an edition: every code is checked, once and in its system's form, or the file is refused."""

import datetime
import re
from typing import NamedTuple

from validator.catalogue.code_systems import ICPC, canonical_form, lookup_key
from validator.catalogue.editions.edition import Concept, Edition
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution, DistributionRow
from validator.catalogue.rubric import CHAPTERS, is_process_code, normal_form
from validator.support.personal_data import has_cpr

_CODE = re.compile(rf"[{CHAPTERS}][0-9]{{2}}")
_LOCAL = re.compile(rf"[{CHAPTERS}][0-9]{{3}}")
_KINDS = ("symptom", "process", "infection", "neoplasm", "injury", "congenital", "other")
# Of ICPC-1, and met in lists that call themselves ICPC-2.
_LEFTOVERS = frozenset({"A12", "A14", "A15", "A17", "B03"})
_LONGEST = 50  # characters of a code
_PERSONAL = "her står noget, der ligner et CPR-nummer"


class PreparedEdition(NamedTuple):
    """An edition that can be taken in, and the codes of its file that are none of its system's, by why they are left out."""

    edition: Edition
    skipped: dict[str, list[str]]


def build_edition(distribution: Distribution, *, name: str, title: str, system: str, start: datetime.date) -> PreparedEdition:
    """The edition of a distribution, from its first day. Raises BrokenFileError with the line of what is wrong."""
    if has_cpr(f"{name} {title} {system}"):
        raise distribution.broken(1, _PERSONAL)
    skipped: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    concepts: list[Concept] = []
    for row in distribution.rows:
        code = canonical_form(normal_form(row.code), system)
        reason = _not_taken(distribution, row, code) if system == ICPC else None
        key = lookup_key(code, system)
        if key in lines:
            raise distribution.broken(row.line, f"koden {code} står også på linje {lines[key]}")
        lines[key] = row.line
        if reason:
            skipped.setdefault(reason, []).append(code)
            continue
        concepts.append(_concept(distribution, row, code))
    if not concepts:
        raise BrokenFileError(f"{distribution.label}:1: filen har ingen koder")
    if system == ICPC:
        _require_all_chapters(distribution, concepts)
    date = distribution.date or start.isoformat()
    return PreparedEdition(Edition(name, system, title, date, start, distribution.verified, tuple(concepts)), skipped)


def _not_taken(distribution: Distribution, row: DistributionRow, code: str) -> str | None:
    """Why a code is left out of ICPC-2, None for one of it. Raises BrokenFileError for what is no such code at all."""
    if _LOCAL.fullmatch(code):
        return "lokale koder med fire tegn"
    if code in _LEFTOVERS:
        return "koder fra ICPC-1"
    if is_process_code(code):
        return None if code[0] == "-" else "proceskoder med kapitelbogstav"
    if not _CODE.fullmatch(code):
        raise distribution.broken(row.line, f'"{row.code}" er ikke en ICPC-2-kode: et kapitelbogstav og to cifre')
    return "overskrifter" if code.endswith("00") else None


def _concept(distribution: Distribution, row: DistributionRow, code: str) -> Concept:
    wrong = None
    if len(code) > _LONGEST or not code.isprintable():
        wrong = f"koden er længere end {_LONGEST} tegn eller har tegn, der ikke kan vises"
    elif not row.titles:
        wrong = f"{code} har ingen titel"
    elif has_cpr(" ".join([code, *row.titles.values()])):
        wrong = _PERSONAL
    elif row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        wrong = f"{code} ophører, før den begynder"
    elif row.kind is not None and row.kind not in _KINDS:
        wrong = f'kind er en af {", ".join(_KINDS)}, ikke "{row.kind}"'
    elif row.component is not None and not 1 <= row.component <= 7:
        wrong = f"component er et tal fra 1 til 7, ikke {row.component}"
    elif row.chapter is not None and not code.startswith(row.chapter):
        wrong = f'{code} hører ikke til kapitlet "{row.chapter}"'
    if wrong:
        raise distribution.broken(row.line, wrong)
    return Concept(code, row.titles, row.valid_from, row.valid_to, row.chapter, row.component, row.kind)


def _require_all_chapters(distribution: Distribution, concepts: list[Concept]) -> None:
    """ICPC-2 has codes in every chapter: a list that lacks one was cut off."""
    missing = [chapter for chapter in CHAPTERS if not any(concept.code[0] == chapter for concept in concepts)]
    if missing:
        last = max(row.line for row in distribution.rows)
        raise distribution.broken(
            last, f"filen ender uden koder i kapitel {', '.join(missing)}; den er afkortet eller ikke hele ICPC-2"
        )
