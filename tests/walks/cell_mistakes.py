"""The ten most likely mistakes in the workbook of the course table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.authoring.workbook_cases import COURSES, MAIN

SOURCES = "Kilder"
OLD_ROW, NEW_ROW, NEW_SOURCE, NEW_COURSE = 4, 10, 6, 14  # of the workbook of ekm-2024-11
Cells = Mapping[str, Mapping[str, object]]  # by sheet and name
RIGHT: Cells = {
    MAIN: {
        f"A{NEW_ROW}": "lumbal-stenose",
        f"B{NEW_ROW}": "2027-03-01",
        f"D{NEW_ROW}": "L86",
        f"G{NEW_ROW}": "afgjort",
        f"H{NEW_ROW}": "ekm-afgoerelse-2027",
    },
    SOURCES: {
        f"A{NEW_SOURCE}": "ekm-afgoerelse-2027",
        f"B{NEW_SOURCE}": "EKM, afgørelse om lumbal stenose",
        f"C{NEW_SOURCE}": "2026-11-20",
        f"E{NEW_SOURCE}": "afklaret",
    },
}


@dataclass(frozen=True)
class CellMistake:
    """Other cells than the right ones, and the cell of the problem, which `said` describes with the way out.

    A problem with an `id` is a warning: the draft is written, and not published until the warning is accepted.
    """

    cells: Cells
    place: str
    said: tuple[str, str]
    id: str = field(default="", kw_only=True)

    @property
    def all_cells(self) -> Cells:
        return {sheet: {**RIGHT.get(sheet, {}), **self.cells.get(sheet, {})} for sheet in (MAIN, SOURCES, COURSES)}


def _in_new_row(column: str, value: object, *said: str) -> CellMistake:
    what, instead = said
    return CellMistake({MAIN: {f"{column}{NEW_ROW}": value}}, f"{MAIN}!{column}{NEW_ROW}", (what, instead))


CELL_MISTAKES: Mapping[str, CellMistake] = {
    "misspelt code": _in_new_row("D", "L8G", 'koden "L8G" findes ikke i kataloget.', "Mente du L80, L81, L82?"),
    "hospital code": _in_new_row("D", "M48.0", '"M48.0" er en kode fra ICD-10.', "I ICPC-2 svarer den til L84, L83."),
    "date in the Danish form": _in_new_row("B", "1.3.2027", "er ikke en dato.", "Året skrives først: 2027-03-01."),
    "day that does not exist": _in_new_row("B", "29-02-2027", "er ikke en dato.", "sidste dag er 2027-02-28."),
    "periods that overlap": CellMistake(
        {MAIN: {f"C{OLD_ROW}": "2027-06-30"}},
        f"{MAIN}!B{NEW_ROW}",
        ("to perioder gælder samtidig: denne begynder 2027-03-01", "Ret en af datoerne."),
    ),
    "source that is missing": CellMistake(
        {SOURCES: {f"{column}{NEW_SOURCE}": None for column in "ABCE"}},
        f"{MAIN}!H{NEW_ROW}",
        ("står ikke i arket Kilder.", "Tilføj en række med den der."),
    ),
    "source of next year": CellMistake(
        {SOURCES: {f"C{NEW_SOURCE}": "2032-11-20"}},
        f"{SOURCES}!C{NEW_SOURCE}",
        ("som ikke er kommet endnu.", "Se efter, om året er rigtigt."),
        id="source-in-future",
    ),
    "new course instead of the old": CellMistake(
        {
            MAIN: {f"A{NEW_ROW}": "lumbal-stenosis"},
            COURSES: {
                f"A{NEW_COURSE}": "lumbal-stenosis",
                f"B{NEW_COURSE}": "Lumbal spinal stenose",
                f"C{NEW_COURSE}": "Lumbar spinal stenosis",
                f"D{NEW_COURSE}": "51",
            },
        },
        f"{COURSES}!B{NEW_COURSE}",
        ('ligner "lumbal-stenose" (lumbal-stenose), som også gælder.', "så brug dets navn; så bliver det erstattet."),
        id="nearly-same-course",
    ),
    "curly quotes": CellMistake(
        {COURSES: {f"B{OLD_ROW}": "“Lumbal spinal stenose”"}},
        f"{COURSES}!B{OLD_ROW}",
        ("her står anførselstegn (“) om teksten.", "i en celle skrives teksten uden."),
    ),
    "old period overwritten": CellMistake(
        {MAIN: {f"D{OLD_ROW}": "L86", f"G{OLD_ROW}": "afklaret"}},
        f"{MAIN}!A{OLD_ROW}",
        (
            "bedømmes anderledes fra 2025-04-01: hoveddiagnose L86 i stedet for hoveddiagnose L84 eller L86.",
            "Lad den gamle periode stå, og tilføj en ny under den",
        ),
        id="past-verdicts-changed",
    ),
}
