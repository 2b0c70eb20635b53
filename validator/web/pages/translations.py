"""Translations of the pages, read from `.po` files that are not compiled.

The files are in `translations/<language>/LC_MESSAGES`. The templates are written in English. A part of the site may have a file
of its own beside `pages.po`.
"""

import io
import threading
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask
from flask_babel import Babel, Domain, get_locale

from validator.web.http.content_negotiation import page_language

FOLDER = Path(__file__).parent / "translations"


class _SourceDomain(Domain):  # type: ignore[misc]
    """A domain that reads the `.po` files themselves: compiled files could be out of date."""

    def __init__(self) -> None:
        super().__init__(str(FOLDER))
        self._lock = threading.Lock()

    def get_translations(self) -> Translations:
        locale = str(get_locale())
        with self._lock:
            if locale not in self.cache:
                self.cache[locale] = read_translations(locale)
        translations: Translations = self.cache[locale]
        return translations


def read_translations(language: str) -> Translations:
    """Read all translations into a language.

    There are none for English, in which the templates are written.
    """
    catalog, compiled = Catalog(language), io.BytesIO()
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                catalog[message.id] = message
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def register_translations(app: Flask) -> None:
    """Translate the templates of an application into the language of the page."""
    babel = Babel(app, default_locale="en", locale_selector=page_language)
    babel.domain_instance = _SourceDomain()
