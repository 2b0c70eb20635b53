"""Detection of CPR numbers, which are refused.

Only their location is ever returned, never the number.
"""

import json
import re
from collections.abc import Iterable

from validator.support.json_pointer import iterate_texts, unescape_token

# Every dash of Unicode (category Pd), and the soft hyphen, the hyphen bullet and the minus sign.
DASHES = (
    "-\u00ad\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    "\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)
_BLANK = r"[\s\u200b-\u200d\u2060\ufeff]"  # also those without a width
_POINTS = r"./\uff0e\uff0f"  # also in full width
# DDMMYY; then nothing, one blank, or a sign with blanks around it; then four digits, or after a dash two letters among two digits.
# What precedes the date is looked at after it: a search that begins with a digit is three times as fast.
_CPR = re.compile(
    rf"(\d\d)(\d\d)(\d\d)(?<!\w\d{{6}})"
    rf"(?:(?:{_BLANK}?|{_BLANK}*+[{_POINTS}]{_BLANK}*+)\d{{4}}"
    rf"|{_BLANK}*+[{DASHES}]{_BLANK}*+(?:\d{{4}}|\d[A-Z]{{2}}\d|[A-Z]{{2}}\d\d))(?!\w)"
)
# A looser form, in JSON without escapes, or a number with an exponent that could hide one. A range that has every digit, such as
# the first, is searched faster than the digits themselves.
_POSSIBLE_CPR = re.compile(r"[0-9\u0660-\U0010ffff](?:\d{5}[^\w\",]*+[\dA-Z]{4}|[eE][+-]?\d{1,3}(?![\w-]))")
_BETWEEN = "|"  # joins texts so that no number begins in one and ends in the next
_REPLACEMENT = 60  # added to the day where a person has no CPR number yet
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def has_cpr(text: str) -> bool:
    """Return whether a text has a CPR number, in any of the spellings of the HTTP contract.

    A date (DDMMYY) and a time without a colon look like one.
    """
    for match in _CPR.finditer(text):  # noqa: SIM110  # `any` over a generator costs as much as the search
        if _is_date(*map(int, match.groups())):
            return True
    return False


def any_has_cpr(texts: Iterable[str]) -> bool:
    """Return whether one of the texts has a CPR number; none is read across two texts."""
    return has_cpr(_BETWEEN.join(texts))


def may_have_cpr(json_text: str) -> bool:
    """Return whether JSON may have a CPR number, also one that is escaped or written with an exponent.

    It takes a fraction of the time of `find_cpr_pointers`, and is false for nearly every contact.
    """
    return "\\" in json_text or _POSSIBLE_CPR.search(json_text) is not None


def json_has_cpr(json_text: str) -> bool:
    """Return whether a text or a number in JSON has a CPR number. Raises ValueError for what is no JSON."""
    return may_have_cpr(json_text) and bool(find_cpr_pointers(json.loads(json_text)))


def find_cpr_pointers(value: object) -> list[str]:
    """Return the JSON Pointers of all CPR numbers in decoded JSON.

    A number in a member's name has the pointer of its object.
    """
    if not any_has_cpr(_texts(value)):  # without pointers, which nearly all values need none of
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
    if day > _REPLACEMENT:
        day -= _REPLACEMENT
    if not (1 <= month <= 12 and 1 <= day <= _DAYS_IN_MONTH[month - 1]):
        return False
    return (day, month) != (29, 2) or year % 4 == 0
