"""`/progress`: the learner's progress, the next case, and their own data.

The learner can continue in another browser, and export or delete the data.
"""

from typing import TYPE_CHECKING

from flask import Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from validator.support.json_encoding import encode_json
from validator.texts import problem_text
from validator.training.errors import UnknownGroupError
from validator.web.api.training_requests import training
from validator.web.http.content_negotiation import page_language
from validator.web.http.learner_cookie import forget_learner, learner_code, remember_learner
from validator.web.http.request_body import JSON_TYPE
from validator.web.http.responses import current_service
from validator.web.pages import case_labels
from validator.web.pages.case_filters import parse_filters, query_filters
from validator.web.pages.case_labels import CaseLabels
from validator.web.pages.frame import page, page_blueprint

if TYPE_CHECKING:
    from validator.training.case_bank import Bank
    from validator.training.progress import SetProgress

blueprint = page_blueprint("progress")
_SHOWN = 40  # answers in the picture


@blueprint.get("/progress")
def show_progress() -> Response:
    """Show the learner's progress."""
    return _page({})


@blueprint.get("/progress/next")
def next_case() -> BaseResponse:
    """Redirect to the case to answer next by the filters of the query.

    Where there is none, redirect to the list.
    """
    chosen = query_filters()
    found = training().next_case(learner_code(), parse_filters(chosen))
    return redirect(url_for("cases.show_case", case_id=found.id, **chosen) if found else url_for("cases.list_cases", **chosen))


@blueprint.post("/progress/continue")
def continue_learner() -> BaseResponse:
    """Continue as the learner with a code in this browser."""
    code = request.form.get("learner", "")
    if training().learners.find(code) is None:
        return _page({"learner": "learner-unknown"})
    response = redirect(url_for("progress.show_progress"), 303)
    remember_learner(response, code)
    return response


@blueprint.post("/progress/group")
def choose_group() -> BaseResponse:
    """Join the group of a code, or leave any group where the code is empty."""
    groups, code = training().groups, request.form.get("group", "").strip()
    response = redirect(url_for("progress.show_progress", _anchor="group"), 303)
    if not code:
        groups.leave(learner_code())
        return response
    try:
        _, learner = groups.join(learner_code(), code)
    except UnknownGroupError:
        return _page({"group": "group-unknown"})
    if learner is not None:
        remember_learner(response, learner)
    return response


@blueprint.get("/progress/export")
def export_data() -> Response:
    """Download everything stored about the learner."""
    answer = Response(encode_json(training().learners.export(learner_code())), mimetype=JSON_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.json"'
    return answer


@blueprint.post("/progress/delete")
def delete_data() -> Response:
    """Delete everything stored about the learner."""
    gone = training().learners.delete(learner_code())
    response = page("progress/deleted.html", here=url_for("progress.show_progress"), gone=gone)
    forget_learner(response)
    return response


def _page(faults: dict[str, str]) -> Response:
    language, case_training, code = page_language(), training(), learner_code()
    progress, known, joined = case_training.progress(code), case_training.learners.find(code), case_training.groups.group_of(code)
    labels = CaseLabels(current_service(), language)
    return page(
        "progress/progress.html",
        422 if faults else 200,
        here=url_for("progress.show_progress"),
        progress=progress,
        shown=progress.attempts[-_SHOWN:],
        sets=[_set(case_training.bank, name, of, labels) for name, of in progress.sets.items()],
        code=code if known else None,
        group=joined,
        faults={name: problem_text(key, language) for name, key in faults.items()},
        labels=labels,
        case_labels=case_labels,
    )


def _set(bank: "Bank", name: str, progress: "SetProgress", labels: CaseLabels) -> tuple[str, "SetProgress", list[tuple[str, str]]]:
    """Return the title of a fixed set, the progress in it, and its remaining cases.

    A case is (id, title).
    """
    left = [(id, labels.text(bank.cases[id].title)) for id in progress.left]
    return labels.text(bank.scoring.sets[name].title), progress, left
