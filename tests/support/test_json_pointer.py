"""JSON Pointers: escaping of names, and the texts of a value of any depth."""

import pytest

from validator.support.json_pointer import escape_token, is_nested_deeper, iterate_texts, unescape_token


@pytest.mark.parametrize(("name", "token"), [("a", "a"), ("a/b", "a~1b"), ("~", "~0"), ("~1", "~01"), ("", "")])
def test_a_name_is_equal_after_a_round_trip(name: str, token: str) -> None:
    assert escape_token(name) == token
    assert unescape_token(token) == name


def test_texts_and_numbers_are_yielded_in_order_with_their_pointers() -> None:
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


def test_a_value_nested_deeper_than_the_recursion_limit_has_its_texts() -> None:
    value: object = "x"
    for _ in range(10_000):
        value = [value]
    assert list(iterate_texts(value)) == [("/0" * 10_000, "x")]


@pytest.mark.parametrize(("value", "levels"), [("x", 0), ([], 1), ({}, 1), ({"a": 1, "b": [[]]}, 3), ([[], [{"a": {}}]], 4)])
def test_depth_counts_lists_and_objects(value: object, levels: int) -> None:
    assert not is_nested_deeper(value, levels)
    assert levels == 0 or is_nested_deeper(value, levels - 1)
