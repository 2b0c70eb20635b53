"""Reads `scoring.yaml`: the weights in percent, the regions, the published figures, the fixed sets, and what is unclear."""

from collections.abc import Collection, Iterable
from typing import cast

from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import hint
from validator.training.case_reader import CaseReader
from validator.training.levels_and_grades import GRADES, Grade
from validator.training.scoring_scheme import BodyRegion, FixedSet, PublishedRates, ScoringScheme, UnclearThreshold

_FIGURES = ("participants", "cases", "exact", "group", "chapter")
_MOST = 100_000


def read_scoring(reader: CaseReader, node: Located, cases: Collection[str]) -> ScoringScheme | None:
    """The scoring of a file; None after its problems have been noted. `cases` are the ids of all that there are."""
    noted = len(reader.problems)
    row = reader.row(node, ("weights", "regions", "published", "sets", "unclear"))
    weights = {grade: reader.number(item, 0, 100) for grade, item in _rows(reader, row.get("weights"), GRADES).items()}
    regions: dict[str, BodyRegion] = {}
    for name, item in _entries(reader, row.get("regions")):
        own = reader.row(item, ("title", "codes"))
        title = reader.translated(own["title"]) if "title" in own else {}
        regions[name] = BodyRegion(title, reader.several(own["codes"], reader.code) if "codes" in own else ())
    sets = {name: _fixed_set(reader, item, cases) for name, item in _entries(reader, row.get("sets"))}
    limits = _rows(reader, row.get("unclear"), ("answers", "exact"))
    unclear = {name: reader.number(item, 1, _MOST if name == "answers" else 100) for name, item in limits.items()}
    figures = _rows(reader, row.get("published"), ("title", *_FIGURES))
    study = reader.text(figures["title"]) if "title" in figures else None
    numbers = {name: reader.number(figures[name], 0, _MOST) for name in _FIGURES if name in figures}
    if len(reader.problems) > noted:
        return None
    return ScoringScheme(
        {cast(Grade, grade): (percent or 0) / 100 for grade, percent in weights.items()},
        regions,
        PublishedRates(study or "", **{name: number or 0 for name, number in numbers.items()}),
        sets,
        UnclearThreshold(**{name: number or 0 for name, number in unclear.items()}),
    )


def _fixed_set(reader: CaseReader, node: Located, known: Collection[str]) -> FixedSet:
    row = _rows(reader, node, ("title", "cases"))
    cases = row.get("cases")
    for item in reader.items(cases) if cases else ():
        if isinstance(item.value, str) and item.value not in known:
            reader.note("unknown-case", item.place, case=item.value, hint=hint(item.value, set(known)))
    return FixedSet(
        reader.translated(row["title"]) if "title" in row else {}, reader.several(cases, reader.text, empty=True) if cases else ()
    )


def _entries(reader: CaseReader, node: Located | None) -> Iterable[tuple[str, Located]]:
    return () if node is None else reader.mapping(node).items()


def _rows(reader: CaseReader, node: Located | None, keys: tuple[str, ...]) -> dict[str, Located]:
    return {} if node is None else reader.row(node, keys)
