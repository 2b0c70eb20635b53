"""Words that name a course: the codes that the release in force accepts for it come before all others."""

import datetime

from validator.catalogue.search.code_search import SearchHit
from validator.catalogue.search.hospital_codes import search_codes
from validator.catalogue.search.spelling import split_words
from validator.rulebook.course import Course, MainDiagnosis, entry_in_force_or_first
from validator.serving.service import Service

_MIN_SHARE = 0.5  # of the letters of a course's title that words must have to name it


def find_codes(service: Service, query: str, *, physiotherapy: bool = False) -> list[SearchHit]:
    """Search the codes; those of a course that the query names come first, in the order of the release.

    A set that is not decided has no order of its own: its codes come in that of the search.
    """
    hits = search_codes(service.catalogue, query, physiotherapy=physiotherapy)
    entry = course_entry(service, query)
    if entry is None:
        return hits
    found = {hit.rubric.code: hit for hit in hits}
    codes = entry.codes if entry.status == "decided" else sorted(entry.codes, key=[*found, *entry.codes].index)
    own = [found.get(code) or SearchHit(service.catalogue.rubrics[code], query) for code in codes]
    return [*own, *(hit for hit in hits if hit.rubric.code not in codes)]


def course_entry(service: Service, words: str) -> MainDiagnosis | None:
    """Return the main diagnoses, as of today, of the one course that the words name."""
    today = datetime.date.today()
    typed = split_words(words)
    whole: list[MainDiagnosis] = []
    part: list[MainDiagnosis] = []
    for validator in service.current.values():
        for course in validator.release.courses.values():
            entry = entry_in_force_or_first(course.main_diagnosis, today)
            share = _share_of_title(typed, course) if entry else 0.0
            if entry and share >= _MIN_SHARE:
                (whole if share == 1 else part).append(entry)
    named = whole or part
    return named[0] if len(named) == 1 else None


def _share_of_title(typed: list[str], course: Course) -> float:
    """Return the share of the letters of a course's title that are typed; 0 where something else is typed, too."""
    joined = "".join(typed)
    shares = [0.0]
    for title in course.title.values():
        words = split_words(title)
        if joined in "".join(words) or set(typed) <= set(words):
            shares.append(len(joined) / len("".join(words)))
    return max(shares)
