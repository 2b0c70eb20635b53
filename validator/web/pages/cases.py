"""`/cases`: the coding cases to choose from; one to read and to answer; after the answer, never before, what there is to say."""

import json
from typing import TYPE_CHECKING, Any

from flask import Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from validator.contract.finding_kinds import Audience
from validator.requests.errors import Fault, RequestError
from validator.requests.request import read_shape
from validator.texts import problem_text
from validator.training.answer_schema import AttemptSchema, SentAnswer
from validator.training.texts import training_text
from validator.web.api.cases import training
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.page_negotiation import page_language
from validator.web.http.responses import service
from validator.web.pages import case_labels, value_labels
from validator.web.pages.case_details import given_lines
from validator.web.pages.case_filters import NO_COURSE, filters_of, narrowed
from validator.web.pages.case_labels import CaseWords
from validator.web.pages.contact_form import Contact, field_of, request_of, sent_contact
from validator.web.pages.frame import page, page_blueprint
from validator.web.pages.page_gettext import gettext

if TYPE_CHECKING:
    from validator.store.attempts import Attempt
    from validator.training.case_availability import CaseAvailability
    from validator.training.feedback import Feedback

blueprint = page_blueprint("cases", shows_again=True)

_ATTEMPT = AttemptSchema()


@blueprint.get("/cases")
def listed() -> Response:
    """The cases, narrowed by the query, and how those went that the learner has answered."""
    held, words, chosen = training(), CaseWords(service(), page_language()), narrowed()
    every, filters = held.list_cases(), filters_of(chosen)
    latest = {attempt.case: attempt for attempt in held.learners.attempts(learner_code())}
    return page(
        "cases/list.html",
        cases=[_row(standing, latest.get(standing.case.id), words) for standing in every if filters.matches(standing.case)],
        total=sum(standing.playable or standing.case.id in latest for standing in every),
        answered=sum(standing.case.id in latest for standing in every),
        chosen=chosen,
        specialties=[(id, words.specialty(id)) for id in sorted({standing.case.specialty for standing in every})],
        courses=sorted(((id or NO_COURSE, words.course(id)) for id in {standing.case.course for standing in every}), key=_by_title),
        case_words=case_labels,
        names=value_labels,
    )


@blueprint.get("/cases/<case_id>")
def case(case_id: str) -> Response:
    """A case with the form of its answer."""
    return _case(case_id, Contact())


@blueprint.post("/cases/<case_id>")
def answer(case_id: str) -> BaseResponse:
    """Takes an answer, and leads to what there is to say; or shows what is wrong with its fields."""
    sent = sent_contact(request.form)
    try:
        given = _answer_of(sent)
        told = training().submit_answer(learner_code(), case_id, given.diagnoses, given.phase, language=page_language())
    except RequestError as error:
        return _case(case_id, sent, error.faults)
    response = redirect(url_for("cases.feedback", case_id=case_id, **narrowed()), 303)
    if told.code is not None:
        remember_learner(response, told.code)
    return response


@blueprint.get("/cases/<case_id>/feedback")
def feedback(case_id: str) -> BaseResponse:
    """What there is to say to the learner's latest answer; without one, the case."""
    language = page_language()
    told = training().latest_feedback(learner_code(), case_id, language=language)
    if told is None:
        return redirect(url_for("cases.case", case_id=case_id, **narrowed()))
    words = CaseWords(service(), language)
    return page(
        "cases/feedback.html",
        case=told.case,
        told=told.to_json(language),
        weight=case_labels.score(told.graded.score),
        findings=_findings(told),
        lines=given_lines(told.case, words),
        notice=training().find_case(case_id).notice(language),
        words=words,
        case_words=case_labels,
        names=value_labels,
        chosen=narrowed(),
    )


def _case(case_id: str, sent: Contact, faults: list[Fault] | None = None) -> Response:
    language = page_language()
    standing, words = training().find_case(case_id), CaseWords(service(), language)
    told = {field_of(fault.path): problem_text(fault.key, language, fault.values) for fault in reversed(faults or [])}
    before = training().latest_feedback(learner_code(), case_id)
    return page(
        "cases/case.html",
        422 if faults else 200,
        case=standing.case,
        notice=standing.notice(language),
        approval=training_text(standing.case.status, language),
        lines=given_lines(standing.case, words),
        answered=before is not None,
        sent=sent,
        faults=told,
        words=words,
        case_words=case_labels,
        names=value_labels,
        chosen=narrowed(),
    )


def _answer_of(sent: Contact) -> SentAnswer:
    """The answer that was filled in. Raises RequestError, with the places of a contact."""
    if sent.withheld:
        raise RequestError([Fault(name, "personal-data") for name in sent.withheld])
    filled = request_of(sent)["encounter"]
    try:
        found: SentAnswer = read_shape(_ATTEMPT, json.dumps({name: filled.get(name) for name in ("diagnoses", "phase")}).encode())
    except RequestError as error:
        raise RequestError([Fault(f"/encounter{fault.path}", fault.key, fault.values) for fault in error.faults]) from None
    return found


def _row(standing: "CaseAvailability", latest: "Attempt | None", words: CaseWords) -> dict[str, Any]:
    found = standing.case
    return {
        "case": found,
        "title": words.text(found.title),
        "about": [words.specialty(found.specialty), words.course(found.course), gettext(case_labels.LEVELS[found.level])],
        "status": training_text(found.status, words.language),
        "notice": standing.notice(words.language),
        "latest": latest,
    }


def _findings(told: "Feedback") -> list[dict[str, Any]]:
    """What the practice system would have shown the clinician, each with what its buttons would have said."""
    shown = [finding for finding in told.verdict.findings if finding.audience is Audience.CLINICIAN]
    return [
        {**finding.to_json(), "suggestions": [(value_labels.suggestion_label(item), item.code) for item in finding.suggestions]}
        for finding in shown
    ]


def _by_title(item: tuple[str, str]) -> tuple[bool, str]:
    return item[0] == NO_COURSE, item[1]
