"""`/v1/codes`: rubrics found by a clinician's words, and one with its place in ICPC-2, its bridges and the courses that name it."""

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.code_search import SearchHit, code_search
from validator.catalogue.search.hospital_codes import bridges_json, search_codes
from validator.catalogue.search.query import MAX_QUERY_LENGTH
from validator.requests.errors import Fault, RequestError
from validator.serving.service import Service
from validator.web.api.schemas import LANGUAGE_HEADER, PAGE_QUERY, page_of
from validator.web.http.responses import NotFoundError, kept_answer, list_answer, queried, service, spoken_language

blueprint = Blueprint("codes", __name__, description="The catalogue")

_QUERY: list[dict[str, Any]] = [
    {
        "name": "q",
        "in": "query",
        "description": "A code (of ICD-10 or SKS too), or words of a title or synonym, also unfinished or misspelt; or all.",
        "schema": {"type": "string", "maxLength": MAX_QUERY_LENGTH},
    },
    {
        "name": "specialty",
        "in": "query",
        "description": "A specialty of the current rules (51, 57, 62 or 65): what physiotherapy codes comes first among equals.",
        "schema": {"type": "string"},
    },
]


@blueprint.route("/v1/codes")
@blueprint.doc(
    summary="The codes of ICPC-2, or those that words may mean, the likeliest first",
    parameters=[*_QUERY, *PAGE_QUERY, LANGUAGE_HEADER],
)
@blueprint.alt_response(200, schema=page_of("codes"))
def codes() -> Response:
    held, language = service(), spoken_language()
    query, physiotherapy = queried("q") or "", _is_physiotherapy(held)
    if len(query) > MAX_QUERY_LENGTH:
        raise RequestError([Fault("?q", "too-long", {"limit": MAX_QUERY_LENGTH})])
    return list_answer(_found(held.catalogue, query.strip(), physiotherapy), lambda hit: hit.to_json(language))


@blueprint.route("/v1/codes/<code>")
@blueprint.doc(summary="One code of ICPC-2", parameters=[LANGUAGE_HEADER])
@blueprint.alt_response(200, schema={"type": "object"})
def code(code: str) -> Response:
    held = service()
    rubric = held.catalogue.get(normal_form(code[:200]))
    if rubric is None:
        raise NotFoundError("code-not-found")
    return kept_answer(described(rubric, held, spoken_language()))


def _found(catalogue: Catalogue, query: str, physiotherapy: bool) -> list[SearchHit]:
    if not query:
        return code_search(catalogue).list_all(physiotherapy=physiotherapy)
    return search_codes(catalogue, query, physiotherapy=physiotherapy)


def _is_physiotherapy(held: Service) -> bool:
    """Whether the query names a specialty; all that the rules know are of physiotherapy."""
    given = queried("specialty")
    known = sorted({specialty for validator in held.current.values() for specialty in validator.release.specialties})
    if given and given not in known:
        raise RequestError([Fault("?specialty", "choice", {"allowed": ", ".join(known)})])
    return bool(given)


def described(rubric: Rubric, held: Service, language: str) -> dict[str, Any]:
    """What is told of a rubric, in an answer and on its page."""
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
        "counterpart": held.catalogue.counterparts.get(rubric.code),
        "synonyms": [synonym._asdict() for synonym in rubric.synonyms],
        "notes": {language: asdict(notes) for language, notes in rubric.notes.items()},
        "bridges": bridges_json(held.catalogue, rubric),
        "courses": [
            {"id": course.id, "title": course.title.get(language) or course.title[validator.release.language]}
            for validator in held.current.values()
            for course in validator.release.courses_with_code(rubric.code)
        ],
        "edition": held.catalogue.edition,
    }
