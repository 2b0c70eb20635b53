"""CPR numbers written in many ways are found, also in a request; what differs in one way from each of them is not."""

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contacts import request
from tests.generative.strategies import PROFILE
from validator import RequestError, read_request
from validator.requests.request import read_body
from validator.support.personal_data import has_cpr

SETTINGS = settings(PROFILE, max_examples=300)
ZEROS = ("0", "\uff10", "\u0660", "\u0966", "\U0001d7ce")  # of ASCII, full width, Arabic, Devanagari and mathematical digits
BLANKS = st.text("  \t\u00a0\u2009\u202f\u3000", max_size=3)
DASHES = st.sampled_from("-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d")
SIGNS = DASHES | st.sampled_from("./")
CAPITALS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = st.sampled_from("0123456789")
AROUND = st.sampled_from(["", " ", "(", "cpr: ", "patient ", "æ ", "#", '"', ";", "|", "\n"])
AFTER = st.sampled_from(["", " ", ")", ".", ", i går", " æ", '"', ";", "|", "\n"])


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Draw DDMMYY, also with 60 added to the day."""
    day = draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2057, 12, 31)))
    return f"{day.day + draw(st.sampled_from((0, 60))):02}{day:%m%y}"


@st.composite
def separators(draw: st.DrawFn) -> str:
    """Draw nothing, one blank, or a sign with blanks around it."""
    sign = draw(st.sampled_from(["", " ", "\u00a0"]) | SIGNS)
    return sign if not sign.strip() else f"{draw(BLANKS)}{sign}{draw(BLANKS)}"


@st.composite
def endings(draw: st.DrawFn) -> str:
    """Draw the separator and the last four digits, after a dash also with letters."""
    digits = draw(st.text("0123456789", min_size=4, max_size=4))
    if draw(st.booleans()):
        return f"{draw(separators())}{digits}"
    letters = draw(CAPITALS) + draw(CAPITALS)
    serial = draw(st.sampled_from([f"{digits[0]}{letters}{digits[1]}", f"{letters}{digits[:2]}"]))
    return f"{draw(BLANKS)}{draw(DASHES)}{draw(BLANKS)}{serial}"


def in_digits_of(text: str, zero: str) -> str:
    return text.translate({ord("0") + value: chr(ord(zero) + value) for value in range(10)})


@st.composite
def numbers(draw: st.DrawFn) -> str:
    return in_digits_of(draw(dates()) + draw(endings()), draw(st.sampled_from(ZEROS)))


@st.composite
def near_misses(draw: st.DrawFn) -> str:
    """Draw what differs from a CPR number in one way."""
    date, digits = draw(dates()), draw(st.text("0123456789", min_size=4, max_size=4))
    letters = draw(CAPITALS) + draw(CAPITALS)
    separator = draw(separators())
    return draw(
        st.sampled_from(
            [
                f"k{date}{separator}{digits}",
                f"7{date}{separator}{digits}",
                f"{date}{separator}{digits}7",
                f"{date}{separator}{digits}k",
                f"{date}{separator or '-'}{digits[:3]}",
                f"00{date[2:]}{separator}{digits}",
                f"96{date[2:]}{separator}{digits}",
                f"{date[:2]}13{date[4:]}{separator}{digits}",
                f"{date[:2]}00{date[4:]}{separator}{digits}",
                f"{date}--{digits}",
                f"{date}  {digits}",
                f"{date},{digits}",
                f"{date}:{digits}",
                f"{date} {digits[0]}{letters}{digits[1]}",
                f"{date} {letters}{letters}",
                f"{date}-{letters[0]}{digits[:2]}{letters[1]}",
                f"{date}-{digits[:2]}{letters}",
                f"{date}/{letters}{digits[:2]}",
                f"{date[:2]}-{date[2:4]}-{date[4:]} {digits}",
            ]
        )
    )


def in_one_place(draw: st.DrawFn, text: str) -> tuple[dict[str, Any], str]:
    """Return a contact with a text in one of its members, and the pointer to it."""
    members: list[tuple[dict[str, Any], str]] = [
        ({"id": text}, "/encounter/id"),
        ({"course": text}, "/encounter/course"),
        ({"note": {"a": ["x", text]}}, "/encounter/note/a/1"),
        ({text: 1}, "/encounter"),
    ]
    given, pointer = draw(st.sampled_from(members))
    return request("L84", **given), pointer


@SETTINGS
@given(number=numbers(), before=AROUND, after=AFTER)
def test_a_number_written_in_any_way_is_found(number: str, before: str, after: str) -> None:
    assert has_cpr(f"{before}{number}{after}")


@SETTINGS
@given(text=near_misses(), before=AROUND, after=AFTER)
def test_a_near_miss_is_let_through(text: str, before: str, after: str) -> None:
    assert not has_cpr(f"{before}{text}{after}")


@SETTINGS
@given(data=st.data(), number=numbers(), ascii_only=st.booleans())
def test_a_request_with_a_number_is_refused_and_does_not_repeat_it(data: st.DataObject, number: str, ascii_only: bool) -> None:
    sent, pointer = data.draw(st.composite(in_one_place)(number))
    for read, argument in ((read_request, sent), (read_body, json.dumps(sent, ensure_ascii=ascii_only).encode())):
        with pytest.raises(RequestError) as refused:
            read(argument)  # type: ignore[operator]
        assert [(fault.path, fault.key) for fault in refused.value.faults] == [(pointer, "personal-data")]
        assert not has_cpr(f"{refused.value} {refused.value.faults!r}")


@SETTINGS
@given(data=st.data(), text=near_misses())
def test_a_request_with_a_near_miss_is_read(data: st.DataObject, text: str) -> None:
    sent, _ = data.draw(st.composite(in_one_place)(text))
    assert read_body(json.dumps(sent, ensure_ascii=False).encode()) == read_request(sent)
