"""Read the scoring scheme of a bank from `scoring.yaml`, which has weights in percent."""

from collections.abc import Collection, Mapping
from typing import cast

from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import hint
from validator.rulebook.yaml.value_reader import Row
from validator.training.case_reader import CaseReader
from validator.training.levels_and_grades import GRADES, Grade
from validator.training.scoring_scheme import BodyRegion, FixedSet, PublishedRates, ScoringScheme, UnclearThreshold

Limits = Mapping[str, tuple[int, int]]  # the lowest and the highest number under each key
_COUNT, _PERCENT = 100_000, 100
_WEIGHTS: Limits = dict.fromkeys(GRADES, (0, _PERCENT))
_UNCLEAR: Limits = {"answers": (1, _COUNT), "exact": (1, _PERCENT)}
_PUBLISHED: Limits = dict.fromkeys(("participants", "cases", "exact", "group", "chapter"), (0, _COUNT))


def read_scoring(reader: CaseReader, node: Located, cases: Collection[str]) -> ScoringScheme | None:
    """Return the scoring scheme of a file; None after its problems have been noted.

    `cases` are the ids of all cases. A set with problems is left out: nothing else depends on it.
    """
    noted = reader.noted
    row = reader.row(node, ("weights", "regions", "published", "sets", "unclear"))
    weights = _numbers(reader, _row(reader, row.get("weights"), *_WEIGHTS), _WEIGHTS)
    unclear = _numbers(reader, _row(reader, row.get("unclear"), *_UNCLEAR), _UNCLEAR)
    published = _row(reader, row.get("published"), "title", *_PUBLISHED)
    rates = _numbers(reader, published, _PUBLISHED)
    study = reader.text(published["title"]) if "title" in published else None
    regions = {name: _region(reader, item) for name, item in _entries(reader, row.get("regions")).items()}
    complete = reader.noted == noted
    sets = _fixed_sets(reader, row.get("sets"), cases)
    if not complete:
        return None
    scores = {cast(Grade, grade): percent / 100 for grade, percent in weights.items()}
    return ScoringScheme(scores, regions, PublishedRates(study or "", **rates), sets, UnclearThreshold(**unclear))


def _region(reader: CaseReader, node: Located) -> BodyRegion:
    row = _row(reader, node, "title", "codes")
    title = reader.translated(row["title"]) if "title" in row else {}
    return BodyRegion(title, reader.several(row["codes"], reader.code) if "codes" in row else ())


def _fixed_sets(reader: CaseReader, node: Located | None, known: Collection[str]) -> dict[str, FixedSet]:
    """Read the sets without problems; `known` are the ids of all cases."""
    sets: dict[str, FixedSet] = {}
    for name, item in _entries(reader, node).items():
        noted = reader.noted
        fixed = _fixed_set(reader, name, item, known)
        if reader.noted == noted:
            sets[name] = fixed
    return sets


def _fixed_set(reader: CaseReader, name: str, node: Located, known: Collection[str]) -> FixedSet:
    row = _row(reader, node, "title", "cases")
    title = reader.translated(row["title"]) if "title" in row else {}
    cases = reader.several(row["cases"], reader.text, empty=True) if "cases" in row else ()
    for item in reader.items(row["cases"]) if "cases" in row else ():
        if isinstance(item.value, str) and item.value not in known:
            reader.note("unknown-case", item.place, set=name, case=item.value, hint=hint(item.value, set(known)))
    return FixedSet(title, cases)


def _entries(reader: CaseReader, node: Located | None) -> Row:
    return {} if node is None else reader.mapping(node)


def _row(reader: CaseReader, node: Located | None, *keys: str) -> Row:
    return {} if node is None else reader.row(node, keys)


def _numbers(reader: CaseReader, row: Row, limits: Limits) -> dict[str, int]:
    return {key: reader.number(row[key], low, high) or 0 for key, (low, high) in limits.items() if key in row}
