"""A line that cannot be written is lost and counted; no request fails."""

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from validator.serving import json_log
from validator.serving.json_log import LineWriter

Write = Callable[[int, bytes], int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def lines(path: Path) -> LineWriter:
    return LineWriter(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), lambda: None)


def fails(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let only the first bytes of a line be written."""

    def write(number: int, content: bytes) -> int:
        if room:
            return os_write(number, content[:room])
        raise OSError(errno.ENOSPC, "full")

    os_write = os.write
    monkeypatch.setattr(json_log.os, "write", write)


def test_lines_are_not_buffered(lines: LineWriter, path: Path) -> None:
    lines.info('{"event": "en æble-ø"}')
    assert path.read_text(encoding="utf-8") == '{"event": "en æble-ø"}\n'
    lines.error("\ud800")
    assert path.read_text(encoding="utf-8").splitlines()[1] == "\\ud800"


@pytest.mark.parametrize("room", [0, 5])
def test_lost_lines_are_counted_and_reported_later(
    lines: LineWriter, path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    lines.info('{"event": "before"}')
    with monkeypatch.context() as full:
        fails(full, room)
        for _ in range(3):
            lines.info('{"event": "lost"}')
    lines.info('{"event": "after"}')
    lines.info('{"event": "last"}')
    written = path.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in written if line.endswith("}")]
    assert [line["event"] for line in entries] == ["before", "log-lines-lost", "after", "last"]
    assert entries[1]["count"] == 3
    assert all(len(line) <= room for line in written if not line.endswith("}"))


def test_a_closed_pipe_raises_nothing() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    LineWriter(writing, lambda: None).info("{}")
    os.close(writing)


def test_lines_of_several_threads_do_not_mix(lines: LineWriter, path: Path) -> None:
    def write(letter: str) -> None:
        for _ in range(200):
            lines.info(letter * 5000)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = path.read_text(encoding="utf-8").splitlines()
    assert len(written) == 800
    assert {(len(line), len(set(line))) for line in written} == {(5000, 1)}
