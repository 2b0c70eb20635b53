"""One browser and one server for all tests of pages. A test fails if a page logs an error or loads anything from elsewhere."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cli.process import ready

WIDTHS = (1280, 360)
_MISSING = (
    "the tests of the pages need Chromium, which is not found; on Debian and Ubuntu: sudo apt-get install chromium "
    "(or name one: CHROMIUM=/path/to/chromium); see docs/development.md"
)
_PATIENCE = 60_000  # milliseconds; a shared machine may stall for half of them
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service without keys, as `kodevagt serve` starts it."""
    folder = tmp_path_factory.mktemp("site")
    with ready(folder, KODEVAGT_DATABASE=str(folder / "kodevagt.db")) as served:
        yield f"http://127.0.0.1:{served.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or not Path(found).exists():
        pytest.fail(_MISSING, pytrace=False)
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])  # not available in a container
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Open an address of the site in a new context: `visit("/", width=360, language="en", scripts=False)`."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def visit(address: str, *, width: int = WIDTHS[0], language: str = "da", scripts: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=language, java_script_enabled=scripts)
        context.set_default_timeout(_PATIENCE)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"{page.url}: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("request", lambda request: None if request.url.startswith((site, "data:")) else wrong.append(request.url))
        page.goto(site + address)
        return page

    yield visit
    for context in opened:
        context.close()
    # Chromium logs every response of 400 and above; tests expect some of them.
    assert [text for text in wrong if "Failed to load resource" not in text] == []
