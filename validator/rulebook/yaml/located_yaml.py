"""Read YAML with the place of every key and value.

Only numbers, booleans and null are converted. Dates stay text, so that invalid ones are reported with their place.
Anchors, tags and several documents are refused. The rest of a file with refused parts is still read, so that all
problems are reported at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from validator.rulebook.yaml.likely_slips import curly_quote, find_slip, key_without_blank, without_curly_quotes
from validator.rulebook.yaml.parser_messages import translate_parser_message
from validator.rulebook.yaml.problems import Place, Problem
from validator.support.personal_data import has_cpr
from validator.texts import danish_text


class _Unread:
    """The value of a node whose problem is already noted.

    No further problems are noted about it.
    """

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = _Unread()


@dataclass(frozen=True, slots=True)
class Located:
    """A value with its place.

    It is a scalar, a list of Located, or a mapping of text to Located with the place of each key.
    """

    value: Any
    place: Place
    keys: dict[str, Place] = field(default_factory=dict)

    def plain(self) -> Any:
        """Return the value without places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def written(self) -> str:
        """Render the value as in the file, without quotes."""
        if isinstance(self.value, list):
            return f"[{', '.join(item.written() for item in self.value)}]"
        if isinstance(self.value, dict):
            return f"{{{', '.join(f'{key}: {item.written()}' for key, item in self.value.items())}}}"
        if self.value is None or self.value is UNREAD:
            return "…"
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


_MAX_DEPTH = 40
# libyaml does not report anchors, and deep indentation would overflow its stack and end the process.
_NEEDS_PYTHON = re.compile(r"[&*]|^[ \t?:-]{200}", re.MULTILINE)
_UNCLOSED = re.compile("flow (sequence|mapping)|quoted scalar")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVALID_ESCAPE = "found invalid Unicode character escape code"  # libyaml's message
_TAG = re.compile(r"![^\s,\]}]*")


def read_yaml(text: str, file: str) -> tuple[Located | None, list[Problem]]:
    """Return the document in `text`, None where it is unreadable, and its problems as YAML."""
    start = Place(file, 1, 1)
    if _depth(text) > _MAX_DEPTH:  # the parser would take minutes
        return None, [Problem("too-deep", start)]
    try:
        node = _composed(text)
        if node is None:
            return None, [Problem("empty", start)]
        locator = _Locator(file, text)
        return locator.locate(node), locator.problems
    except MarkedYAMLError as error:
        mark = _mark(error)
        place = Place(file, mark.line + 1, mark.column + 1) if mark else start
        reason = translate_parser_message(str(error.problem or error.context or ""))
        slip = find_slip(text, place.line)
        problem = Problem("yaml", place, {"reason": reason})
        if slip is not None:
            problem = Problem(slip.problem, Place(file, slip.line, slip.column), slip.values)
    except ReaderError as error:
        line = text.count("\n", 0, error.position)
        column = error.position - text.rfind("\n", 0, error.position)
        problem = Problem(
            "yaml", Place(file, line + 1, column), {"reason": danish_text("rules.yaml.character", character=repr(error.character))}
        )
    except YAMLError as error:
        problem = Problem("yaml", start, {"reason": translate_parser_message(str(error).splitlines()[0])})
    except RecursionError:
        problem = Problem("too-deep", start)
    return None, [problem]


def _mark(error: MarkedYAMLError) -> StringMark | None:
    """Return where the error is.

    For an unclosed bracket or quotation, it is the line on which that begins.
    """
    found: StringMark | None = error.problem_mark
    begun: StringMark | None = error.context_mark
    if found and begun and _UNCLOSED.search(error.context or "") and begun.line < found.line:
        found = begun
    return found or begun


def _composed(text: str) -> Node | None:
    """Return the nodes of a text.

    libyaml is ten times faster; the Python parser has better error messages.
    """
    if not _NEEDS_PYTHON.search(text):
        try:
            return _compose(text, pure=False)
        except (YAMLError, UnicodeEncodeError):
            pass
    try:
        return _compose(text, pure=True)
    except (ValueError, OverflowError):  # "\UFFFFFFFF": only libyaml reports the place
        return _compose(text, pure=False)


