"""A catalogue other than the one in use, with a dated code."""

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def catalogue_with_dates(folder: Path, code: str, first: str, last: str) -> Path:
    """The shipped catalogue, copied to `folder`, with the first and the last day of one code (ISO 8601)."""
    table = Path(shutil.copytree(ROOT / "catalog", folder / "catalog")) / "icpc2.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        dated = row["code"] == code
        row.update(valid_from=first if dated else "", valid_to=last if dated else "")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return table.parent
