"""Words that name a course: the codes that the release in force accepts for it come before all others."""

import datetime
from functools import lru_cache

from validator.catalogue.search.code_search import SearchHit
from validator.catalogue.search.hospital_codes import search_codes
from validator.catalogue.search.spelling import split_words
from validator.rulebook.course import MainDiagnosis, entry_in_force_or_first
from validator.serving.service import Service

_MIN_SHARE = 0.5  # of the letters of a course's title that words must have to name it
_title_words = lru_cache(maxsize=1024)(split_words)  # of courses, which change with the release only


def find_codes(service: Service, query: str, *, physiotherapy: bool = False) -> list[SearchHit]:
    """Search the codes; those of a course that the query names come first, in the order of the release.

    An undecided set has no order of its own: its codes come in that of the search.
    """
    hits = search_codes(service.catalogue, query, physiotherapy=physiotherapy)
    entry = course_entry(service, query)
    if entry is None:
        return hits
    found = {hit.rubric.code: hit for hit in hits}
    codes = sorted(entry.codes, key=[*found, *entry.codes].index) if entry.status == "undecided" else entry.codes
    rubrics = filter(None, map(service.catalogue.get, codes))  # an imported edition may lack a code
    own = [found.get(rubric.code) or SearchHit(rubric, query) for rubric in rubrics]
    return [*own, *(hit for hit in hits if hit.rubric.code not in codes)]


def course_entry(service: Service, words: str) -> MainDiagnosis | None:
    """Return the main diagnoses, as of today, of the one course that the words name."""
    today = datetime.date.today()
    typed = split_words(words)
    whole: list[MainDiagnosis] = []
    part: list[MainDiagnosis] = []
    for validator in service.current.values():
        for course in validator.release.courses.values():
            share = max(_share_of_title(typed, title) for title in course.title.values())
            entry = entry_in_force_or_first(course.main_diagnosis, today)
            if entry and share >= _MIN_SHARE:
                (whole if share == 1 else part).append(entry)
    named = whole or part
    return named[0] if len(named) == 1 else None


def _share_of_title(typed: list[str], title: str) -> float:
    """Return the share of a title's letters that are typed; 0 where something else is typed, too."""
    words, joined = _title_words(title), "".join(typed)
    whole = "".join(words)
    return len(joined) / len(whole) if joined and (joined in whole or set(typed) <= set(words)) else 0.0
