"""`/`: try a contact and see its findings as a practice system would show them.

The page also has the request and the answer as JSON.
"""

import datetime
import json
from typing import Any

from flask import Response, request

from validator.catalogue.rubric import normal_form
from validator.contract.verdict import Finding, Suggestion, Verdict
from validator.judging.suggestions import apply_suggestion
from validator.requests.errors import Fault, RequestError
from validator.requests.request import Submission, read_request
from validator.rulebook.release import Release
from validator.texts import problem_text
from validator.web.http.content_negotiation import page_language
from validator.web.http.responses import current_service
from validator.web.pages import value_labels
from validator.web.pages.contact_form import ContactForm, field_name, form_from_request, parse_form, request_from_form
from validator.web.pages.example_contacts import EXAMPLES
from validator.web.pages.frame import PACK, page, page_blueprint
from validator.web.pages.page_gettext import gettext

blueprint = page_blueprint("tryout", checks_personal_data=True)


@blueprint.get("/")
def show_form() -> Response:
    """Show the empty form, or an example with its findings.

    The example is one of the page's, or example number N of a `rule`.
    """
    example = _example(request.args.get("example", ""), request.args.get("rule"))
    if example is not None:
        read_request(example)  # raises RequestError, a problem page, for one that is no contact
        return _judged(form_from_request(example))
    contact = ContactForm()
    contact.texts |= {"date": datetime.date.today().isoformat(), "specialty": "51"}
    return _page(contact)


@blueprint.post("/")
def judge_form() -> Response:
    """Show the submitted contact with its findings, or with the faults of its fields."""
    return _judged(parse_form(request.form), request.form.get("apply"))


def _example(key: str, rule_id: str | None) -> dict[str, Any] | None:
    if rule_id is None:
        return EXAMPLES[key][1] if key in EXAMPLES else None
    release = current_service().validator(PACK).release
    for rule in release.rules:
        for number, example in enumerate(rule.examples, 1):
            if (rule.id, str(number)) == (rule_id, key):
                return release.complete_example(example, rule)
    return None


def _judged(contact: ContactForm, wanted: str | None = None) -> Response:
    try:
        if contact.withheld:
            raise RequestError([Fault(name, "personal-data") for name in contact.withheld])
        submission, verdict = _verdict(contact)
        if wanted and _apply_suggestion(wanted, contact, submission, verdict):
            submission, verdict = _verdict(contact)
    except RequestError as error:
        return _page(contact, faults=error.faults)
    return _page(contact, verdict=verdict)


def _verdict(contact: ContactForm) -> tuple[Submission, Verdict]:
    submission = read_request(request_from_form(contact))
    return submission, current_service().judge(submission, language=page_language())


def _apply_suggestion(wanted: str, contact: ContactForm, submission: Submission, verdict: Verdict) -> bool:
    """Apply the chosen suggestion to the contact, if the findings still have it.

    Return whether they had it.
    """
    for finding in verdict.findings:
        for suggestion in finding.suggestions:
            if _key(finding, suggestion) == wanted:
                changed, _ = apply_suggestion(submission.encounter, finding.hit, suggestion)
                contact.texts["course"] = changed.course or ""
                contact.diagnoses = [(item.code, item.role or "") for item in changed.diagnoses]
                return True
    return False


def _key(finding: Finding, suggestion: Suggestion) -> str:
    """Return the key of a suggestion among those of a contact."""
    hit = finding.hit
    return " ".join([hit.rule, hit.path, suggestion.action, suggestion.code or suggestion.course or ""])


def _page(contact: ContactForm, verdict: Verdict | None = None, faults: list[Fault] | None = None) -> Response:
    service, language = current_service(), page_language()
    release = service.validator(PACK).release
    faults_by_field = {field_name(fault.path): problem_text(fault.key, language, fault.values) for fault in reversed(faults or [])}
    return page(
        "tryout/contact.html",
        422 if faults else 200,
        contact=contact,
        faults=faults_by_field,
        verdict=verdict,
        findings=[_finding_card(finding) for finding in verdict.findings] if verdict else [],
        sent=_indented_json(request_from_form(contact)) if verdict else "",
        answer=_indented_json(verdict.to_json()) if verdict else "",
        specialties=[(key, f"{key} {_text(title, release, language)}") for key, title in release.specialties.items()],
        courses=_courses(release, language),
        titles={code: service.catalogue.title(normal_form(code), language) for code, _ in contact.diagnoses},
        examples=EXAMPLES,
        release=release,
    )


def _finding_card(finding: Finding) -> dict[str, Any]:
    """Return a finding with its field, and the key and label of its suggestions, for its card."""
    keyed = [(_key(finding, item), value_labels.suggestion_label(item), item) for item in finding.suggestions]
    return {**finding.to_json(), "field": field_name(finding.hit.path), "suggestions": keyed}


def _courses(release: Release, language: str) -> list[tuple[str, Any]]:
    """Return the options of the course field, by specialty."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for course in release.courses.values():
        groups.setdefault(course.specialty, []).append((course.id, _text(course.title, release, language)))
    ungrouped = [("", gettext("None, or not a structured course"))]
    specialty = gettext("Specialty")
    return [*ungrouped, *((f"{specialty} {key}", courses) for key, courses in groups.items())]


def _text(texts: Any, release: Release, language: str) -> str:
    return str(texts.get(language) or texts.get(release.language, ""))


def _indented_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
