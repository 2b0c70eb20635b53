"""CPR numbers are detected anywhere and reported by their location only."""

import datetime
import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import request
from tests.each import naming
from validator import Diagnosis, Encounter, Override, Referral, RequestError, Service, read_request
from validator.requests.request import Submission, read_body
from validator.support.personal_data import DASHES, any_has_cpr, find_cpr_pointers, has_cpr, may_have_cpr
from validator.texts import LANGUAGES, problem_text

NUMBER = "010190-1234"
BARE = "0101901234"


REFUSED = [
    NUMBER,
    BARE,
    "3112991234",
    "010190 1234",
    "010190\u20131234",  # an en dash
    "010190 - 1234",
    "010190 \u2013 1234",
    "010190- 1234",
    "010190 -1234",
    "010190.1234",
    "010190 . 1234",
    "010190/1234",
    "010190 / 1234",
    "010190\u00a01234",  # a blank that does not break
    "010190\u202f1234",
    "010190\t1234",
    "010190\n1234",
    "010190\u200b1234",  # a blank without a width
    "010190\u00ad1234",  # a soft hyphen
    "010190\u20101234",
    "010190\u20111234",
    "010190\u22121234",
    "010190\u20141234",
    "\uff10\uff11\uff10\uff11\uff19\uff10\uff0d\uff11\uff12\uff13\uff14",  # full width
    "\uff10\uff11\uff10\uff11\uff19\uff10\uff11\uff12\uff13\uff14",
    "\u0660\u0661\u0660\u0661\u0669\u0660-\u0661\u0662\u0663\u0664",  # Arabic
    "610190-1234",  # a replacement number
    "6101901234",
    "910190 1234",
    "251248-AB12",  # a replacement number with letters
    "251248-1AB2",
    "251248 - AB12",
    "251248\u2013AB12",
    "120526 1430",  # a day and a time, which cannot be told apart
    "120526-1430",
    f"patient {NUMBER}.",
    f"({BARE})",
    f"cpr:{BARE}",
    f"a,{BARE},b",
    f"\n{BARE}\n",
    f"{BARE}@example.org",
    f"c-{BARE}",
    "2902001234",  # the year may be 2000
    "290204-1234",
    f"0000000000 {BARE}",
    f"999999 {BARE}",
    f"990190 1234 {NUMBER}",
]
LET_THROUGH = [
    "",
    "050607 dage",
    "020304 OKAY",
    "ref 240524-L86A",
    "k0101901234",
    "k010190 1234",
    "9912319999",
    "9912311234",
    "3201901234",
    "6001901234",
    "9201901234",
    "0001901234",
    "0113901234",
    "0100901234",
    "3104901234",
    "300290-1234",
    "290201-1234",
    "010190  1234",
    "010190--1234",
    "010190 - - 1234",
    "010190-.1234",
    "010190,1234",
    "010190:1234",
    "010190+1234",
    "010190|1234",
    "010190_1234",
    "010190-12345",
    "010190-123",
    "010190 12345",
    "010190 123",
    "010190 1234k",
    "010190 AB12",
    "251248/AB12",
    "251248-ABC1",
    "251248-A12B",
    "251248-12AB",
    "251248-AB1",
    "251248-AB123",
    "2026-05-12 14:30",
    "2026-05-12T14:30:00Z",
    "20260512-1430",
    "12.05.26 14.30",
    f"1{BARE}",
    f"{BARE}5",
    f"a{BARE}",
    f"{BARE}a",
    f"_{BARE}",
    f"æ{BARE}",
    "01-01-1990",
    "2025-04-01",
    "L84",
    "12345678",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_number_that_begins_with_a_real_date_is_a_cpr_number(text: str) -> None:
    assert has_cpr(text)
    assert may_have_cpr(json.dumps(text, ensure_ascii=False))


@pytest.mark.parametrize("text", LET_THROUGH)
def test_anything_else_is_not_a_cpr_number(text: str) -> None:
    assert not has_cpr(text)


def test_every_dash_of_unicode_is_known_and_found_in_json() -> None:
    dashes = [character for character in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(character) == "Pd"]
    assert len(dashes) > 20
    for dash in (*dashes, "\u00ad", "\u2043", "\u2212"):
        with naming(f"U+{ord(dash):04X}"):
            assert re.fullmatch(f"[{DASHES}]", dash)
            assert has_cpr(f"010190{dash}1234")
            assert may_have_cpr(f'"010190 {dash} 1234"')


def test_no_number_is_read_across_two_texts() -> None:
    assert not any_has_cpr(["010190", "1234"])
    assert not any_has_cpr(["010190-", "1234"])
    assert any_has_cpr(["L84", NUMBER])


def duration(search: Callable[[str], object], text: str) -> float:
    """Return the shortest of several runs, in seconds of processor time."""
    durations = []
    for _ in range(3):
        start = time.process_time()
        search(text)
        durations.append(time.process_time() - start)
    return min(durations)


@pytest.mark.parametrize("unit", ["010190 ", "010190-", "010190", "010190 - ", " ", "0", "1e", "010190 / AB1 ", "0101901\u2013"])
def test_the_time_of_a_search_is_linear(unit: str) -> None:
    for search in (has_cpr, may_have_cpr):
        for text in (unit * 2_000, f"010190{unit * 2_000}", f"010190{' ' * 2_000}{unit * 2_000}"):
            with naming((search.__name__, text[:20])):
                assert duration(search, text * 8) < 8 * 4 * duration(search, text) + 0.001  # 64 times, were it quadratic


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        (NUMBER, [""]),
        ({"encounter": {"id": BARE}}, ["/encounter/id"]),
        ({"a": [{"b": "x"}, {"b": f"x {NUMBER}"}]}, ["/a/1/b"]),
        ({"a": 3112991234}, ["/a"]),
        ({"a": 3112991234.0}, ["/a"]),
        ({NUMBER: 1}, [""]),
        ({"a": {NUMBER: {"b": BARE}}}, ["/a"]),
        ({"a/b": {"c~d": BARE}}, ["/a~1b/c~0d"]),
        ({"a": BARE, "b": BARE}, ["/a", "/b"]),
        ({"a": [True, None, 1, 1.5, "L84", {}]}, []),
    ],
)
def test_only_the_location_is_reported(value: object, pointers: list[str]) -> None:
    assert find_cpr_pointers(value) == pointers


