"""Impact over long files, with one process per processor.

The processes judge chunks of lines; the results are returned in order.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from validator.authoring.compare.impact import BadLine, ChangedContact, ImpactComparison, ImpactTotals
from validator.catalogue.catalogue import Catalogue
from validator.judging.validator import Validator
from validator.rulebook.release import Release

Chunk = tuple[int, list[bytes | None]]
Outcome = tuple[list[ChangedContact | BadLine], ImpactTotals]
CHUNK_LINES = 500
_CHUNK_BYTES = 2**20
_FEW_CHUNKS = 4  # a file of no more chunks is judged here, sooner than processes could start
_QUEUED_CHUNKS = 2  # waiting chunks for each process


class _Worker:
    """The comparison of a worker process, set by its initializer."""

    comparison: ImpactComparison


def measure_impact(lines: Iterable[bytes | None], old: Release, new: Release, catalogue: Catalogue) -> Iterator[Outcome]:
    """Yield the outcome of each chunk of a file, in order."""
    chunks = _chunks(lines)
    first = list(islice(chunks, _FEW_CHUNKS + 1))
    if len(first) <= _FEW_CHUNKS:
        comparison = _comparison(old, new, catalogue)
        yield from (comparison.compare_lines(*chunk) for chunk in first)
        return
    workers = processors()
    # Spawned, not forked: the rule engine does not survive a fork.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(old, new, catalogue)) as pool:
        pending: deque[Future[Outcome]] = deque(pool.submit(_judge, chunk) for chunk in first)
        for chunk in chunks:
            while len(pending) >= workers * (1 + _QUEUED_CHUNKS):
                yield pending.popleft().result()
            pending.append(pool.submit(_judge, chunk))
        while pending:
            yield pending.popleft().result()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(lines: Iterable[bytes | None]) -> Iterator[Chunk]:
    """Yield chunks of lines, each with the number of its first line.

    A chunk has at most CHUNK_LINES lines and about _CHUNK_BYTES bytes.
    """
    chunk: list[bytes | None] = []
    first, size = 1, 0
    for line in lines:
        chunk.append(line)
        size += len(line or b"")
        if len(chunk) == CHUNK_LINES or size > _CHUNK_BYTES:
            yield first, chunk
            first, chunk, size = first + len(chunk), [], 0
    if chunk:
        yield first, chunk


def _comparison(old: Release, new: Release, catalogue: Catalogue) -> ImpactComparison:
    return ImpactComparison(Validator(old, catalogue), Validator(new, catalogue))


def _start_worker(old: Release, new: Release, catalogue: Catalogue) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the workers with the command, without tracebacks
    _Worker.comparison = _comparison(old, new, catalogue)


def _judge(chunk: Chunk) -> Outcome:
    return _Worker.comparison.compare_lines(*chunk)
