"""Short turns, one contestant after the other, so that other load on the machine affects all of them equally."""

import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def take_turns(contestants: Mapping[str, Callable[[int], float]], turns: int) -> dict[str, list[float]]:
    """Return the figure of each contestant in each turn, after a warm-up turn; every other turn runs in reverse order."""
    figures: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(-1, turns):
        for name in list(contestants)[:: -1 if turn % 2 else 1]:
            progress(f"turn {turn + 1} of {turns}: {name}")
            figure = contestants[name](turn)
            if turn >= 0:
                figures[name].append(figure)
    progress("")
    return figures


def microseconds(function: Callable[[T], object], items: Sequence[T], least: float = 0.05) -> float:
    """Return microseconds of processor time per call, over complete passes of the items for at least `least` seconds."""
    calls, elapsed = 0, 0.0
    start = time.process_time()
    while not calls or elapsed < least:
        for item in items:
            function(item)
        calls += len(items)
        elapsed = time.process_time() - start
    return elapsed / calls * 1e6


def ratios(values: Sequence[float], base: Sequence[float]) -> list[float]:
    """Return each turn's value divided by the base's of the same turn."""
    return [value / other for value, other in zip(values, base, strict=True)]


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, minimum and maximum as text."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def bound(what: str, value: float, limit: float, *, at_least: bool = False, digits: int = 2) -> str:
    """Return a line that compares a figure with its bound."""
    is_met = value >= limit if at_least else value <= limit
    wanted = "at least" if at_least else "at most"
    return f"{'held  ' if is_met else 'MISSED'}  {what}: {value:.{digits}f}, wanted {wanted} {limit:g}"


def progress(text: str) -> None:
    """Show the progress on a terminal; print nothing into a file."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
