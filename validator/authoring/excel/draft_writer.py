"""Writes the files of a draft in the form that rule files keep."""

import json
import re
from collections.abc import Collection, Iterator, Mapping

from validator.rulebook.yaml.located_yaml import Located

_PLAIN = re.compile(r"[A-Z]{1,2}\d[\dA-Z]*(\.\d+)?|[a-z][a-z0-9]*(-[a-z0-9]+)*|\d{4}-\d\d-\d\d")
_WORDS_OF_YAML = ("true", "false", "null", "yes", "no", "on", "off")
_LAST_SHORT = 0xFFFF  # beyond it, an escape has eight digits


def draft_files(documents: Mapping[str, Located], changed: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The text of each file of a draft; of its "courses" and its "sources", only those that are `changed`."""
    written = {file: list(_lines(document, changed)) for file, document in documents.items()}
    return {file: "".join(f"{line}\n" for line in lines) for file, lines in written.items() if lines}


def _lines(document: Located, changed: Mapping[str, Collection[str]]) -> Iterator[str]:
    for key, node in document.value.items():
        if not isinstance(node.value, dict):
            yield f"{key}: {_flow(node)}"
            continue
        rows = {name: row for name, row in node.value.items() if name in changed[key]}
        if rows and key == "sources":  # after the names of the head
            yield ""
        if rows:
            yield f"{key}:"
        for name, row in rows.items():
            if key == "sources":
                yield f"  {_scalar(name)}: {_flow(row)}"
            else:
                yield f"  {_scalar(name)}:"
                yield from _course(row)


def _course(node: Located) -> Iterator[str]:
    for key, value in node.value.items():
        if key in ("title", "specialty"):
            yield f"    {key}: {_flow(value, quoted=True)}"
        else:
            yield f"    {key}:"
            for entry in value.value:
                for number, line in enumerate(_entry(entry)):
                    yield f"        {line}" if number else f"      - {line}"


def _entry(node: Located) -> Iterator[str]:
    for key, value in node.value.items():
        if key == "by_phase" and value.value:
            yield "by_phase:"
            for phase, services in value.value.items():
                yield f"  {phase}: {_flow(services)}"
        else:
            yield f"{key}: {_flow(value, quoted=key == 'note')}"


def _flow(node: Located, *, quoted: bool = False) -> str:
    """A value in a line; texts that are for people are always `quoted`."""
    match node.value:
        case dict(items):
            return f"{{{', '.join(f'{key}: {_flow(item, quoted=quoted)}' for key, item in items.items())}}}"
        case list(items):
            return f"[{', '.join(_flow(item, quoted=quoted) for item in items)}]"
        case str(text):
            return _quoted(text) if quoted else _scalar(text)
        case None:
            return "null"
        case value:
            return str(value).lower()


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text not in _WORDS_OF_YAML else _quoted(text)


def _quoted(text: str) -> str:
    """A text between quotes, in which YAML may not find anything else; what cannot be printed is escaped."""
    return "".join(char if char.isprintable() else _escaped(char) for char in json.dumps(text, ensure_ascii=False))


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= _LAST_SHORT else f"\\U{ord(char):08x}"
