"""The words of the pages by language: every catalogue of `translations/<language>/LC_MESSAGES`, read as it was written.

The templates are written in English. A part of the site may have a catalogue of its own beside `pages.po`.
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


class _Words(Domain):  # type: ignore[misc]
    """The catalogues as they are written: compiled ones beside them could fall behind."""

    def __init__(self) -> None:
        super().__init__(str(FOLDER))
        self._reading = threading.Lock()

    def get_translations(self) -> Translations:
        locale = str(get_locale())
        with self._reading:
            if locale not in self.cache:
                self.cache[locale] = read_translations(locale)
        found: Translations = self.cache[locale]
        return found


def read_translations(language: str) -> Translations:
    """What is written in a language; empty for English, which the templates are written in."""
    every, compiled = Catalog(language), io.BytesIO()
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language, abort_invalid=True):
                every[message.id] = message
    write_mo(compiled, every)
    compiled.seek(0)
    return Translations(compiled)


def register_translations(app: Flask) -> None:
    """Makes the application's templates speak the language of the page."""
    babel = Babel(app, default_locale="en", locale_selector=page_language)
    babel.domain_instance = _Words()
