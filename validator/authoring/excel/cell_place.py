"""A place in a workbook."""

from dataclasses import dataclass

from validator.rulebook.yaml.problems import Place


@dataclass(frozen=True, slots=True, order=True)
class CellPlace(Place):
    """A cell: `line` is its row and `column` its column, counted from 1."""

    sheet: str

    @property
    def cell(self) -> str:
        """The name of the cell in Excel, such as `Hoveddiagnoser!C5`."""
        from openpyxl.utils import get_column_letter

        return f"{self.sheet}!{get_column_letter(self.column)}{self.line}"

    def __str__(self) -> str:
        return f"{self.file}:{self.cell}"