def contact(**members: Any) -> dict[str, Any]:
    return request("L84", **members)


LOCATED_REQUESTS: list[tuple[dict[str, Any], str]] = [
    (contact(id=NUMBER), "/encounter/id"),
    (contact(specialty=BARE), "/encounter/specialty"),
    (contact(diagnoses=[{"code": BARE}]), "/encounter/diagnoses/0/code"),
    (contact(diagnoses=[{"code": f"{BARE[:6]}\u200b{BARE[6:]}"}]), "/encounter/diagnoses/0/code"),
    (contact(referral={"diagnoses": [{"code": "DG35", "note": NUMBER}]}), "/encounter/referral/diagnoses/0/note"),
    (contact(note=NUMBER), "/encounter/note"),
    (contact(contact_number=3112991234), "/encounter/contact_number"),
    ({**contact(), "overrides": [{"rule": "a", "reason": f"Se {NUMBER}"}]}, "/overrides/0/reason"),
    ({**contact(), BARE: 1}, ""),
]


@pytest.mark.parametrize(("request_", "pointer"), LOCATED_REQUESTS)
def test_a_request_with_a_cpr_number_is_refused_without_repeating_it(request_: dict[str, Any], pointer: str) -> None:
    for read, argument in ((read_request, request_), (read_body, json.dumps(request_).encode())):
        with pytest.raises(RequestError) as refused:
            read(argument)  # type: ignore[operator]
        assert [(fault.path, fault.key) for fault in refused.value.faults] == [(pointer, "personal-data")]
        message = f"{refused.value} {refused.value.faults!r}"
        assert not has_cpr(message)
        assert "1234" not in message


