"""The tables of the Markdown documents: a heading, a line under it, as many cells in every row, and no row twice."""

import re
from collections.abc import Iterator
from itertools import groupby

import pytest

from tests.conftest import ROOT

_CODE_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CELL_END = re.compile(r"(?<!\\)\|")


def tables() -> Iterator[tuple[str, list[str]]]:
    """Each table as its lines, with the name of the document and its heading."""
    for path in (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))):
        lines = _CODE_BLOCK.sub("", path.read_text(encoding="utf-8")).splitlines()
        for is_table, rows in groupby(lines, lambda line: line.startswith("|")):
            if is_table:
                heading, *rest = rows
                yield f"{path.name} {heading}", [heading, *rest]


def cells(row: str) -> list[str]:
    before, *inner, after = _CELL_END.split(row)
    assert (before, after) == ("", "")
    return [cell.strip() for cell in inner]


@pytest.mark.parametrize("lines", [pytest.param(lines, id=name) for name, lines in tables()])
def test_a_table_is_complete_and_has_no_duplicate_rows(lines: list[str]) -> None:
    heading, under, *rows = map(cells, lines)
    assert all(re.fullmatch(r":?-+:?", cell) for cell in under)
    assert rows
    assert {len(row) for row in (heading, under, *rows)} == {len(heading)}
    names = [row[0] for row in rows]
    assert [name for name in names if names.count(name) > 1] == []
