"""Coding cases in a browser: by mouse, by keyboard only and without JavaScript, at both widths and in both languages."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow
CASE = "/cases/trappen-til-loftet"


def to(page: Page, address: str) -> Page:
    page.goto("/".join(page.url.split("/")[:3]) + address)
    return page


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_is_accessible(visit: Visit, language: str) -> None:
    page = visit("/cases", language=language)
    assert_accessible(page)
    assert_accessible(to(page, CASE))
    page.fill("#code-1", "L92")
    page.locator("#answer .btn-primary").click()
    expect(page.locator(".finding")).to_have_count(1)
    assert_accessible(page)
    to(page, "/progress").locator("details").evaluate_all("every => every.forEach(one => one.open = true)")
    assert_accessible(page)
    assert_accessible(to(page, "/groups"))
    page.locator("main .btn-primary").click()
    group = page.locator(".big-code").inner_text()
    to(page, "/progress").fill("#group", group)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(group)
    to(page, CASE).locator("#answer .btn-primary").click()
    assert_accessible(to(page, f"/groups/{group}"))
    assert_accessible(to(page, f"/groups/{group}{CASE}"))


@pytest.mark.parametrize("width", [1280, 360])
def test_a_case_is_answered_without_javascript(visit: Visit, width: int) -> None:
    page = visit("/cases", width=width, scripts=False)
    page.select_option("#level", "basic")
    page.locator(".filters button").click()
    page.locator(".case-list a").first.click()
    page.locator("#answer .btn-primary").click()  # an answer may be empty
    expect(page.locator("#key")).to_have_text("Det rigtige svar")
    page.locator(".actions .btn-primary").click()
    expect(page.locator("#answer")).to_be_visible()
    to(page, "/progress")
    expect(page.locator(".picture .column")).to_have_count(1)
    page.locator("summary").first.click()
    page.locator(".btn-danger").click()
    expect(page.locator("h1")).to_have_text("Dine svar er slettet")


def test_a_case_is_answered_by_keyboard_with_a_searched_code(visit: Visit) -> None:
    page = visit(CASE)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches('{selector}')"):
                return
        pytest.fail(f"{selector} is not reached")

    tab_to("#q")
    page.keyboard.type("artrose knæ")
    expect(page.locator("#results button").first).to_have_text("L90")
    tab_to("#results button")
    page.keyboard.press("Enter")
    expect(page.locator("#code-1")).to_have_value("L90")
    expect(page.locator("#code-1")).to_be_focused()
    expect(page).to_have_url("/".join(page.url.split("/")[:3]) + CASE)
    tab_to("#answer .btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("#score")).to_contain_text("Rigtig")


def test_the_answers_of_a_group_are_refreshed_automatically(visit: Visit) -> None:
    leader, member = visit("/groups"), visit("/progress")
    leader.locator("main .btn-primary").click()
    group = leader.locator(".big-code").inner_text()
    to(leader, f"/groups/{group}{CASE}")
    member.fill("#group", group)
    member.keyboard.press("Enter")
    expect(member.locator("main")).to_contain_text(group)
    to(member, CASE).fill("#code-1", "L15")
    member.locator("#answer .btn-primary").click()
    expect(leader.locator(".count")).to_have_text("1 svar, 1 deltager")
    expect(leader.locator("#live")).to_contain_text("L15")
    leader.locator("#live-pause").click()
    expect(leader.locator("#live-pause")).to_have_text("Opdatér igen")


def test_printed_cases_and_feedback_have_no_controls(visit: Visit) -> None:
    page = visit(CASE)
    page.emulate_media(media="print")
    for hidden in (".site-head", ".finder", "#answer .btn-primary"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".vignette", ".question", "#code-1"):
        expect(page.locator(shown)).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("#answer .btn-primary").click()
    page.wait_for_url("**/feedback")
    page.emulate_media(media="print")
    expect(page.locator("#key")).to_be_visible()
    expect(page.locator(".actions")).to_be_hidden()
