"""`/groups`: groups for a meeting, with a code to join.

The group's owner sees the answers to each case.
"""

from flask import Response, redirect, url_for
from werkzeug import Response as BaseResponse

from validator.web.api.training_requests import training
from validator.web.http.content_negotiation import page_language
from validator.web.http.learner_cookie import learner_code, remember_learner
from validator.web.http.responses import current_service
from validator.web.pages import case_labels
from validator.web.pages.case_labels import CaseLabels
from validator.web.pages.frame import page, page_blueprint

blueprint = page_blueprint("meeting")


@blueprint.get("/groups")
def list_groups() -> Response:
    """List the groups of this browser's learner, with a button for a new one."""
    return page("meeting/groups.html", groups=training().groups.created_by(learner_code()))


@blueprint.post("/groups")
def create_group() -> BaseResponse:
    """Create a group and redirect to its page."""
    group, learner = training().groups.create(learner_code())
    response = redirect(url_for("meeting.show_group", group_code=group.code), 303)
    if learner is not None:
        remember_learner(response, learner)
    return response


@blueprint.get("/groups/<group_code>")
def show_group(group_code: str) -> Response:
    """Show the code to join with, and how many have answered each case."""
    case_training, labels = training(), CaseLabels(current_service(), page_language())
    own_group = case_training.groups.get_owned(learner_code(), group_code)
    answers = case_training.groups.answer_counts(own_group)
    cases = [
        availability.case for availability in case_training.list_cases() if availability.playable or availability.case.id in answers
    ]
    rows = [(case, labels.text(case.title), answers.get(case.id, 0)) for case in cases]
    return page("meeting/group.html", group=own_group, rows=sorted(rows, key=lambda row: (-row[2], row[1])), labels=labels)


@blueprint.get("/groups/<group_code>/cases/<case_id>")
def show_answers(group_code: str, case_id: str) -> Response:
    """Show the answers to a case so far; with JavaScript the page refreshes itself."""
    case_training, labels = training(), CaseLabels(current_service(), page_language())
    case = case_training.find_case(case_id).case
    own_group = case_training.groups.get_owned(learner_code(), group_code)
    found = case_training.groups.case_answers(own_group, case_id)
    chosen = [(labels.answer(codes), number, number / found.answers) for codes, number in found.chosen]
    return page(
        "meeting/answers.html", group=own_group, case=case, found=found, chosen=chosen, labels=labels, case_labels=case_labels
    )
