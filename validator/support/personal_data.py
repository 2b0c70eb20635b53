"""Detection of CPR numbers, which are refused.

Only their location is ever returned, never the number.
"""

import re

from validator.support.json_pointer import iterate_texts, unescape_token

# A whole token of ten digits, or six, hyphen, four; word processors turn the hyphen into U+2010 or U+2011.
_CPR = re.compile(r"(?<!\w)(\d{2})(\d{2})(\d{2})[-\u2010\u2011]?\d{4}(?!\w)")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def has_cpr(text: str) -> bool:
    """Return whether a token has the form of a CPR number with a real date (DDMMYY)."""
    for match in _CPR.finditer(text):  # noqa: SIM110  # `any` over a generator costs as much as the search
        if _is_date(*map(int, match.groups())):
            return True
    return False


def find_cpr_pointers(value: object) -> list[str]:
    """Return the JSON Pointers of all CPR numbers in decoded JSON.

    A number in a member's name has the pointer of its object.
    """
    if not has_cpr("\n".join(_texts(value))):  # without pointers, which nearly all values need none of
        return []
    return list(dict.fromkeys(truncate_at_cpr(pointer) for pointer, text in iterate_texts(value) if has_cpr(text)))


def _texts(value: object) -> list[str]:
    """Return every string and number of decoded JSON, and the names of members, in any order."""
    texts: list[str] = []
    inner = [value]
    while inner:
        item = inner.pop()
        if isinstance(item, str):
            texts.append(item)
        elif isinstance(item, dict):
            texts.extend(item)
            inner.extend(item.values())
        elif isinstance(item, list):
            inner.extend(item)
        elif not isinstance(item, bool | None):
            texts.append(str(item))
    return texts


def truncate_at_cpr(pointer: str) -> str:
    """Return the part of a pointer before the first name, unescaped, that has a CPR number."""
    names = pointer.split("/")
    with_number = (index for index, name in enumerate(names) if has_cpr(unescape_token(name)))
    return "/".join(names[: next(with_number, len(names))])


def _is_date(day: int, month: int, year: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]):
        return False
    return (day, month) != (29, 2) or year % 4 == 0
