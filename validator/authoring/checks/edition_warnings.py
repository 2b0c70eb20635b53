"""Codes that rules name and that an edition ends or lacks."""

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition import Edition
from validator.catalogue.valid_periods import valid_periods
from validator.rulebook.course import Course
from validator.rulebook.named_codes import NamedCode, named_codes
from validator.rulebook.release import Release
from validator.rulebook.rule import Period

_DAY = datetime.timedelta(days=1)


class LackingCode(NamedTuple):
    """A code that an edition does not have on all the days on which rules name it.

    With `is_beginning` it stands for every code that begins with it. `valid` has the first and the last day of each period in
    which the edition has it; None is no limit. `courses` are titles by id, `rules` are ids.
    """

    code: str
    is_beginning: bool
    valid: tuple[tuple[datetime.date | None, datetime.date | None], ...]
    courses: Mapping[str, str]
    rules: tuple[str, ...]


def lacking_codes(
    releases: Iterable[Release], edition: Edition, in_use: Iterable[Edition], catalogue: Catalogue
) -> list[LackingCode]:
    """Return the codes that releases name and that an edition lacks on some day, in order.

    `catalogue` has the edition as well as those `in_use`.
    """
    later = (other.start for other in in_use if other.system == edition.system and other.start > edition.start)
    era = Period(edition.start, min((start - _DAY for start in later), default=datetime.date.max))
    named: dict[tuple[str, bool], list[tuple[NamedCode, Release]]] = {}
    for release in releases:
        for item in named_codes(release):
            if item.system == edition.system and item.period.overlaps(era):
                named.setdefault((item.code, item.is_beginning), []).append((item, release))
    lacking = (_lacking_code(*key, named[key], era, edition.system, catalogue) for key in sorted(named))
    return [item for item in lacking if item is not None]


def _lacking_code(
    code: str, is_beginning: bool, named: list[tuple[NamedCode, Release]], era: Period, system: str, catalogue: Catalogue
) -> LackingCode | None:
    """Return the code with those that name it on a day on which it is not valid; None where nobody does."""
    valid = [
        Period(max(first, era.first), min(last, era.last))
        for first, last in valid_periods(catalogue.timeline, code, system, is_beginning=is_beginning)
        if first <= era.last and last >= era.first
    ]
    courses: dict[str, str] = {}
    rules: dict[str, None] = {}
    for item, release in named:
        wanted = Period(max(item.period.first, era.first), min(item.period.last, era.last))
        if any(period.contains(wanted) for period in valid):
            continue
        if isinstance(item.owner, Course):
            courses[item.owner.id] = item.owner.title[release.language]
        else:
            rules[item.owner.id] = None
    if not courses and not rules:
        return None
    limits = ((_limit(period.first, era.first), _limit(period.last, era.last)) for period in valid)
    return LackingCode(code, is_beginning, tuple(limits), courses, tuple(rules))


def _limit(day: datetime.date, bound: datetime.date) -> datetime.date | None:
    return None if day == bound else day
