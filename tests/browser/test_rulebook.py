"""Courses and rules in a browser: from a course to its codes, from a rule to its examples."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "address", ["/courses", "/courses/laenderyg", "/courses/parkinson", "/rules", "/rules/dk.l84-med-udstraaling"]
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_pages_are_accessible(visit: Visit, address: str, language: str) -> None:
    assert_accessible(visit(address, language=language))


@pytest.mark.parametrize("width", [1280, 360])
def test_an_example_of_a_rule_is_tried_without_javascript(visit: Visit, width: int) -> None:
    page = visit("/rules", width=width, scripts=False)
    page.click("text=L84 er uden smerteudstråling")
    page.click("text=Prøv eksempel 1")
    expect(page.locator("#outcome .message").first).to_contain_text("L84 er uden smerteudstråling")
    page.click("#outcome .source a")
    expect(page.locator("h1")).to_contain_text("L84 er uden smerteudstråling")


def test_a_code_of_a_course_is_opened_by_keyboard(visit: Visit) -> None:
    page = visit("/courses/artrose-knae")
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("L90"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("L90")
