"""Reads `scoring.yaml`: the weights in percent, the regions, and the published figures."""

from typing import cast

from validator.rulebook.located import Located
from validator.training.case_reader import CaseReader
from validator.training.scoring import GRADES, Grade, Published, Region, Scoring

_FIGURES = ("participants", "cases", "exact", "group", "chapter")
_MOST = 100_000


def read_scoring(reader: CaseReader, node: Located) -> Scoring | None:
    """The scoring of a file; None after its problems have been noted."""
    noted = len(reader.problems)
    row = reader.row(node, ("weights", "regions", "published"))
    weights = {grade: reader.number(item, 0, 100) for grade, item in _rows(reader, row.get("weights"), GRADES).items()}
    regions: dict[str, Region] = {}
    for name, item in (reader.mapping(row["regions"]) if "regions" in row else {}).items():
        own = reader.row(item, ("title", "codes"))
        title = reader.translated(own["title"]) if "title" in own else {}
        regions[name] = Region(title, reader.several(own["codes"], reader.code) if "codes" in own else ())
    figures = _rows(reader, row.get("published"), ("title", *_FIGURES))
    study = reader.text(figures["title"]) if "title" in figures else None
    numbers = {name: reader.number(figures[name], 0, _MOST) for name in _FIGURES if name in figures}
    if len(reader.problems) > noted:
        return None
    return Scoring(
        {cast(Grade, grade): (percent or 0) / 100 for grade, percent in weights.items()},
        regions,
        Published(study or "", **{name: number or 0 for name, number in numbers.items()}),
    )


def _rows(reader: CaseReader, node: Located | None, keys: tuple[str, ...]) -> dict[str, Located]:
    return {} if node is None else reader.row(node, keys)
