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

    A member's name has the pointer of its object. A loop rather than recursion: passing each text through as many generators as
    there are levels takes a minute for a mebibyte of nested lists.
    """
    levels: list[Iterator[tuple[str, object]]] = [iter([(pointer, value)])]
    while levels:
        member = next(levels[-1], None)
        if member is None:
            levels.pop()
            continue
        place, inner = member
        match inner:
            case str():
                yield place, inner
            case bool() | None:
                pass
            case int() | float():
                yield place, str(inner)
            case list() | dict():
                levels.append(_members(inner, place))


def is_nested_deeper(value: object, limit: int) -> bool:
    """Return whether lists and objects in decoded JSON are nested in more than `limit` levels."""
    level = [value] if isinstance(value, list | dict) else []
    for _ in range(limit):
        inside = (inner for item in level for inner in (item.values() if isinstance(item, dict) else item))
        level = [inner for inner in inside if isinstance(inner, list | dict)]
    return bool(level)


def _members(value: list[object] | dict[str, object], pointer: str) -> Iterator[tuple[str, object]]:
    """Yield pointer and value of the direct members of a list or object.

    The names of an object's members are yielded too, with its pointer.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"{pointer}/{index}", item
    else:
        for name, item in value.items():
            yield pointer, name
            yield f"{pointer}/{escape_token(name)}", item
