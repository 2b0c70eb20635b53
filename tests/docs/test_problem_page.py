"""The page of problems has every one of them, with an example that is true."""

from tests.docs.problem_page import PAGE, page
from validator.catalogue.catalogue import Catalogue


def test_the_page_is_what_is_written_now(catalogue: Catalogue) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(catalogue), "run: python -m tests.docs.problem_page"
