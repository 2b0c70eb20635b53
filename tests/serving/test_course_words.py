"""Words that name a course find its codes first; a course whose codes are not in the catalogue changes nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.serving.course_words import find_codes

Changed = Callable[..., Service]


@pytest.fixture
def changed(catalogue: Catalogue, release: Release) -> Changed:
    """A function that returns the service with changes to the course of lumbar stenosis."""

    def service(*, title: str | None = None, **entry: object) -> Service:
        course = release.courses["lumbal-stenose"]
        texts = {**course.title, "da": title} if title else course.title
        entries = tuple(replace(item, **entry) for item in course.main_diagnosis)  # type: ignore[arg-type]  # each is of its field
        courses = {**release.courses, course.id: replace(course, title=texts, main_diagnosis=entries)}
        return Service.from_releases(catalogue, [replace(release, courses=courses, status="current")])

    return service


def codes(service: Service, query: str) -> list[str]:
    return [hit.rubric.code for hit in find_codes(service, query)]


@pytest.mark.parametrize("status", ["decided", "unconfirmed"])
def test_a_set_with_an_order_is_in_that_order(changed: Changed, status: str) -> None:
    assert codes(changed(codes=("L86", "L84"), status=status), "spinalstenose")[:2] == ["L86", "L84"]


def test_an_undecided_set_is_in_the_order_of_the_search(changed: Changed) -> None:
    assert codes(changed(codes=("L86", "L84"), status="undecided"), "spinalstenose")[:2] == ["L84", "L86"]


def test_a_code_that_the_catalogue_lacks_is_left_out(changed: Changed) -> None:
    assert codes(changed(codes=("L8X", "L86"), status="decided"), "spinalstenose")[:2] == ["L86", "L84"]


@pytest.mark.parametrize("query", ["+", "-", "…", " . "])
def test_a_title_without_letters_is_named_by_nothing(changed: Changed, query: str) -> None:
    assert codes(changed(title="…"), query) == codes(changed(), query)
