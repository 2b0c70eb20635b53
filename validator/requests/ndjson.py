"""Many contacts as lines of JSON: one answer a line, in order; a bad line gets its problem and the rest goes on."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import structlog

from validator.contract.finding_kinds import Audience
from validator.contract.verdict import Verdict
from validator.requests.errors import RequestError
from validator.requests.problem_details import problem, request_problem
from validator.requests.request import Submission, read_body
from validator.support.json_encoding import encode_json
from validator.texts import problem_text

MAX_LINE_LENGTH = 2**20
_SKIP_SIZE = 2**16
_log = structlog.get_logger("kodevagt.batch")

Judge = Callable[[Submission], Verdict]


class ByteStream(Protocol):
    """Something to read bytes from."""

    def readline(self, size: int = -1, /) -> bytes: ...


def iter_lines(stream: ByteStream, limit: int = MAX_LINE_LENGTH) -> Iterator[bytes | None]:
    """The lines of a stream without their ends; None for one that is longer than `limit`, which is read past and never held."""
    most = limit + len(b"\r\n")
    while line := stream.readline(most):
        content = line.rstrip(b"\r\n")
        if len(content) <= limit and (line.endswith(b"\n") or len(line) < most):
            yield content
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIP_SIZE)
        yield None


def judge_lines(
    judge: Judge,
    lines: Iterable[bytes | None],
    *,
    problem_language: str,
    audience: Audience | None = None,
) -> Iterator[str]:
    """The answer to each line that is not blank, as JSON; lines count from 1."""
    for number, line in enumerate(lines, 1):
        if line is None:
            detail = problem_text("detail-line-too-large", problem_language, {"limit": MAX_LINE_LENGTH})
            yield encode_json({"line": number, "problem": problem(413, problem_language, detail)})
        elif line.strip():
            try:
                yield judge(read_body(line)).json_text(audience)
            except RequestError as error:
                yield encode_json({"line": number, "problem": request_problem(error, problem_language)})
            except Exception as error:
                # A fault of ours in one contact must not cost the others theirs; a message may quote what was sent.
                _log.error("unhandled", error=type(error).__name__, line=number)
                detail = problem_text("detail-server-error", problem_language)
                yield encode_json({"line": number, "problem": problem(500, problem_language, detail)})
