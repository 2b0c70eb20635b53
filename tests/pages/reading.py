"""Parse a page: its heading, text, links and form values."""

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.heading: list[str] = []
        self.links: list[str] = []
        self.values: dict[str, str] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._open.append(tag)
        if tag == "a":
            self.links.append(attributes.get("href") or "")
        if tag == "input":
            self.values[attributes.get("name") or ""] = attributes.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if "h1" in self._open:
            self.heading.append(data)


class Read:
    """The content of a page."""

    def __init__(self, answer: TestResponse) -> None:
        assert answer.mimetype == "text/html"
        self.source = answer.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.source)
        self.text = " ".join(" ".join(reader.words).split())
        self.heading = " ".join(" ".join(reader.heading).split())
        self.links = reader.links
        self.values = reader.values
        self.language = (re.findall(r'<html lang="(\w+)"', self.source) or [""])[0]
