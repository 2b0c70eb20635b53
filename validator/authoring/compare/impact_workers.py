"""Impact over long files: parts of a file are judged by as many processes as there are processors, in order, none held for long."""

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

Part = tuple[int, list[bytes | None]]
Outcome = tuple[list[ChangedContact | BadLine], ImpactTotals]
PART_LINES = 500
_PART_BYTES = 2**20
_SHORT = 4  # parts; a file of no more is judged here, sooner than processes could be started
_AHEAD = 2  # parts for each process that wait to be judged


class _Worker:
    """What a process judges by."""

    comparison: ImpactComparison


def measure_impact(lines: Iterable[bytes | None], old: Release, new: Release, catalogue: Catalogue) -> Iterator[Outcome]:
    """The outcome of each part of a file, in order."""
    parts = _parts(lines)
    short = list(islice(parts, _SHORT + 1))
    if len(short) <= _SHORT:
        comparison = _compared(old, new, catalogue)
        yield from (comparison.lines(*part) for part in short)
        return
    workers = processors()
    # Spawned, not forked: the engine does not bear a fork.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(old, new, catalogue)) as pool:
        pending: deque[Future[Outcome]] = deque(pool.submit(_judge, part) for part in short)
        for part in parts:
            while len(pending) >= workers * (1 + _AHEAD):
                yield pending.popleft().result()
            pending.append(pool.submit(_judge, part))
        while pending:
            yield pending.popleft().result()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parts(lines: Iterable[bytes | None]) -> Iterator[Part]:
    """The lines in parts that are neither long nor large, each with the number of its first line."""
    part: list[bytes | None] = []
    first, size = 1, 0
    for line in lines:
        part.append(line)
        size += len(line or b"")
        if len(part) == PART_LINES or size > _PART_BYTES:
            yield first, part
            first, part, size = first + len(part), [], 0
    if part:
        yield first, part


def _compared(old: Release, new: Release, catalogue: Catalogue) -> ImpactComparison:
    return ImpactComparison(Validator(old, catalogue), Validator(new, catalogue))


def _begin(old: Release, new: Release, catalogue: Catalogue) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the command ends its processes with it, without their words
    _Worker.comparison = _compared(old, new, catalogue)


def _judge(part: Part) -> Outcome:
    return _Worker.comparison.lines(*part)
