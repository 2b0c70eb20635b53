"""`/v1/codes`: search the codes of ICPC-2, and read one.

A code comes with its bridges and the courses that name it.
"""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.code_search import code_search
from validator.catalogue.search.hospital_codes import bridges_json
from validator.catalogue.search.query import MAX_QUERY_LENGTH, clean_query
from validator.requests.errors import Fault, RequestError
from validator.serving.course_words import find_codes
from validator.serving.service import Service
from validator.support.lookalikes import find_lookalikes, replace_lookalikes
from validator.texts.lookalike_texts import lookalike_text
from validator.web.api import request_examples
from validator.web.api.code_schemas import FoundCodeSchema, ReadCodeSchema
from validator.web.api.openapi_parts import LANGUAGE_HEADER, PAGE_QUERY, page_of, query_parameter
from validator.web.http.content_negotiation import text_language
from validator.web.http.errors import ProblemError
from validator.web.http.responses import current_service, etag_response, list_response, query_value

blueprint = Blueprint("codes", __name__, description="The catalogue")

_QUERY = [
    query_parameter(
        "q",
        "A code of ICPC-2, ICD-10 or SKS, or words of a title or synonym, also incomplete or misspelt; by default all codes.",
        maxLength=MAX_QUERY_LENGTH,
        example="slidgigt i knæ",
    ),
    query_parameter("specialty", "A specialty of the current rules (51, 57, 62 or 65), whose usual codes come first among equals."),
]


@blueprint.route("/v1/codes")
@blueprint.doc(
    operationId="listCodes",
    summary="List the codes of ICPC-2, or search them, best match first",
    parameters=[*_QUERY, *PAGE_QUERY, LANGUAGE_HEADER],
)
@blueprint.alt_response(200, schema=page_of("codes", FoundCodeSchema))
def codes() -> Response:
    service, language = current_service(), text_language()
    query, physiotherapy = query_value("q") or "", _is_physiotherapy(service)
    if len(query) > MAX_QUERY_LENGTH:
        raise RequestError([Fault("?q", "too-long", {"limit": MAX_QUERY_LENGTH})])
    if query := clean_query(query):
        hits = find_codes(service, query, physiotherapy=physiotherapy)
    else:
        hits = code_search(service.catalogue).list_all(physiotherapy=physiotherapy)
    return list_response(hits, lambda hit: hit.to_json(language))


@blueprint.route("/v1/codes/<code>", parameters=[request_examples.CODE])
@blueprint.doc(operationId="readCode", summary="Read a code of ICPC-2", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema=ReadCodeSchema)
def code(code: str) -> Response:
    service, written = current_service(), normal_form(code[:200])
    rubric = service.catalogue.get(written)
    if rubric is None:
        found, meant = find_lookalikes(written), replace_lookalikes(written)
        if found and service.catalogue.get(meant):
            raise ProblemError(404, "code-with-lookalikes", code=meant, characters=lookalike_text(found, text_language()))
        raise ProblemError(404, "code-not-found")
    return etag_response(describe_rubric(rubric, service, text_language()))


def _is_physiotherapy(service: Service) -> bool:
    """Return whether the query names a specialty.

    All specialties of the rules are of physiotherapy. Raises RequestError for a specialty that is not in the rules.
    """
    specialty = query_value("specialty")
    known = sorted({specialty for validator in service.current.values() for specialty in validator.release.specialties})
    if specialty and specialty not in known:
        raise RequestError([Fault("?specialty", "choice", {"allowed": ", ".join(known)})])
    return bool(specialty)


def describe_rubric(rubric: Rubric, service: Service, language: str) -> dict[str, Any]:
    """Return all about a rubric, for the API and its page."""
    return {
        "code": rubric.code,
        "title": rubric.title(language),
        "titles": dict(rubric.titles),
        "short_titles": dict(rubric.short_titles),
        "chapter": rubric.chapter or None,
        "component": rubric.component,
        "kind": rubric.kind,
        "sex": rubric.sex,
        **rubric.validity,
        "counterpart": service.catalogue.counterparts.get(rubric.code),
        "synonyms": [synonym._asdict() for synonym in rubric.synonyms],
        "notes": {language: asdict(notes) for language, notes in rubric.notes.items()},
        "bridges": bridges_json(service.catalogue, rubric),
        "courses": [
            {"id": course.id, "title": course.title.get(language) or course.title[validator.release.language]}
            for validator in service.current.values()
            for course in validator.release.courses_with_code(rubric.code)
        ],
        "edition": service.catalogue.edition,
    }
