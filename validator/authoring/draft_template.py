"""The smallest draft of a release: a head with a source, and the courses whose codes are undecided."""

import datetime

from validator.authoring.checks.source_warnings import TEMPLATE_TITLE
from validator.authoring.excel.draft_writer import draft_files
from validator.rulebook.course import Course, entry_in_force_or_first
from validator.rulebook.release import Release
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.release_documents import release_files
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.texts import danish_text

_COURSES_FILE = "courses.yaml"


def draft_of(base: Release, name: str, today: datetime.date) -> dict[str, str]:
    """Return the text of each file of a draft that extends a release.

    The courses are as in the release; where none is undecided on the day, there is the first one.
    """
    chosen = [course.id for course in base.courses.values() if _is_undecided(course, today)] or list(base.courses)[:1]
    title = danish_text(TEMPLATE_TITLE)
    head = danish_text("rules.draft.pack-file", pack=base.pack, name=name, base=base.name, day=today, title=title)
    if not chosen:
        return {PACK_FILE: head}
    files = release_files(base).contents.values()
    (courses,) = (file.value["courses"] for file in files if isinstance(file, Located) and "courses" in file.value)
    document = Located({"courses": courses}, courses.place)
    written = draft_files({_COURSES_FILE: document}, {"courses": chosen})
    return {PACK_FILE: head, _COURSES_FILE: danish_text("rules.draft.courses-file", base=base.name) + written[_COURSES_FILE]}


def _is_undecided(course: Course, day: datetime.date) -> bool:
    entry = entry_in_force_or_first(course.main_diagnosis, day)
    return entry is not None and entry.status == "undecided"
