"""`/groups`: for a meeting, a code to join with, and for the one who made it the answers to a case as they come."""

from flask import Response, redirect, url_for
from werkzeug import Response as BaseResponse

from validator.web.api.cases import training
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.page_negotiation import page_language
from validator.web.http.responses import service
from validator.web.pages import case_labels
from validator.web.pages.case_labels import CaseWords
from validator.web.pages.frame import page, page_blueprint

blueprint = page_blueprint("meeting")


@blueprint.get("/groups")
def listed() -> Response:
    """The groups that one has made, and a button for another."""
    return page("meeting/groups.html", groups=training().groups.created_by(learner_code()))


@blueprint.post("/groups")
def make() -> BaseResponse:
    """Makes a group, and leads to its page."""
    group, made = training().groups.create(learner_code())
    response = redirect(url_for("meeting.group", group_code=group.code), 303)
    if made is not None:
        remember_learner(response, made)
    return response


@blueprint.get("/groups/<group_code>")
def group(group_code: str) -> Response:
    """The code to tell, and how many have answered each case."""
    held, words = training(), CaseWords(service(), page_language())
    watched = held.groups.get_owned(learner_code(), group_code)
    answers = held.groups.answer_counts(watched)
    cases = [standing.case for standing in held.list_cases() if standing.playable or standing.case.id in answers]
    rows = [(case, words.text(case.title), answers.get(case.id, 0)) for case in cases]
    return page("meeting/group.html", group=watched, rows=sorted(rows, key=lambda row: (-row[2], row[1])), words=words)


@blueprint.get("/groups/<group_code>/cases/<case_id>")
def answers(group_code: str, case_id: str) -> Response:
    """The answers to a case up to now; with JavaScript the page brings itself up to date."""
    held, words = training(), CaseWords(service(), page_language())
    case = held.find_case(case_id).case
    watched = held.groups.get_owned(learner_code(), group_code)
    found = held.groups.case_answers(watched, case_id)
    chosen = [(words.chosen(codes), number, number / found.answers) for codes, number in found.chosen]
    return page("meeting/answers.html", group=watched, case=case, found=found, chosen=chosen, words=words, case_words=case_labels)
