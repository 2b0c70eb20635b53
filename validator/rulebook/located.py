"""YAML read with the place of every key and value, and nothing interpreted but numbers, truth values and null.

Dates stay text, so that month 13 has a line. Anchors, tags and several documents are refused: a rule file needs none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from validator.rulebook.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Located:
    """A value with its place: a scalar, a list of Located, or a mapping of text to Located with the place of each key."""

    value: Any
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


_DEEPEST = 40


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_yaml(text: str, file: str) -> Located | Problem:
    """The document in `text`, or the one problem that keeps it from being read."""
    start = Place(file, 1, 1)
    if _depth(text) > _DEEPEST:  # the YAML reader would take minutes to find out
        return Problem("too-deep", start)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        return Problem("empty", start) if node is None else _locate(node, file, text, set())
    except _RefusedError as refused:
        return refused.problem
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else start
        return Problem("yaml", place, {"reason": str(error.problem or error.context or "")})
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        column = error.position - text.rfind("\n", 0, error.position)
        return Problem("yaml", Place(file, line + 1, column), {"reason": f"tegnet {error.character!r}"})
    except YAMLError as error:
        return Problem("yaml", start, {"reason": str(error).splitlines()[0]})
    except RecursionError:
        return Problem("too-deep", start)


def _depth(text: str) -> int:
    """How deep the brackets of a text are nested, at most."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _locate(node: Node, file: str, text: str, seen: set[int]) -> Located:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    if node.anchor or id(node) in seen:
        raise _RefusedError(Problem("anchor", place))
    if text.startswith("!", node.start_mark.index):
        raise _RefusedError(Problem("tag", place, {"tag": str(node.tag)}))
    seen.add(id(node))
    match node:
        case ScalarNode():
            return Located(_scalar(node, place), place)
        case SequenceNode():
            return Located([_locate(item, file, text, seen) for item in node.value], place)
        case MappingNode():
            pairs = list(_pairs(node, file, text, seen))
            return Located({key: value for key, _, value in pairs}, place, {key: key_place for key, key_place, _ in pairs})
    raise _RefusedError(Problem("yaml", place, {"reason": str(node.tag)}))


def _pairs(node: MappingNode, file: str, text: str, seen: set[int]) -> Iterator[tuple[str, Place, Located]]:
    known: set[str] = set()
    for key_node, value_node in node.value:
        key = _locate(key_node, file, text, seen)
        if isinstance(key.value, dict | list):
            raise _RefusedError(Problem("key-not-text", key.place))
        name = str(key.value)
        if name in known:
            raise _RefusedError(Problem("double-key", key.place, {"key": name}))
        known.add(name)
        yield name, key.place, _locate(value_node, file, text, seen)


def _scalar(node: ScalarNode, place: Place) -> str | int | float | bool | None:
    text: str = node.value
    match str(node.tag).rpartition(":")[2]:
        case "str" | "timestamp":
            return text
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if text.lstrip("+-").isdecimal() and len(text) < 19 and (text == "0" or text.lstrip("+-")[0] != "0"):
            return int(text)
        case "int" | "float":
            return text
    raise _RefusedError(Problem("tag", place, {"tag": str(node.tag)}))
