"""JSON of requests: what is refused, with the line and column of the fault."""

import json
from typing import Any

import orjson
import pytest

from validator.requests.errors import RequestError
from validator.requests.json_decoding import MAX_DEPTH, decode_json


def faults(body: bytes | str) -> list[tuple[str, Any, Any]]:
    with pytest.raises(RequestError) as refused:
        decode_json(body if isinstance(body, bytes) else body.encode())
    return [(fault.key, fault.values.get("line"), fault.values.get("column")) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ('{"a": NaN}', 1, 7),
        ('{"NaN": "Infinity",\n "b": [1, Infinity]}', 2, 11),
        ('{"a": -Infinity}', 1, 7),
        ('{"a": "\\"NaN", "ø": NaN}', 1, 21),
        ('{"a": 1.' + "5" * 5000 + ',\n"b": ' + "9" * 5000 + "}", 2, 6),
        ('{"a": -' + "9" * 5000 + "}", 1, 7),
        ('{"a": 1,}', 1, 8),
        ('{"a":\n\n  x}', 3, 3),
        ("", 1, 1),
    ],
    ids=[
        "NaN",
        "Infinity",
        "-Infinity",
        "after a quote",
        "a long number",
        "a long negative one",
        "a comma",
        "a word",
        "nothing",
    ],
)
def test_what_is_not_json_is_reported_at_its_place(body: str, line: int, column: int) -> None:
    (fault,) = faults(body)
    if body != '{"a": 1,}':  # versions of Python differ in whether they name the comma or what follows it
        assert fault == ("not-json", line, column)
    else:
        assert fault in [("not-json", line, column), ("not-json", line, column + 1)]


def test_what_is_not_utf_8_is_reported_at_its_place() -> None:
    assert faults('{"ø": 1,\n "å": "æ'.encode() + b'\xf8"}') == [("not-utf8", 2, 9)]


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ('{"a": 1, "a": 1}', 1, 10),
        ('{"a": {"b": 1,\n  "c": [{}, {"x": 1, "x": 2}]}}', 2, 22),
        ('{"a": 1, "b": {"a": 2}, "\\u0061": 3}', 1, 25),
        ('{"a" : ":", "a" : ":"}', 1, 13),
        ('{"\\\\": 1, "\\"": 2, "\\\\": 3}', 1, 20),
        ('\ufeff{"a": 1, "a": 2}', 1, 10),
        ('{"a": "\\ud800", "a": 2}', 1, 17),
        ('{"a": 1, "a": 2, "a": 3}', 1, 10),
        ('{"a": 1, "a":' + "[" * 400 + "]" * 400 + "}", 1, 10),
        ('{"a:b": 1, "c": "\\u003a", "a:b": 2}', 1, 27),
    ],
    ids=["twice", "inside", "escaped", "colons", "backslashes", "BOM", "surrogate", "three times", "nested", "colons escaped"],
)
def test_a_member_that_is_sent_twice_is_refused_at_its_place(body: str, line: int, column: int) -> None:
    assert faults(body) == [("repeated-member", line, column)]


@pytest.mark.parametrize(
    "value",
    [
        {"a": ":", "b": {"a": '":', "c:d": ":"}, "e": [{"a": 1}, {"a": 2}]},
        {"a": "{", "b": "}", "c": ['"', "\\", '\\"']},
        [],
        {},
        {"a": {"a": {"a": {}}}},
        {"a": 1e300, "b": 2**63, "c": -0.0, "d": None},
    ],
)
def test_members_of_one_name_in_different_objects_are_read(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, indent=2), json.dumps(value, separators=(",", ":"))):
        assert decode_json(text.encode()) == value


def test_a_member_may_be_nested_as_deep_as_the_limit_but_no_deeper() -> None:
    for depth in (MAX_DEPTH, 300):
        assert decode_json(b"[" * depth + b"]" * depth) is not None
    assert faults(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1)) == [("nested-too-deep", None, None)]


def test_a_cpr_number_in_a_repeated_member_is_reported_as_that() -> None:
    assert faults('{"a": "010190-1234", "a": 1}') == [("personal-data", None, None)]
    assert faults('{"010190-1234": 1, "010190-1234": 1}') == [("personal-data", None, None)]


def test_the_name_of_a_repeated_member_is_quoted_without_a_cpr_number_and_not_at_length() -> None:
    with pytest.raises(RequestError) as refused:
        decode_json(b'{"course": 1, "course": 2}')
    assert refused.value.faults[0].values["name"] == "course"
    for name in ("x" * 5000, "\\u0030101901234", "\\ud800"):
        with pytest.raises(RequestError) as refused:
            decode_json(f'{{"{name}": 1, "{name}": 2}}'.encode())
        shown = str(refused.value.faults[0].values["name"])
        assert len(shown) < 100
        assert "0101901234" not in shown
        orjson.dumps(shown)
