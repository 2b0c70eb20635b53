"""Write the files of a draft in the layout of the shipped rule files."""

import json
import re
from collections.abc import Collection, Iterator, Mapping

from validator.rulebook.yaml.located_yaml import Located

_UNQUOTED = re.compile(r"[A-Z]{1,2}\d[\dA-Z]*(\.\d+)?|[a-z][a-z0-9]*(-[a-z0-9]+)*|\d{4}-\d\d-\d\d")
_YAML_WORDS = ("true", "false", "null", "yes", "no", "on", "off")
_MAX_SHORT_ESCAPE = 0xFFFF  # above, an escape has eight digits


def draft_files(documents: Mapping[str, Located], changed: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Return the text of each file of a draft.

    Of "courses" and "sources", the files contain only those that are `changed`.
    """
    written = {file: list(_lines(document, changed)) for file, document in documents.items()}
    return {file: "".join(f"{line}\n" for line in lines) for file, lines in written.items() if lines}


def _lines(document: Located, changed: Mapping[str, Collection[str]]) -> Iterator[str]:
    for key, node in document.value.items():
        if not isinstance(node.value, dict):
            yield f"{key}: {_flow(node)}"
            continue
        rows = {name: row for name, row in node.value.items() if name in changed[key]}
        if rows and key == "sources":
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
    """Return a value on one line; texts for readers are always `quoted`."""
    match node.value:
        case dict(items):
            return f"{{{', '.join(f'{key}: {_flow(item, quoted=quoted)}' for key, item in items.items())}}}"
        case list(items):
            return f"[{', '.join(_flow(item, quoted=quoted) for item in items)}]"
        case str(text):
            return _quote(text) if quoted else _scalar(text)
        case None:
            return "null"
        case value:
            return str(value).lower()


def _scalar(text: str) -> str:
    return text if _UNQUOTED.fullmatch(text) and text not in _YAML_WORDS else _quote(text)


def _quote(text: str) -> str:
    """Return a text in double quotes, with unprintable characters escaped."""
    return "".join(char if char.isprintable() else _escape(char) for char in json.dumps(text, ensure_ascii=False))


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= _MAX_SHORT_ESCAPE else f"\\U{ord(char):08x}"
