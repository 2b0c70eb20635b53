"""JSON Pointers (RFC 6901) into decoded JSON."""

from collections.abc import Iterator


def escape_token(name: str) -> str:
    """Return a member's name as a reference token of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def unescape_token(token: str) -> str:
    """Return the member's name that a reference token of a JSON Pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def iterate_texts(value: object, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield pointer and text of every string and number.

    A member's name has the pointer of its object.
    """
    match value:
        case str():
            yield pointer, value
        case bool() | None:
            return
        case int() | float():
            yield pointer, str(value)
        case list():
            for index, item in enumerate(value):
                yield from iterate_texts(item, f"{pointer}/{index}")
        case dict():
            for key, item in value.items():
                yield pointer, key
                yield from iterate_texts(item, f"{pointer}/{escape_token(key)}")
