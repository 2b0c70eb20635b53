"""`/`: a contact is filled in, and shown as a practice system would show it, with request and answer beside."""

import datetime
import json
from typing import Any

from flask import Response, request

from validator.catalogue.rubric import normal_form
from validator.contract.verdict import Finding, Suggestion, Verdict
from validator.judging.suggestions import apply
from validator.requests.errors import Fault, RequestError
from validator.requests.request import Submission, read_request
from validator.rulebook.release import Release
from validator.rulebook.rule import example_request
from validator.texts import problem_text
from validator.web.http.content_negotiation import page_language
from validator.web.http.responses import service
from validator.web.pages import value_labels
from validator.web.pages.contact_form import Contact, contact_of, field_of, request_of, sent_contact
from validator.web.pages.example_contacts import EXAMPLES
from validator.web.pages.frame import PACK, page, page_blueprint
from validator.web.pages.page_gettext import gettext

blueprint = page_blueprint("tryout", shows_again=True)


@blueprint.get("/")
def show() -> Response:
    """The empty form, or an example with its findings: one of the page's, or with `rule` one of a rule's own, by its number."""
    example = _example(request.args.get("example", ""), request.args.get("rule"))
    if example is not None:
        return _judged(contact_of(example))
    contact = Contact()
    contact.texts |= {"date": datetime.date.today().isoformat(), "specialty": "51"}
    return _page(contact)


@blueprint.post("/")
def judge() -> Response:
    """The contact that was filled in, with its findings, or with what is wrong with its fields."""
    return _judged(sent_contact(request.form), request.form.get("apply"))


def _example(key: str, rule_id: str | None) -> dict[str, Any] | None:
    if rule_id is None:
        return EXAMPLES[key][1] if key in EXAMPLES else None
    rule = next((rule for rule in service().validator(PACK).release.rules if rule.id == rule_id), None)
    numbered = {str(number): example for number, example in enumerate(rule.examples if rule else (), 1)}
    return example_request(numbered[key], pack=PACK) if key in numbered else None


def _judged(contact: Contact, wanted: str | None = None) -> Response:
    try:
        if contact.withheld:
            raise RequestError([Fault(name, "personal-data") for name in contact.withheld])
        submission, verdict = _verdict(contact)
        if wanted and _take(wanted, contact, submission, verdict):
            submission, verdict = _verdict(contact)
    except RequestError as error:
        return _page(contact, faults=error.faults)
    return _page(contact, verdict=verdict)


def _verdict(contact: Contact) -> tuple[Submission, Verdict]:
    submission = read_request(request_of(contact))
    return submission, service().judge(submission, language=page_language())


def _take(wanted: str, contact: Contact, submission: Submission, verdict: Verdict) -> bool:
    """Changes the contact by the suggestion that was chosen, where the findings still have it."""
    for finding in verdict.findings:
        for suggestion in finding.suggestions:
            if _key(finding, suggestion) == wanted:
                changed, _ = apply(submission.encounter, finding.hit, suggestion)
                contact.texts["course"] = changed.course or ""
                contact.diagnoses = [(item.code, item.role or "") for item in changed.diagnoses]
                return True
    return False


def _key(finding: Finding, suggestion: Suggestion) -> str:
    """What names a suggestion among those of a contact."""
    hit = finding.hit
    return " ".join([hit.rule, hit.path, suggestion.action, suggestion.code or suggestion.course or ""])


def _page(contact: Contact, verdict: Verdict | None = None, faults: list[Fault] | None = None) -> Response:
    held, language = service(), page_language()
    release = held.validator(PACK).release
    told = {field_of(fault.path): problem_text(fault.key, language, fault.values) for fault in reversed(faults or [])}
    return page(
        "tryout/contact.html",
        422 if faults else 200,
        contact=contact,
        faults=told,
        verdict=verdict,
        findings=[_shown(finding) for finding in verdict.findings] if verdict else [],
        sent=_written(request_of(contact)) if verdict else "",
        answer=_written(verdict.to_json()) if verdict else "",
        names=value_labels,
        specialties=[(key, f"{key} {_text(title, release, language)}") for key, title in release.specialties.items()],
        courses=_courses(release, language),
        titles={code: held.catalogue.title(normal_form(code), language) for code, _ in contact.diagnoses},
        examples=EXAMPLES,
        release=release,
    )


def _shown(finding: Finding) -> dict[str, Any]:
    """A finding with what its card needs besides: the field that it is about, and the keys of its suggestions."""
    keyed = [(_key(finding, item), value_labels.suggestion_label(item), item) for item in finding.suggestions]
    return {**finding.to_json(), "field": field_of(finding.hit.path), "suggestions": keyed}


def _courses(release: Release, language: str) -> list[tuple[str, Any]]:
    """The courses to choose from, by specialty."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for course in release.courses.values():
        groups.setdefault(course.specialty, []).append((course.id, _text(course.title, release, language)))
    ungrouped = [("", gettext("None, or not a structured course"))]
    specialty = gettext("Specialty")
    return [*ungrouped, *((f"{specialty} {key}", courses) for key, courses in groups.items())]


def _text(texts: Any, release: Release, language: str) -> str:
    return str(texts.get(language) or texts.get(release.language, ""))


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
