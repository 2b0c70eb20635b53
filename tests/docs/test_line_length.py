"""Lines of prose in the documents have at most 120 characters."""

import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

LIMIT = 120  # characters
DOCUMENTS = {path.relative_to(ROOT).as_posix() for folder in ("", "docs", "catalog") for path in (ROOT / folder).glob("*.md")}


def prose(text: str) -> Iterator[str]:
    """Yield the lines outside code blocks and tables."""
    for line in re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE).splitlines():
        if not line.startswith("|"):
            yield line


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_no_line_of_prose_is_too_long(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [line for line in prose(text) if len(line) > LIMIT] == []


def test_the_tables_for_vendors_are_not_wider() -> None:
    text = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("|") and len(line) > LIMIT] == []
