"""Widths of a table's columns in which no word is cut."""

from collections.abc import Sequence

from rich.cells import cell_len

_BORDERS = 3  # the blanks around a cell, and the line after it


def column_widths(columns: Sequence[Sequence[str]], unbroken: Sequence[bool], width: int) -> list[int] | None:
    """Return the width of each column, given its texts; None where not every word fits on a line of `width`.

    A column that is `unbroken` has its longest line on one line.
    """
    wanted = [max(cell_len(line) for text in texts for line in text.split("\n")) for texts in columns]
    shortest = [
        want if whole else max((cell_len(word) for text in texts for word in text.split()), default=0)
        for texts, want, whole in zip(columns, wanted, unbroken, strict=True)
    ]
    left = width - 1 - _BORDERS * len(columns) - sum(shortest)
    if left < 0:
        return None
    lacking = [want - short for want, short in zip(wanted, shortest, strict=True)]
    widths = list(shortest)
    order = sorted(range(len(lacking)), key=lacking.__getitem__)  # the one that lacks least first, so that most are whole
    for done, place in enumerate(order):
        given = min(lacking[place], left // (len(order) - done))
        widths[place] += given
        left -= given
    return widths
