"""`/codes`: the codes by chapter and component, found by a clinician's words, and a page for each at an address that stays."""

from typing import Any

from flask import Response, redirect, request, url_for

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.rubric import Rubric, normal_form
from validator.catalogue.search.hospital_codes import corresponding
from validator.catalogue.search.query import LIMIT_QUERY
from validator.web.api.codes import describe_rubric
from validator.web.http.content_negotiation import page_language
from validator.web.http.responses import service
from validator.web.pages import value_labels
from validator.web.pages.frame import page, page_blueprint

blueprint = page_blueprint("catalogue")

_PROCESS = "-"  # as a chapter
_OWN = ("L", "N")  # the chapters of physiotherapy
_SHOWN = 30  # of what was found


@blueprint.get("/codes")
def codes() -> Response:
    """What words find; else a chapter; else the chapters."""
    catalogue, query = service().catalogue, request.args.get("q", "").strip()[:LIMIT_QUERY]
    if query:
        return _found(catalogue, query)
    chapter = request.args.get("chapter", "").upper()
    if chapter in value_labels.CHAPTERS:
        return _chapter(catalogue, chapter)
    return page("catalogue/chapters.html", kept=True, names=value_labels, own=_OWN, counts=_counts(catalogue), query="")


@blueprint.get("/codes/<code>")
def code(code: str) -> Any:
    """A code with all that is known of it."""
    held, language, normal = service(), page_language(), normal_form(code[:LIMIT_QUERY])
    rubric = held.catalogue.get(normal)
    if rubric is None:
        near = [held.catalogue.rubrics[known] for known in held.catalogue.nearest(normal)[:5]]
        return page("catalogue/unknown.html", 404, names=value_labels, near=near, query="")
    if rubric.code != code:
        return redirect(url_for("catalogue.code", code=rubric.code), 308)
    told = describe_rubric(rubric, held, language)
    bridges = [(origin, held.catalogue.bridges[origin]) for origin in held.catalogue.bridges_to(rubric.code)]
    return page(
        "catalogue/code.html",
        kept=True,
        names=value_labels,
        rubric=rubric,
        told=told,
        notes=rubric.notes.get(language),
        synonyms=_by_kind(rubric, language),
        second_choice=[word.term for word in rubric.synonyms if word.language == language and not word.preferred],
        bridges=bridges,
        catalogue=held.catalogue,
        query="",
    )


def _found(catalogue: Catalogue, query: str) -> Response:
    hits = catalogue.search.find(query, physiotherapy=True)
    bridged = corresponding(catalogue, query)
    return page(
        "catalogue/found.html",
        kept=True,
        names=value_labels,
        query=query,
        hits=[] if bridged else hits[:_SHOWN],
        more=0 if bridged else max(len(hits) - _SHOWN, 0),
        bridged=bridged,
    )


def _chapter(catalogue: Catalogue, chapter: str) -> Response:
    inside = [rubric for rubric in catalogue.rubrics.values() if _chapter_of(rubric) == chapter]
    there = [kind for kind in value_labels.KINDS if any(rubric.kind == kind for rubric in inside)]
    parts = {kind: [rubric for rubric in inside if rubric.kind == kind] for kind in there}
    return page("catalogue/chapter.html", kept=True, names=value_labels, chapter=chapter, parts=parts, query="")


def _counts(catalogue: Catalogue) -> dict[str, tuple[int, int]]:
    """How many symptoms and diagnoses each chapter has; of process codes, all are counted as the first."""
    counts = {chapter: [0, 0] for chapter in value_labels.CHAPTERS}
    for rubric in catalogue.rubrics.values():
        counts[_chapter_of(rubric)][rubric.kind not in ("symptom", "process")] += 1
    return {chapter: (first, second) for chapter, (first, second) in counts.items()}


def _chapter_of(rubric: Rubric) -> str:
    """The chapter in which a rubric is shown: process codes stand together, also those with a letter."""
    return _PROCESS if rubric.kind == "process" else rubric.chapter


def _by_kind(rubric: Rubric, language: str) -> dict[str, list[str]]:
    """What a rubric is also called in a language, by kind of word; without what belongs first to another rubric."""
    terms: dict[str, list[str]] = {}
    for synonym in rubric.synonyms:
        if synonym.language == language and synonym.preferred:
            terms.setdefault(synonym.kind, []).append(synonym.term)
    return {kind: terms[kind] for kind in value_labels.SYNONYMS if kind in terms}
