"""The form at `/` in a browser: by mouse, by keyboard only, without JavaScript, in both languages, at phone width."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow
LANGUAGES = ("da", "en")
HEADINGS = {"da": "Er diagnosekoden rigtig?", "en": "Is the diagnosis code right?"}
MESSAGES = "#outcome .finding .message"
CORRECT = {"da": "Kodningen bør rettes", "en": "The coding should be corrected"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/?example=icd-10"])
def test_the_form_is_accessible(visit: Visit, address: str, language: str) -> None:
    page = visit(address, language=language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_text(HEADINGS[language])
    page.locator("details").evaluate_all("every => every.forEach(one => one.open = true)")
    assert_accessible(page)


@pytest.mark.parametrize("example", ["knee", "undecided", "parkinson", "right"])
def test_findings_of_every_severity_are_accessible(visit: Visit, example: str) -> None:
    assert_accessible(visit(f"/?example={example}"), "#outcome")


def test_a_form_with_errors_is_accessible(visit: Visit) -> None:
    page = visit("/")
    page.fill("#age", "gammel")
    page.fill("#code-1", "010190-1234")
    page.click("text=Kontrollér kontakten")
    expect(page.get_by_role("alert")).to_contain_text("Nogle felter skal rettes først")
    assert page.input_value("#age") == "gammel"
    assert page.input_value("#code-1") == ""
    assert "010190" not in page.content()
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_suggestion_is_applied_without_javascript(visit: Visit, width: int, language: str) -> None:
    page = visit("/", width=width, language=language, scripts=False)
    page.fill("#date", "2025-10-14")
    page.select_option("#course", "artrose-knae")
    page.fill("#code-1", "l92")
    page.locator("#contact .btn-primary").click()
    expect(page.locator("#outcome h2").first).to_have_text(CORRECT[language])
    page.locator("#outcome .suggestions button").first.click()
    expect(page.locator("#code-1")).to_have_value("L90")
    expect(page.locator("#outcome pre")).to_have_count(2)
    expect(page.locator(MESSAGES)).to_have_count(0)
    sent, answered = (json.loads(text) for text in page.locator("#outcome pre").all_inner_texts())
    assert sent["encounter"]["diagnoses"] == [{"code": "L90", "role": "main"}]
    assert answered["status"] == "ok"


def test_a_contact_is_judged_by_keyboard(visit: Visit) -> None:
    page = visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("skip")
    page.keyboard.press("Enter")
    typed = {"code-1": "M17.1", "age": "70"}
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.id")
        if name in typed:
            page.keyboard.type(typed.pop(name))
        elif page.evaluate("document.activeElement.matches('#contact .btn-primary')"):
            break
    assert typed == {}
    page.keyboard.press("Enter")
    expect(page.locator("#outcome h2").first).to_have_text("Kodningen kan ikke sendes videre endnu")
    expect(page.locator("#outcome section").first).to_contain_text("Selve notatet kan og skal altid gemmes.")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "apply":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#code-1")).to_have_value("L90")
    expect(page.locator("#outcome h2").first).to_have_text("Ingen bemærkninger")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_of_language_is_remembered_and_keeps_form_values(visit: Visit, scripts: bool) -> None:
    page = visit("/?example=knee", scripts=scripts)
    page.locator("#contact .btn-primary").click()
    page.locator(".languages >> text=English").click()
    expect(page.locator("h1")).to_have_text(HEADINGS["en"])
    expect(page.locator("#code-1")).to_have_value("L92")
    expect(page.locator(MESSAGES)).to_have_count(1)
    page.locator(".brand").click()
    expect(page.locator("h1")).to_have_text(HEADINGS["en"])
    page.locator(".languages >> text=Dansk").click()
    expect(page.locator("h1")).to_have_text(HEADINGS["da"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_gives_an_error_page(visit: Visit, language: str) -> None:
    page = visit("/nowhere", language=language)
    expect(page.locator("h1")).to_have_text({"da": "Siden findes ikke", "en": "This page does not exist"}[language])
    assert_accessible(page)


def test_a_cpr_number_in_the_address_is_refused_and_not_repeated(visit: Visit) -> None:
    page = visit("/codes?q=010190-1234")
    expect(page.locator("main")).to_contain_text("CPR-nummer")
    assert "010190" not in page.content()
    assert_accessible(page)
