"""JSON whose objects know their lines; duplicate members and CPR numbers are refused with theirs."""

import json

import pytest

from validator.catalogue.editions.formats import BrokenFileError
from validator.catalogue.editions.formats.located_json import LocatedObject, read_json


def lines(value: object) -> list[int]:
    """Return the lines of all objects, outer ones first."""
    if isinstance(value, LocatedObject):
        return [value.line, *(line for member in value.values() for line in lines(member))]
    return [line for item in value for line in lines(item)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", [1]),
        ("[]", []),
        ('{"a": 1,\n "b": {"c": {}},\n\n "d": [{}, 5,\n {}]}', [1, 2, 2, 4, 5]),
        ('[\n{"a": "}{"},\n{"b}": "\\"{"},\n{"c": "\\\\"}\n]', [2, 3, 4]),
        ('[{"a": "æ\\n"},\r\n{"b": 1}]', [1, 2]),
    ],
)
def test_every_object_knows_its_line(text: str, expected: list[int]) -> None:
    value = read_json(text.encode(), "x")
    assert value == json.loads(text)
    assert lines(value) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a":\n {"b": "0102031234"}}', "x:2: feltet /a/b"),
        ('{"a": [1,\n {"b": "nr. 010203-1234."}]}', "x:2: feltet /a/1/b"),
        ('{"a": "linje\\n0102031234"}', "x:1: feltet /a"),
        ('{"a": "\\u0030102031234"}', "x:1: feltet /a"),
        ('{"a": 1102031234}', "x:1: feltet /a"),
        ('{"a": 1.10203123e9}', "x:1: feltet /a"),
        ('{"0102031234": 1}', "x:1: feltet / "),
    ],
)
def test_a_cpr_number_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(BrokenFileError) as refused:
        read_json(text.encode(), "x")
    assert str(refused.value).startswith(place)
    assert "03123" not in str(refused.value)


def test_a_duplicate_member_is_refused_at_its_object() -> None:
    with pytest.raises(BrokenFileError, match=r'^x:3: feltet "b" står to gange$'):
        read_json(b'{"a":\n [1,\n {"b": 1, "c": {}, "b": 2}]}', "x")
