"""Labels of the coding cases: levels, grades, courses, codes and figures."""

from collections.abc import Mapping

import flask_babel

from validator.serving.service import Service
from validator.texts import training_text
from validator.training.case import in_language
from validator.training.right_answer_checks import PACK
from validator.web.pages.page_gettext import gettext
from validator.web.pages.page_gettext import marked as _

LEVELS = {"basic": _("Basic"), "intermediate": _("Intermediate"), "advanced": _("Advanced")}
GRADES = {
    "exact": _("Right"),
    "accepted": _("Can be accepted"),
    "group": _("The same body region"),
    "chapter": _("The same chapter"),
    "miss": _("Beside the mark"),
}


class CaseLabels:
    """The labels of one page, by the rules of a service and in a language."""

    def __init__(self, service: Service, language: str) -> None:
        self.language = language
        self._catalogue = service.catalogue
        release = service.validator(PACK).release
        self._specialties = release.specialties
        self._courses = {course.id: course.title for course in release.courses.values()}

    def course(self, id: str | None) -> str:
        """Return the title of a course, or the id of one that is not in the current rules."""
        if id is None:
            return gettext("No structured course")
        return in_language(self._courses[id], self.language) if id in self._courses else id

    def specialty(self, id: str) -> str:
        """Return the number and name of a specialty."""
        return f"{id} {in_language(self._specialties[id], self.language)}" if id in self._specialties else id

    def code(self, code: str, system: str = "icpc-2") -> str:
        """Return a code with its title, where it has one."""
        return " ".join(filter(None, [code, self._catalogue.title(code, self.language, system)]))

    def answer(self, codes: str) -> str:
        """Return the main diagnoses of a stored answer with their titles.

        A stored answer is codes joined by +, "-" for none, and "?" for text that is no code; or a phase,
        where that alone is scored.
        """
        from validator.training.statistics import NOTHING  # imported late: figures are not needed at start-up

        if codes == NOTHING:
            return gettext("No main diagnosis")
        if codes.isdecimal():
            return training_text("phase", self.language, phase=codes)
        return " + ".join(gettext("Not a code") if code == "?" else self.code(code) for code in codes.split("+"))

    def is_known(self, code: str) -> bool:
        """Return whether a code has a page."""
        return self._catalogue.get(code) is not None

    def text(self, texts: Mapping[str, str]) -> str:
        """Return a text of a case in the language of the page."""
        return in_language(texts, self.language)


def score(value: float) -> str:
    """Format a score in the language of the page, such as 0,75."""
    return str(flask_babel.format_decimal(value))


def percent(share: float | None) -> str:
    """Format a share (0-1) in whole percent; a dash for None."""
    return "–" if share is None else str(flask_babel.format_percent(share))
