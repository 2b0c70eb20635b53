"""Codes in a browser: by chapter, by search while typing, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("address", ["/codes", "/codes?chapter=N", "/codes?q=knee", "/codes/X76"])
def test_the_pages_are_accessible(visit: Visit, address: str, language: str) -> None:
    assert_accessible(visit(address, language=language))


def test_codes_are_found_while_typing(visit: Visit) -> None:
    page = visit("/codes")
    page.focus("#q")
    page.keyboard.type("isk", delay=20)
    page.keyboard.type("ias", delay=20)
    expect(page.locator("#results tbody th").first).to_have_text("L86")
    expect(page.get_by_role("status")).to_have_text("1 kode")
    expect(page).to_have_url(f"{page.url.partition('/codes')[0]}/codes?q=iskias")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("qqqq")
    expect(page.locator("h1")).to_have_text("Intet fundet til »qqqq«")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("h1")).to_have_text("Koderne i ICPC-2")


def test_a_typed_cpr_number_is_refused_and_not_repeated(visit: Visit) -> None:
    page = visit("/codes")
    page.fill("#q", "010190-1234")
    expect(page.locator("#results")).to_contain_text("CPR-nummer")
    assert "010190" not in page.content()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_code_is_found_without_javascript(visit: Visit, width: int) -> None:
    page = visit("/codes", width=width, scripts=False)
    page.fill("#q", "frosen skulder")
    page.locator(".search button").click()
    expect(page.locator("h1")).to_contain_text("frosen skulder")
    page.locator("#results tbody a").first.click()
    expect(page.locator("h1")).to_contain_text("L92")
    page.locator(".trail a").last.click()
    expect(page.locator("h1")).to_contain_text("Muskler, led og knogler")


def test_a_code_is_found_by_keyboard(visit: Visit) -> None:
    page = visit("/codes")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("L90")
    expect(page.locator("#results tbody a")).to_have_text(["L90"])
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "L90":
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("L90 Artrose")
