"""Translated texts of the views, in the language of the page."""

import flask_babel


def marked(text: str) -> str:
    """Return a text unchanged and mark it for extraction. Imported as `_`.

    The text is translated where it is shown.
    """
    return text


def gettext(text: str, **values: object) -> str:
    """Return a text in the language of the page, with `%(name)s` replaced by `values`."""
    return str(flask_babel.gettext(text, **values))
