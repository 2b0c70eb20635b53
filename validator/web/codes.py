"""`/v1/codes/{code}`: a rubric with its words, its place in ICPC-2, its bridges and the courses that name it."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.catalogue import Rubric, normal_form
from validator.catalogue.systems import ICD10
from validator.service import Service
from validator.web.answers import NotFoundError, kept_answer, service, spoken_language
from validator.web.schemas import LANGUAGE_HEADER

blueprint = Blueprint("codes", __name__, description="The catalogue")


@blueprint.route("/v1/codes/<code>")
@blueprint.doc(summary="One code of ICPC-2", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema={"type": "object"})
def code(code: str) -> Response:
    held = service()
    rubric = held.catalogue.get(normal_form(code[:200]))
    if rubric is None:
        raise NotFoundError("code-not-found")
    return kept_answer(_described(rubric, held, spoken_language()))


def _described(rubric: Rubric, held: Service, language: str) -> dict[str, Any]:
    return {
        "code": rubric.code,
        "title": held.catalogue.title(rubric.code, language),
        "titles": dict(rubric.titles),
        "short_titles": dict(rubric.short_titles),
        "chapter": rubric.chapter or None,
        "component": rubric.component,
        "kind": rubric.kind,
        "sex": rubric.sex,
        "valid_from": rubric.valid_from and rubric.valid_from.isoformat(),
        "valid_to": rubric.valid_to and rubric.valid_to.isoformat(),
        "counterpart": held.catalogue.counterparts.get(rubric.code),
        "synonyms": [synonym._asdict() for synonym in rubric.synonyms],
        "notes": {language: asdict(notes) for language, notes in rubric.notes.items()},
        "bridges": [{"system": ICD10, "code": origin} for origin in held.catalogue.bridges_to(rubric.code)],
        "courses": [
            {"id": course.id, "title": course.title.get(language) or course.title[validator.release.language]}
            for validator in held.current.values()
            for course in validator.release.courses.values()
            if any(rubric.code in entry.codes for entry in course.main_diagnosis)
            or any(rubric.code in entry.icpc for entry in course.referral)
        ],
        "edition": held.catalogue.edition,
    }
