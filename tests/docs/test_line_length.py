"""Lines of documents fit a screen; tables, code, links and headings are excepted."""

import re
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

LIMIT = 120  # characters
# The changelog and the guide of the code are rewritten apart from these.
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "catalog").glob("*.md"))]


def prose(text: str) -> Iterator[str]:
    """Yield the lines outside code blocks and tables."""
    for line in re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE).splitlines():
        if not line.startswith("|"):
            yield line


@pytest.mark.parametrize("document", [path.relative_to(ROOT).as_posix() for path in DOCUMENTS])
def test_no_line_of_prose_is_too_long(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert [line for line in prose(text) if len(line) > LIMIT] == []
