"""How messages show a value that cannot be used, and hint at what may have been meant."""

import calendar
import datetime
import re

from validator.texts import danish_text

ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
_DAY_FIRST = re.compile(r"([0-3]?\d)[-./ ]([01]?\d)[-./ ](\d{4})")
_NUMBER = re.compile(r"0|[1-9]\d{0,17}")
_MAX_QUOTE = 60  # characters


def unquoted_hint(applies: bool) -> str:
    """Return the hint to leave the quotes out, where it applies."""
    return danish_text("rules.hint.unquoted") if applies else ""


def codes_hint(codes: list[str], otherwise: str) -> str:
    """Return the codes that may have been meant, or the text `otherwise` without any."""
    return danish_text("rules.hint.codes", codes=", ".join(codes)) if codes else danish_text(otherwise)


def list_example(value: object, written: str) -> str:
    """Return the list that an author may have meant by a single value, or several in one text; `written` is as in the file."""
    if is_blank(value) or isinstance(value, bool):
        return danish_text("rules.example.list")
    parts = re.split("[,;]", value) if isinstance(value, str) else [written]
    return f"[{', '.join(filter(None, map(str.strip, parts)))}]"


def suggestion_example(value: object, written: str) -> str:
    """Return the list of suggestions that an author may have meant by something else."""
    if isinstance(value, dict):
        return list_example(value, written)
    return danish_text("rules.example.suggestion", code=text_example(value) or danish_text("rules.example.code"))


def text_example(value: object) -> str:
    """Return the text that an author may have meant by another value; empty where none can be made of it."""
    is_scalar = isinstance(value, (str, int, float, datetime.date)) and not isinstance(value, bool)
    return str(value).strip() if is_scalar else ""


def is_blank(value: object) -> bool:
    """Return whether a value is missing or blank."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_quoted_number(value: object) -> bool:
    """Return whether a number is text only because of its quotes; 08 is text without them."""
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def date_hint(value: str) -> str:
    """Suggest a date for one in another form or with day and month swapped, or say where the month ends."""
    if parts := ISO_DATE.fullmatch(value):
        return _no_such_day(*map(int, parts.groups()))
    if parts := _YEAR_FIRST.fullmatch(value):
        year, month, day, key = int(parts[1]), int(parts[2]), int(parts[3]), "plain-date"
    elif parts := _DAY_FIRST.fullmatch(value):
        year, month, day, key = int(parts[3]), int(parts[2]), int(parts[1]), "year-first"
    else:
        return ""
    try:
        return danish_text(f"rules.hint.{key}", date=datetime.date(year, month, day).isoformat())
    except ValueError:
        return _no_such_day(year, month, day)


def _no_such_day(year: int, month: int, day: int) -> str:
    """Return the hint for a day that no calendar has."""
    if month > 12 and 1 <= day <= 12:
        return danish_text("rules.hint.swapped-date", date=f"{year:04}-{day:02}-{month:02}")
    if not (1 <= month <= 12 and year >= datetime.MINYEAR):
        return ""
    last = datetime.date(year, month, calendar.monthrange(year, month)[1])
    return danish_text("rules.hint.last-day", date=last.isoformat())


def show_value(value: object) -> str:
    """Return a value for a message, short, or the name of what it is."""
    match value:
        case dict():
            return danish_text("rules.value.mapping")
        case list():
            return danish_text("rules.value.list")
        case None:
            return danish_text("rules.value.nothing")
        case bool():
            return str(value).lower()
        case _:
            return f'"{shorten(value)}"' if isinstance(value, str) else shorten(str(value))


def shorten(text: str) -> str:
    """Return a text for a message, of at most _MAX_QUOTE characters."""
    return text if len(text) <= _MAX_QUOTE else f"{text[: _MAX_QUOTE - 1]}…"
