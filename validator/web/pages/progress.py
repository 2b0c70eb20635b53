"""`/progress`: how a learner is doing, the case to answer next, and what is theirs: to carry on, take along, delete."""

from typing import TYPE_CHECKING

from flask import Response, redirect, request, url_for
from werkzeug import Response as BaseResponse

from validator.support.json_encoding import write
from validator.texts import problem_text
from validator.training.errors import UnknownGroupError
from validator.web.api.cases import training
from validator.web.http.learner_cookie import forget_learner, learner_code, remember_learner
from validator.web.http.page_negotiation import page_language
from validator.web.http.responses import JSON_TYPE, service
from validator.web.pages import case_labels
from validator.web.pages.case_filters import filters_of, narrowed
from validator.web.pages.case_labels import CaseWords
from validator.web.pages.frame import page, page_blueprint

if TYPE_CHECKING:
    from validator.training.case_bank import Bank
    from validator.training.progress import SetProgress

blueprint = page_blueprint("progress")
_SHOWN = 40  # answers in the picture


@blueprint.get("/progress")
def show() -> Response:
    """The learner's progress."""
    return _page({})


@blueprint.get("/progress/next")
def next_case() -> BaseResponse:
    """Leads to the case to answer next, among those that the query narrows to; to the list where there is none."""
    chosen = narrowed()
    found = training().next_case(learner_code(), filters_of(chosen))
    return redirect(url_for("cases.case", case_id=found.id, **chosen) if found else url_for("cases.listed", **chosen))


@blueprint.post("/progress/continue")
def go_on() -> BaseResponse:
    """Makes this browser that of the learner whose code was written down."""
    code = request.form.get("learner", "")
    if training().learners.find(code) is None:
        return _page({"learner": "learner-unknown"})
    response = redirect(url_for("progress.show"), 303)
    remember_learner(response, code)
    return response


@blueprint.post("/progress/group")
def group() -> BaseResponse:
    """Puts the learner into the group of a code, or out of any where it is empty."""
    held, code = training().groups, request.form.get("group", "").strip()
    response = redirect(url_for("progress.show", _anchor="group"), 303)
    if not code:
        held.leave(learner_code())
        return response
    try:
        _, made = held.join(learner_code(), code)
    except UnknownGroupError:
        return _page({"group": "group-unknown"})
    if made is not None:
        remember_learner(response, made)
    return response


@blueprint.get("/progress/export")
def export() -> Response:
    """Everything that is kept about the learner, as a file."""
    answer = Response(write(training().learners.export(learner_code())), mimetype=JSON_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="kodevagt-cases.json"'
    return answer


@blueprint.post("/progress/delete")
def delete() -> Response:
    """Deletes everything about the learner, at once."""
    gone = training().learners.delete(learner_code())
    response = page("progress/deleted.html", here=url_for("progress.show"), gone=gone)
    forget_learner(response)
    return response


def _page(faults: dict[str, str]) -> Response:
    language, held, code = page_language(), training(), learner_code()
    progress, known, joined = held.progress(code), held.learners.find(code), held.groups.group_of(code)
    words = CaseWords(service(), language)
    return page(
        "progress/progress.html",
        422 if faults else 200,
        here=url_for("progress.show"),
        progress=progress,
        shown=progress.attempts[-_SHOWN:],
        sets=[_set(held.bank, name, of, words) for name, of in progress.sets.items()],
        code=code if known else None,
        group=joined,
        faults={name: problem_text(key, language) for name, key in faults.items()},
        words=words,
        case_words=case_labels,
    )


def _set(bank: "Bank", name: str, progress: "SetProgress", words: CaseWords) -> tuple[str, "SetProgress", list[tuple[str, str]]]:
    """A fixed set: its title, how it goes, and id and title of the cases that are left."""
    left = [(id, words.text(bank.cases[id].title)) for id in progress.left]
    return words.text(bank.scoring.sets[name].title), progress, left
