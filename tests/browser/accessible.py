"""Accessibility of pages: no violations reported by axe, and no horizontal scrolling at either width."""

import json

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS

_SCRIPT = Axe().axe_script
_OPTIONS = json.dumps({"resultTypes": ["violations"]})


def assert_accessible(page: Page, within: str = "html") -> None:
    """Assert that a page, or a part of it, is accessible at every width; the page has the last width afterwards."""
    if not page.evaluate("'axe' in window"):  # it is large, and stays loaded until the next page
        page.evaluate(_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} is wider than {width}"
        found = AxeResults(page.evaluate(f"axe.run({json.dumps(within)}, {_OPTIONS})"))
        assert found.violations_count == 0, f"{page.url} at {width}: {found.generate_report()}"
