"""Many contacts as lines of JSON: one answer a line, in order; a bad line gets its problem and the rest goes on."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from validator.kinds import Audience
from validator.problem import problem, request_problem
from validator.request import RequestError, Submission, read_body
from validator.texts import problem_text
from validator.verdict import Verdict

LIMIT_LINE = 2**20
_BLOCK = 2**16

Judge = Callable[[Submission], Verdict]


class Stream(Protocol):
    """Something to read bytes from."""

    def readline(self, size: int = -1, /) -> bytes: ...


def lines_of(stream: Stream, limit: int = LIMIT_LINE) -> Iterator[bytes | None]:
    """The lines of a stream without their ends; None for one that is longer than `limit`, which is read past and never held."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_BLOCK)
        yield None


def judge_lines(
    judge: Judge,
    lines: Iterable[bytes | None],
    *,
    problem_language: str,
    audience: Audience | None = None,
) -> Iterator[dict[str, Any]]:
    """The answer to each line that is not blank; lines count from 1."""
    for number, line in enumerate(lines, 1):
        if line is None:
            detail = problem_text("detail-line-too-large", problem_language, {"limit": LIMIT_LINE})
            yield {"line": number, "problem": problem(413, problem_language, detail)}
        elif line.strip():
            try:
                yield judge(read_body(line)).to_json(audience)
            except RequestError as error:
                yield {"line": number, "problem": request_problem(error, problem_language)}
