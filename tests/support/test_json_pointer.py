"""JSON Pointers: names escape_token and back, and every text of a value in its order, however deep it is nested."""

import pytest

from validator.support.json_pointer import escape_token, iterate_texts, nested_deeper, unescape_token


@pytest.mark.parametrize(("name", "step"), [("a", "a"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("", "")])
def test_a_name_is_escaped_and_back(name: str, step: str) -> None:
    assert escape_token(name) == step
    assert unescape_token(step) == name


def test_every_text_and_number_has_its_pointer_in_the_order_of_the_value() -> None:
    value = {"a": ["x", 1, True, None, {"b/c": 1.5}], "d": {}, "e": "y"}
    assert list(iterate_texts(value)) == [
        ("", "a"),
        ("/a/0", "x"),
        ("/a/1", "1"),
        ("/a/4", "b/c"),
        ("/a/4/b~1c", "1.5"),
        ("", "d"),
        ("", "e"),
        ("/e", "y"),
    ]


def test_a_value_nested_deeper_than_calls_can_be_has_its_texts_too() -> None:
    value: object = "x"
    for _ in range(10_000):
        value = [value]
    assert list(iterate_texts(value)) == [("/0" * 10_000, "x")]


@pytest.mark.parametrize(("value", "levels"), [("x", 0), ([], 1), ({}, 1), ({"a": 1, "b": [[]]}, 3), ([[], [{"a": {}}]], 4)])
def test_depth_counts_lists_and_objects(value: object, levels: int) -> None:
    assert not nested_deeper(value, levels)
    assert levels == 0 or nested_deeper(value, levels - 1)