def _compose(text: str, *, pure: bool) -> Node | None:
    yaml = YAML(typ="safe", pure=pure)
    yaml.composer.warn_double_anchors = False  # every anchor is reported below
    node: Node | None = yaml.compose(text)
    return node


def _depth(text: str) -> int:
    """Return the greatest depth of brackets in a text."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


class _Locator:
    """A converter of the nodes of one text to located values that collects the problems."""

    def __init__(self, file: str, text: str) -> None:
        self.problems: list[Problem] = []
        self._depth = 0
        self._file = file
        self._text = text
        self._seen: set[int] = set()
        self._curly_lines: set[int] = set()

    def locate(self, node: Node) -> Located:
        """Return the value of a node, UNREAD below the greatest depth."""
        self._depth += 1
        try:
            return self._located(node)
        finally:
            self._depth -= 1

    def _located(self, node: Node) -> Located:
        place = Place(self._file, node.start_mark.line + 1, node.start_mark.column + 1)
        if id(node) in self._seen:  # an alias; its anchor is already reported
            return Located(UNREAD, place)
        self._seen.add(id(node))
        if node.anchor:
            self.problems.append(Problem("anchor", place))
        if self._text.startswith("!", node.start_mark.index):
            return self._tagged(node, place)
        if self._depth > _MAX_DEPTH:
            self.problems.append(Problem("too-deep", place))
            return Located(UNREAD, place)
        match node:
            case ScalarNode():
                return self._scalar(node, place)
            case SequenceNode():
                return Located([self.locate(item) for item in node.value], place)
            case MappingNode():
                pairs = list(self._pairs(node))
                return Located({key: value for key, _, value in pairs}, place, {key: key_place for key, key_place, _ in pairs})
        return self._tagged(node, place)

    def _tagged(self, node: Node, place: Place) -> Located:
        written = _TAG.match(self._text, node.start_mark.index)
        tag = written[0] if written else str(node.tag)
        self.problems.append(Problem("personal-data", place) if has_cpr(tag) else Problem("tag", place, {"tag": tag}))
        return Located(UNREAD, place)

    def _pairs(self, node: MappingNode) -> Iterator[tuple[str, Place, Located]]:
        known: set[str] = set()
        for key_node, value_node in node.value:
            key = self.locate(key_node)
            value = self.locate(value_node)
            name = str(key.value)
            if value.value is None and (slip := key_without_blank(key.value)):  # {codes:L86} is a key without a value
                self.problems.append(Problem("no-blank", key.place, {"key": slip}))
                name, value = slip, Located(UNREAD, value.place)
            if isinstance(key.value, dict | list):
                self.problems.append(Problem("key-not-text", key.place))
            elif name in known:
                self.problems.append(Problem("double-key", key.place, {"key": name}))
            elif key.value is not UNREAD:
                known.add(name)
                yield name, key.place, value

    def _scalar(self, node: ScalarNode, place: Place) -> Located:
        text: str = node.value
        if has_cpr(text):
            self.problems.append(Problem("personal-data", place))
            return Located(UNREAD, place)
        match str(node.tag).rpartition(":")[2]:
            case "str" | "timestamp" if _SURROGATE.search(text):  # "\ud83d": half of a UTF-16 pair
                self.problems.append(Problem("yaml", place, {"reason": translate_parser_message(_INVALID_ESCAPE)}))
                return Located(UNREAD, place)
            case "str" | "timestamp":
                return Located(text if node.style else self._unquoted(text, place), place)
            case "null":
                return Located(None, place)
            case "bool":
                return Located(text.lower() == "true", place)
            case "int" if text.lstrip("+-").isdecimal() and len(text) < 19 and (text == "0" or text.lstrip("+-")[0] != "0"):
                return Located(int(text), place)
            case "int" | "float":
                return Located(text, place)
        return self._tagged(node, place)

    def _unquoted(self, text: str, place: Place) -> Any:
        """Return a text that is written without quotes, after noting curly ones; UNREAD where they contain nothing."""
        character = curly_quote(text)
        if character is None:
            return text
        cut = text[0] != character  # the end of a text that a comma has cut in two; its beginning is reported
        if not cut or place.line not in self._curly_lines:
            self.problems.append(Problem("curly-quotes", place, {"character": character}))
        self._curly_lines.add(place.line)
        return UNREAD if cut else without_curly_quotes(text) or UNREAD
