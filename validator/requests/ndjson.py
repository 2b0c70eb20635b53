"""Contacts as lines of JSON (NDJSON), with one answer per line, in order.

Each answer has the number of its `line` and the contact's `id`. A bad line is answered with a problem.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

import structlog

from validator.contract.finding_kinds import Audience
from validator.contract.verdict import Verdict
from validator.requests.errors import RequestError
from validator.requests.problem_details import problem, request_problem
from validator.requests.request import Submission, read_body, readable_id
from validator.support.json_encoding import encode_json
from validator.texts import problem_text

MAX_LINE_LENGTH = 2**20
_SKIP_SIZE = 2**16
_log = structlog.get_logger("kodevagt.batch")

Judge = Callable[[Submission], Verdict]


class ByteStream(Protocol):
    """The part of a binary stream that is needed."""

    def readline(self, size: int = -1, /) -> bytes: ...


def iter_lines(stream: ByteStream, limit: int = MAX_LINE_LENGTH) -> Iterator[bytes | None]:
    """Yield the lines of a stream without line ends; None for a line over `limit` bytes.

    Such a line is never in memory as a whole.
    """
    size = limit + len(b"\r\n")
    while line := stream.readline(size):
        content = line.rstrip(b"\r\n")
        if len(content) <= limit and (line.endswith(b"\n") or len(line) < size):
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
    """Yield the answer to each line that is not blank, as JSON; lines count from 1, blank ones too.

    Where the lines end with a RequestError, the last answer is its problem.
    """
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if line is None or line.strip():
                yield judge_line(judge, line, number, problem_language=problem_language, audience=audience)
    except RequestError as error:  # the rest of the body cannot be unpacked
        yield encode_json({"line": number + 1, "problem": request_problem(error, problem_language)})


def judge_line(judge: Judge, line: bytes | None, number: int, *, problem_language: str, audience: Audience | None = None) -> str:
    """Return the answer to a request as JSON, with the number of the line on which it begins.

    None is a line that is too long.
    """
    if line is None:
        detail = problem_text("detail-line-too-large", problem_language, {"limit": MAX_LINE_LENGTH})
        return encode_json({"line": number, "problem": problem(413, problem_language, detail)})
    try:
        return judge(read_body(line)).json_text(audience, line=number)
    except RequestError as error:
        refused = request_problem(_count_from_first_line(error, number), problem_language)
    except Exception as error:
        # An internal error in one contact must not stop the others. The message is not logged: it may quote the contact.
        _log.error("unhandled", error=type(error).__name__, line=number)
        refused = problem(500, problem_language, problem_text("detail-server-error", problem_language))
    id = readable_id(line)
    return encode_json({"line": number, **({} if id is None else {"id": id}), "problem": refused})


def _count_from_first_line(error: RequestError, number: int) -> RequestError:
    """Return the error with the lines of its faults counted from the first line of the batch."""
    faults = []
    for fault in error.faults:
        line = fault.values.get("line")
        faults.append(replace(fault, values={**fault.values, "line": line + number - 1}) if isinstance(line, int) else fault)
    return RequestError(faults)
