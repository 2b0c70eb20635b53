"""The page of problems is up to date."""

from tests.docs.problem_page import PAGE, page
from validator.catalogue.catalogue import Catalogue


def test_the_page_is_up_to_date(catalogue: Catalogue) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(catalogue), "run: python -m tests.docs.problem_page"
