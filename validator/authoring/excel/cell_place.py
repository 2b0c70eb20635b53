"""A place in a workbook, reported by the name of its cell."""

from dataclasses import dataclass

from validator.rulebook.yaml.problems import Place

_LETTERS = 26


@dataclass(frozen=True, slots=True, order=True)
class CellPlace(Place):
    """A cell: `line` is its row and `column` its column, both from 1."""

    sheet: str

    @property
    def cell(self) -> str:
        """The cell as Excel names it, such as `Hoveddiagnoser!C5`."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, _LETTERS)
            letters = chr(ord("A") + rest) + letters
        return f"{self.sheet}!{letters}{self.line}"

    def __str__(self) -> str:
        return f"{self.file}:{self.cell}"
