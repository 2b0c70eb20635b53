"""`/courses` and `/rules`: what is in force, with source, date and examples in one place."""

import re
from contextlib import suppress
from typing import Any

from flask import Response

from validator.requests.errors import RequestError
from validator.requests.request import read_request
from validator.rulebook.overview import list_courses, list_rules
from validator.rulebook.release import Release
from validator.web.http.content_negotiation import page_language
from validator.web.http.errors import ProblemError
from validator.web.http.responses import current_service
from validator.web.pages import value_labels
from validator.web.pages.contact_form import ContactForm, form_from_request
from validator.web.pages.frame import PACK, page, page_blueprint
from validator.web.pages.page_gettext import gettext

blueprint = page_blueprint("rulebook_pages")

_PLACEHOLDER = re.compile(r" \(\{\w+\}\)|\{\w+\}")


@blueprint.get("/courses")
def show_courses() -> Response:
    """List the structured courses by specialty."""
    release, language = _release(), page_language()
    groups: dict[str, list[dict[str, Any]]] = {}
    for course in list_courses(release, language):
        groups.setdefault(course["specialty"], []).append(course)
    titles = {key: text.get(language) or text.get(release.language) for key, text in release.specialties.items()}
    return page("rulebook/courses.html", cacheable=True, release=release, groups=groups, specialties=titles)


@blueprint.get("/courses/<course_id>")
def show_course(course_id: str) -> Response:
    """Show a course with all its dated entries."""
    release = _release()
    for course in list_courses(release, page_language()):
        if course["id"] == course_id:
            catalogue = current_service().catalogue
            return page("rulebook/course.html", cacheable=True, release=release, course=course, catalogue=catalogue)
    raise ProblemError(404, "course-not-found", release=release.name)


@blueprint.get("/rules")
def show_rules() -> Response:
    """List every rule that a finding may name, by origin."""
    release = _release()
    groups: dict[str, list[dict[str, Any]]] = {origin: [] for origin in value_labels.ORIGINS}
    for rule in list_rules(release, page_language()):
        groups[rule["origin"]].append({**rule, "message": _heading(rule)})
    return page("rulebook/rules.html", cacheable=True, release=release, groups=groups)


@blueprint.get("/rules/<rule_id>")
def show_rule(rule_id: str) -> Response:
    """Show a rule with its source, dates and examples."""
    release = _release()
    for rule in list_rules(release, page_language()):
        if rule["id"] == rule_id:
            rule |= {"message": _heading(rule), "explanation": _readable(rule["explanation"])}
            titles = {course["id"]: course["title"] for course in list_courses(release, page_language())}
            return page(
                "rulebook/rule.html",
                cacheable=True,
                release=release,
                rule=rule,
                examples=_examples(release, rule_id),
                titles=titles,
            )
    raise ProblemError(404, "rule-not-found", release=release.name)


def _release() -> Release:
    return current_service().validator(PACK).release


def _heading(rule: dict[str, Any]) -> str:
    """Return the heading of a rule: its message, or its course and subject."""
    if rule["origin"] == "course":
        kind = rule["kinds"][0]["kind"]  # inside `gettext(…)`, "kind" would be extracted as a text to translate
        about = gettext(value_labels.ABOUT[kind])
        return f"{rule['message']}: {about}"
    return _readable(rule["message"])


def _readable(text: str) -> str:
    """Replace the placeholders of a text by an ellipsis: "The code … does not exist"."""
    return _PLACEHOLDER.sub(lambda match: "" if match[0].startswith(" (") else "…", text)


def _examples(release: Release, rule_id: str) -> list[tuple[int, bool, ContactForm]]:
    """Return (number, finds, contact) of each example of a rule.

    `finds` is whether the rule gives a finding; the contact is a form. An example that is no contact, which a checked
    release has none of, is left out.
    """
    examples = []
    for rule in (rule for rule in release.rules if rule.id == rule_id):
        for number, example in enumerate(rule.examples, 1):
            with suppress(RequestError):
                contact = release.complete_example(example, rule)
                read_request(contact)
                examples.append((number, example.finds, _clear_defaults(form_from_request(contact), example.encounter)))
    return examples


def _clear_defaults(contact: ContactForm, said: Any) -> ContactForm:
    """Clear the fields that the example does not set itself."""
    for name in ("date", "specialty"):
        if name not in said:
            contact.texts[name] = ""
    return contact
