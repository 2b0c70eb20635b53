"""`/cases`: the list of coding cases, a case with its answer form, and the feedback."""

import json
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from validator.contract.finding_kinds import Audience
from validator.requests.errors import Fault, RequestError
from validator.requests.request import load_object
from validator.texts import problem_text, training_text
from validator.training.answer_schema import AttemptSchema, SentAnswer
from validator.web.api.training_requests import training
from validator.web.http.content_negotiation import page_language
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.responses import current_service
from validator.web.pages import case_labels, value_labels
from validator.web.pages.case_details import detail_lines
from validator.web.pages.case_filters import NO_COURSE, parse_filters, query_filters
from validator.web.pages.case_labels import CaseLabels
from validator.web.pages.contact_form import ContactForm, field_name, parse_form, request_from_form
from validator.web.pages.frame import page, page_blueprint
from validator.web.pages.page_gettext import gettext

if TYPE_CHECKING:
    from validator.store.attempts import Attempt
    from validator.training.case_availability import CaseAvailability
    from validator.training.feedback import Feedback

blueprint = page_blueprint("cases", checks_personal_data=True)

_ATTEMPT = AttemptSchema()


@blueprint.get("/cases")
def list_cases() -> Response:
    """List the cases by the filters of the query, with the latest answer of the learner to each."""
    case_training, labels, chosen = training(), CaseLabels(current_service(), page_language()), query_filters()
    every, filters = case_training.list_cases(), parse_filters(chosen)
    latest = {attempt.case: attempt for attempt in case_training.learners.attempts(learner_code())}
    return page(
        "cases/list.html",
        cases=[
            _row(availability, latest.get(availability.case.id), labels)
            for availability in every
            if filters.matches(availability.case)
        ],
        total=sum(availability.playable or availability.case.id in latest for availability in every),
        answered=sum(availability.case.id in latest for availability in every),
        chosen=chosen,
        specialties=[(id, labels.specialty(id)) for id in sorted({availability.case.specialty for availability in every})],
        courses=sorted(
            ((id or NO_COURSE, labels.course(id)) for id in {availability.case.course for availability in every}), key=_by_title
        ),
        case_labels=case_labels,
    )


@blueprint.get("/cases/<case_id>")
def show_case(case_id: str) -> Response:
    """Show a case with the form of its answer."""
    return _case_page(case_id, ContactForm())


@blueprint.post("/cases/<case_id>")
def submit_answer(case_id: str) -> BaseResponse:
    """Store an answer and redirect to its feedback, or show the faults of its fields."""
    form = parse_form(request.form)
    try:
        answer = _read_answer(form)
        feedback = training().submit_answer(learner_code(), case_id, answer.diagnoses, answer.phase, language=page_language())
    except RequestError as error:
        return _case_page(case_id, form, error.faults)
    response = redirect(url_for("cases.show_feedback", case_id=case_id, **query_filters()), 303)
    if feedback.code is not None:
        remember_learner(response, feedback.code)
    return response


@blueprint.get("/cases/<case_id>/feedback")
def show_feedback(case_id: str) -> BaseResponse:
    """Show the feedback on the learner's latest answer; without an answer, redirect to the case."""
    language = page_language()
    feedback = training().latest_feedback(learner_code(), case_id, language=language)
    if feedback is None:
        return redirect(url_for("cases.show_case", case_id=case_id, **query_filters()))
    labels = CaseLabels(current_service(), language)
    return page(
        "cases/feedback.html",
        case=feedback.case,
        feedback=feedback.to_json(language),
        weight=case_labels.score(feedback.graded.score),
        findings=_clinician_findings(feedback),
        lines=detail_lines(feedback.case, feedback.case.given, labels),
        notice=training().find_case(case_id).notice(language),
        labels=labels,
        case_labels=case_labels,
        chosen=query_filters(),
    )


def _case_page(case_id: str, form: ContactForm, faults: list[Fault] | None = None) -> Response:
    language = page_language()
    availability, labels = training().find_case(case_id), CaseLabels(current_service(), language)
    faults_by_field = {field_name(fault.path): problem_text(fault.key, language, fault.values) for fault in reversed(faults or [])}
    before = training().latest_feedback(learner_code(), case_id)
    return page(
        "cases/case.html",
        422 if faults else 200,
        case=availability.case,
        notice=availability.notice(language),
        approval=training_text(availability.case.status, language),
        lines=detail_lines(availability.case, availability.case.shown_given, labels),
        answered=before is not None,
        sent=form,
        faults=faults_by_field,
        labels=labels,
        case_labels=case_labels,
        chosen=query_filters(),
    )


def _read_answer(form: ContactForm) -> SentAnswer:
    """Read the submitted answer. Raises RequestError with pointers into a contact."""
    if form.withheld:
        raise RequestError([Fault(name, "personal-data") for name in form.withheld])
    filled = request_from_form(form)["encounter"]
    try:
        answer: SentAnswer = load_object(_ATTEMPT, json.dumps({name: filled.get(name) for name in ("diagnoses", "phase")}).encode())
    except RequestError as error:
        raise RequestError([Fault(f"/encounter{fault.path}", fault.key, fault.values) for fault in error.faults]) from None
    return answer


def _row(availability: "CaseAvailability", latest: "Attempt | None", labels: CaseLabels) -> dict[str, Any]:
    found = availability.case
    return {
        "case": found,
        "title": labels.text(found.title),
        "about": [labels.specialty(found.specialty), labels.course(found.course), gettext(case_labels.LEVELS[found.level])],
        "status": training_text(found.status, labels.language),
        "notice": availability.notice(labels.language),
        "latest": latest,
    }


def _clinician_findings(feedback: "Feedback") -> list[dict[str, Any]]:
    """Return the findings that a practice system would show, with labels of suggestions."""
    shown = [finding for finding in feedback.verdict.findings if finding.audience is Audience.CLINICIAN]
    return [
        {**finding.to_json(), "suggestions": [(value_labels.suggestion_label(item), item.code) for item in finding.suggestions]}
        for finding in shown
    ]


def _by_title(item: tuple[str, str]) -> tuple[bool, str]:
    return item[0] == NO_COURSE, item[1]
