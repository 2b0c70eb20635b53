"""CPR numbers are detected anywhere and reported by their location only."""

import json
from typing import Any

import pytest

from tests.contacts import request
from validator import RequestError, read_request
from validator.requests.request import read_body
from validator.support.personal_data import find_cpr_pointers, has_cpr

NUMBER = "010190-1234"
BARE = "0101901234"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        BARE,
        "3112991234",
        f"patient {NUMBER}.",
        f"({BARE})",
        f"cpr:{BARE}",
        f"a,{BARE},b",
        f"\n{BARE}\n",
        f"{BARE}@example.org",
        f"c-{BARE}",
        "010190\u20101234",
        "010190\u20111234",
        "2902001234",  # the year may be 2000
        "290204-1234",
        f"0000000000 {BARE}",
    ],
)
def test_a_token_that_begins_with_a_real_date_is_a_cpr_number(text: str) -> None:
    assert has_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3201901234",
        "0001901234",
        "0113901234",
        "0100901234",
        "3104901234",
        "300290-1234",
        "290201-1234",
        "010190 1234",
        "010190--1234",
        "010190-12345",
        "010190-123",
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
    ],
)
def test_anything_else_is_not_a_cpr_number(text: str) -> None:
    assert not has_cpr(text)


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
