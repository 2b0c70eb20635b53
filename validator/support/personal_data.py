"""Finds CPR numbers, so that they can be refused: the number itself is never returned, only the place where it stands."""

import re

from validator.support.json_pointer import texts_of, unescaped

# A whole token of ten digits, or six, hyphen, four; U+2010 and U+2011 are what a word processor makes of the hyphen.
_CPR = re.compile(r"(?<!\w)(\d{2})(\d{2})(\d{2})[-\u2010\u2011]?\d{4}(?!\w)")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def has_cpr(text: str) -> bool:
    """Whether the text holds a token in the form of a CPR number that begins with a real date (DDMMYY)."""
    for match in _CPR.finditer(text):  # noqa: SIM110  # `any` over a generator costs as much as the search
        if _is_date(*map(int, match.groups())):
            return True
    return False


def places_of_cpr(value: object) -> list[str]:
    """The JSON Pointers of all CPR numbers in decoded JSON. The pointer never holds the number: a name is told by its object."""
    return list(dict.fromkeys(without_cpr(pointer) for pointer, text in texts_of(value) if has_cpr(text)))


def without_cpr(pointer: str) -> str:
    """The part of a pointer before the first name that holds a CPR number; as the name was written, not as a pointer escapes it."""
    names = pointer.split("/")
    with_number = (place for place, name in enumerate(names) if has_cpr(unescaped(name)))
    return "/".join(names[: next(with_number, len(names))])


def _is_date(day: int, month: int, year: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return False
    return (day, month) != (29, 2) or year % 4 == 0
