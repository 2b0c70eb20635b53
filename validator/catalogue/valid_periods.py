"""The periods in which a code is valid, over all editions in use."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from validator.catalogue.catalogue import Catalogue, CatalogueTimeline
from validator.catalogue.code_systems import ICPC, lookup_key
from validator.catalogue.editions.edition import Concept
from validator.catalogue.rubric import Rubric
from validator.catalogue.validity import Days

_DAY = datetime.timedelta(days=1)


def valid_periods(timeline: CatalogueTimeline, code: str, system: str, *, is_beginning: bool = False) -> list[Days]:
    """Return the periods in which a code is valid, in order and as long as they are.

    With `is_beginning`, they are those in which any code that begins with it is valid. Before the first edition of a system
    other than ICPC-2, the catalogue as shipped decides.
    """
    return _joined(
        (max(first, begin), min(last, end))
        for first, last, view in _dated_views(timeline)
        for begin, end in _periods_in_view(view, code, system, is_beginning=is_beginning)
        if begin <= last and end >= first
    )


def _dated_views(timeline: CatalogueTimeline) -> Iterator[tuple[datetime.date, datetime.date, Catalogue]]:
    """Yield the first and the last day of each view, and the view."""
    first = datetime.date.min
    for start, view in zip(timeline.starts, timeline.views, strict=False):
        if start > first:  # an edition may begin on the first day of all
            yield first, start - _DAY, view
        first = start
    yield first, datetime.date.max, timeline.views[-1]


def _periods_in_view(view: Catalogue, code: str, system: str, *, is_beginning: bool) -> Iterator[Days]:
    imported = view.imported.get(system)
    if system != ICPC and (imported is None or imported.edition is None):
        if view.is_member(code, system):
            yield datetime.date.min, datetime.date.max
        return
    concepts: Mapping[str, Rubric | Concept] = view.rubrics if imported is None else (imported.rubrics or imported.concepts)
    key = lookup_key(code, system)
    keys = [other for other in concepts if other.startswith(key)] if is_beginning else [key] if key in concepts else []
    for concept in map(concepts.__getitem__, keys):
        yield from concept.periods


def _joined(periods: Iterable[Days]) -> list[Days]:
    """Return periods in order, with those joined that overlap or follow each other."""
    joined: list[Days] = []
    for first, last in sorted(periods):
        if joined and (joined[-1][1] == datetime.date.max or first <= joined[-1][1] + _DAY):
            begin, end = joined.pop()
            joined.append((begin, max(end, last)))
        else:
            joined.append((first, last))
    return joined
