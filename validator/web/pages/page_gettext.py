"""How a view says something in the language of the page. flask-babel is imported when the first page is made, not at the start."""


def marked(text: str) -> str:
    """The text itself, which is found here for translation and translated where it is shown; imported as `_`."""
    return text


def gettext(text: str, **values: object) -> str:
    """The text in the language of the page, with `%(name)s` filled in by `values`."""
    from flask_babel import gettext as translated

    return str(translated(text, **values))
