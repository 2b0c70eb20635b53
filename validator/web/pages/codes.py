"""`/codes`: codes by chapter, search by a clinician's words, and a page for each code."""

from typing import Any

from flask import Response, redirect, request, url_for

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, SKS
from validator.catalogue.rubric import Rubric, looks_like_icpc, normal_form
from validator.catalogue.search.hospital_codes import bridged_rubrics
from validator.catalogue.search.query import MAX_QUERY_LENGTH, clean_query
from validator.serving.course_words import course_entry, find_codes
from validator.serving.service import Service
from validator.support.lookalikes import replace_lookalikes
from validator.web.api.codes import describe_rubric
from validator.web.http.content_negotiation import page_language
from validator.web.http.responses import current_service
from validator.web.pages import value_labels
from validator.web.pages.frame import page, page_blueprint

blueprint = page_blueprint("catalogue")

_PROCESS = "-"  # as a chapter
_PHYSIOTHERAPY = ("L", "N")  # its chapters
_MAX_HITS = 30


@blueprint.get("/codes")
def list_codes() -> Response:
    """Show what the query finds, or a chapter, or the list of chapters."""
    catalogue, query = current_service().catalogue, clean_query(request.args.get("q", ""))[:MAX_QUERY_LENGTH]
    if query:
        return _search_page(query)
    chapter = request.args.get("chapter", "").upper()
    if chapter in value_labels.CHAPTERS:
        return _chapter_page(catalogue, chapter)
    return page("catalogue/chapters.html", cacheable=True, own=_PHYSIOTHERAPY, counts=_counts(catalogue), query="")


@blueprint.get("/codes/<code>")
def show_code(code: str) -> Any:
    """Show everything about a code; another spelling of it redirects, and a hospital code to its search."""
    service, language, normal = current_service(), page_language(), replace_lookalikes(normal_form(code[:MAX_QUERY_LENGTH]))
    rubric = service.catalogue.get(normal)
    if rubric is None:
        return _unknown_code(service.catalogue, normal)
    if rubric.code != code:
        return redirect(url_for("catalogue.show_code", code=rubric.code), 308)
    details = describe_rubric(rubric, service, language)
    bridges = [(origin, service.catalogue.bridges[origin]) for origin in service.catalogue.bridge_origins(rubric.code)]
    return page(
        "catalogue/code.html",
        cacheable=True,
        rubric=rubric,
        details=details,
        notes=rubric.notes.get(language),
        **_synonyms(rubric, service, language),
        bridges=bridges,
        catalogue=service.catalogue,
        query="",
    )


def _unknown_code(catalogue: Catalogue, code: str) -> Any:
    """Show the codes that a code resembles; a code of the hospital is searched for."""
    if not looks_like_icpc(code) and any(catalogue.is_member(code, system) for system in (ICD10, SKS)):
        return redirect(url_for("catalogue.list_codes", q=code))
    near = [catalogue.rubrics[known] for known in catalogue.nearest_codes(code)[:5]]
    return page("catalogue/unknown.html", 404, near=near, query="")


def _search_page(query: str) -> Response:
    service = current_service()
    hits = find_codes(service, query, physiotherapy=True)
    bridged = bridged_rubrics(service.catalogue, query)
    return page(
        "catalogue/found.html",
        cacheable=True,
        query=query,
        hits=hits[:_MAX_HITS],
        more=max(len(hits) - _MAX_HITS, 0),
        bridged=bridged,
    )


def _chapter_page(catalogue: Catalogue, chapter: str) -> Response:
    inside = [rubric for rubric in catalogue.rubrics.values() if _chapter_of(rubric) == chapter]
    there = [kind for kind in value_labels.KINDS if any(rubric.kind == kind for rubric in inside)]
    parts = {kind: [rubric for rubric in inside if rubric.kind == kind] for kind in there}
    return page("catalogue/chapter.html", cacheable=True, chapter=chapter, parts=parts, query="")


def _counts(catalogue: Catalogue) -> dict[str, tuple[int, int]]:
    """Count the symptoms and diagnoses of each chapter; process codes count as symptoms."""
    counts = {chapter: [0, 0] for chapter in value_labels.CHAPTERS}
    for rubric in catalogue.rubrics.values():
        counts[_chapter_of(rubric)][rubric.kind not in ("symptom", "process")] += 1
    return {chapter: (first, second) for chapter, (first, second) in counts.items()}


def _chapter_of(rubric: Rubric) -> str:
    """Return the chapter in which a rubric is shown: all process codes are shown together."""
    return _PROCESS if rubric.kind == "process" else rubric.chapter


def _synonyms(rubric: Rubric, service: Service, language: str) -> dict[str, Any]:
    """Return the synonyms of a rubric in a language by kind, and those that belong to another rubric first.

    A word that names a course belongs to each code of the course.
    """
    terms: dict[str, list[str]] = {}
    second_choice: list[str] = []
    for synonym in rubric.synonyms:
        if synonym.language != language:
            continue
        if synonym.preferred or ((entry := course_entry(service, synonym.term)) and rubric.code in entry.codes):
            terms.setdefault(synonym.kind, []).append(synonym.term)
        else:
            second_choice.append(synonym.term)
    return {"synonyms": {kind: terms[kind] for kind in value_labels.SYNONYMS if kind in terms}, "second_choice": second_choice}
