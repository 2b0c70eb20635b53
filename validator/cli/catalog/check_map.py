"""`kodevagt catalog check --map`: list where the shipped bridges deviate from a map.

Exit codes: 0 if every deviation has a reason, 1 if one has none, 2 for a file that cannot be used.
"""

import csv
import sys
from pathlib import Path

import click

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.formats.code_map import CodeMap, read_map
from validator.catalogue.editions.map_comparison import Deviation, MapComparison, compare_map
from validator.catalogue.loader import load_catalogue
from validator.cli.limited_work import run_limited
from validator.cli.messages import EXIT_FINDINGS, print_text
from validator.cli.output import print_json, printable
from validator.settings import read_settings
from validator.texts import danish_text

_COLUMNS = ("icd10", "ours", "theirs", "reason")


def check_map(path: Path, output_format: str) -> None:
    """Print where the shipped bridges deviate from the map in a file, and exit."""
    catalogue = load_catalogue(read_settings().catalog)
    comparison = compare_map(catalogue, map_of(path, catalogue).targets)
    unexplained = sum(not deviation.reason for deviation in comparison.deviations)
    if output_format == "json":
        print_json(_json(comparison, unexplained))
    elif output_format == "csv":
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows(_row(deviation) for deviation in comparison.deviations)
    else:
        _print(path, comparison, unexplained)
    sys.exit(EXIT_FINDINGS if unexplained else 0)


def map_of(path: Path, catalogue: Catalogue) -> CodeMap:
    """Read a map to the diagnoses of a catalogue, in the sandbox. Raises UserError."""
    diagnoses = frozenset(code for code, rubric in catalogue.rubrics.items() if rubric.kind != "process")
    code_map: CodeMap = run_limited(read_map, path, diagnoses, file=path)
    return code_map


def _json(comparison: MapComparison, unexplained: int) -> dict[str, object]:
    deviations = [{**deviation._asdict(), "reason": deviation.reason or None} for deviation in comparison.deviations]
    return {**comparison._asdict(), "unexplained": unexplained, "deviations": deviations}


def _row(deviation: Deviation) -> tuple[str, ...]:
    return deviation.icd10, " ".join(deviation.ours), " ".join(deviation.theirs), deviation.reason


def _print(path: Path, comparison: MapComparison, unexplained: int) -> None:
    print_text("catalog.check.map", file=path, codes=comparison.compared, without=comparison.without_bridge)
    print_text("catalog.check.deviations", number=len(comparison.deviations), unexplained=unexplained)
    for deviation in comparison.deviations:
        origin, ours, theirs, reason = _row(deviation)
        reason = reason or danish_text("catalog.check.no-reason")
        click.echo(printable(danish_text("catalog.check.deviation", origin=origin, ours=ours, theirs=theirs, reason=reason)))