@pytest.mark.parametrize(
    "body",
    [
        '"\\u0030101901234"',
        '"010190\\u002d1234"',
        '"010190\\u20101234"',
        '"\\u0030\\u0031\\u0030\\u0031\\u0039\\u0030\\u0031\\u0032\\u0033\\u0034"',
        "3.112991234e9",
        "3112991234.0",
        "3112991234e0",
        "31129912340E-1",
        "311.2991234E+7",
        "311299.1234",
        "31129912.34e-2",
        '"010190\\/1234"',
        '"010190\\t1234"',
        '"010190 \\u2013 1234"',
        '"010190 \u2013 1234"',
        '"\uff10\uff11\uff10\uff11\uff19\uff10\uff11\uff12\uff13\uff14"',
        f'"{BARE}"',
        f'["x", "{NUMBER}"]',
    ],
)
def test_no_spelling_in_json_hides_a_cpr_number(body: str) -> None:
    text = json.dumps(contact(note="HER")).replace('"HER"', body)
    with pytest.raises(RequestError, match="personal-data"):
        read_body(text.encode())


def test_a_repeated_member_hides_no_cpr_number() -> None:
    text = json.dumps(contact(id="FIRST", course="x")).replace('"FIRST"', f'"{NUMBER}", "id": "c-1"')
    with pytest.raises(RequestError, match="personal-data"):
        read_body(text.encode())


def test_a_request_without_a_cpr_number_is_read() -> None:
    assert read_body(json.dumps(contact(id="c010190-1234", contact_number=320190)).encode()).encounter.id == "c010190-1234"


@pytest.mark.parametrize("name", ["a/1103035948", "a~110303-5948", "/110303\u20105948", "~1103035948", "~1/1103035948"])
def test_a_name_is_unescaped_before_it_is_searched(name: str) -> None:
    assert find_cpr_pointers({"encounter": {name: {"id": "1103035948"}}}) == ["/encounter"]


def test_a_fault_below_such_a_name_is_reported_without_the_name() -> None:
    with pytest.raises(RequestError) as refused:
        read_body(b'{"encounter": {"a/1103035948": "\\ud800"}}')
    assert {fault.path for fault in refused.value.faults} == {"/encounter"}


JUDGED: list[tuple[dict[str, Any], str]] = [
    ({"id": NUMBER}, "/encounter/id"),
    ({"course": "010190 1234"}, "/encounter/course"),
    ({"specialty": "010190.1234"}, "/encounter/specialty"),
    ({"diagnoses": (Diagnosis("610190-1234"),)}, "/encounter/diagnoses/0/code"),
    ({"referral": Referral((Diagnosis("DG35", system=f"urn:oid:{NUMBER}"),))}, "/encounter/referral/diagnoses/0/system"),
    ({"contact_number": 3112991234}, "/encounter/contact_number"),
    ({"measures": ("QV001", "251248-AB12")}, "/encounter/measures/1"),
]


@pytest.mark.parametrize(("members", "pointer"), JUDGED)
def test_a_contact_made_in_python_is_searched_before_it_is_judged(service: Service, members: dict[str, Any], pointer: str) -> None:
    encounter = Encounter(datetime.date(2025, 10, 14), "51", (Diagnosis("L84"),))
    assert service.judge(Submission(encounter)).status == "ok"
    with pytest.raises(RequestError) as refused:
        service.judge(Submission(encounter._replace(**members)))
    assert [(fault.path, fault.key) for fault in refused.value.faults] == [(pointer, "personal-data")]
    assert not has_cpr(f"{refused.value} {refused.value.faults!r}")


def test_overrides_and_unknown_fields_are_searched_before_they_are_judged(service: Service) -> None:
    encounter = Encounter(datetime.date(2025, 10, 14), "51", (Diagnosis("L84"),))
    for submission in (
        Submission(encounter, (Override("a", reason=f"Se {NUMBER}"),)),
        Submission(encounter, (Override(NUMBER),)),
        Submission(encounter, unknown_fields=(f"/encounter/{NUMBER}",)),
    ):
        with pytest.raises(RequestError, match="personal-data"):
            service.judge(submission)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_says_how_to_write_a_key_and_a_time(language: str) -> None:
    text = problem_text("personal-data", language)
    assert "CPR" in text
    assert "2026-05-12 14:30" in text
    assert not has_cpr(text)
