"""JSON Pointers (RFC 6901) into decoded JSON."""

from collections.abc import Iterator


def escaped(name: str) -> str:
    """A member's name as a JSON Pointer writes it."""
    return name.replace("~", "~0").replace("/", "~1")


def unescaped(step: str) -> str:
    """The member's name behind a step of a JSON Pointer."""
    return step.replace("~1", "/").replace("~0", "~")


def texts_of(value: object, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every text in decoded JSON with its pointer, and numbers as text; a member's name stands under its object."""
    match value:
        case str():
            yield pointer, value
        case bool() | None:
            return
        case int() | float():
            yield pointer, str(value)
        case list():
            for index, item in enumerate(value):
                yield from texts_of(item, f"{pointer}/{index}")
        case dict():
            for key, item in value.items():
                yield pointer, key
                yield from texts_of(item, f"{pointer}/{escaped(key)}")
