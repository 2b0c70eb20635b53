"""Editions other than those in use: a catalogue with a dated code, and a release in which a symptom code may come first."""

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
RELEASE = Path("dk", "ekm-2024-11")


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


def rules_with_a_start_code(folder: Path, course: str, code: str) -> Path:
    """The current release, copied to `folder`, edited so that a course may begin with a symptom code."""
    table = Path(shutil.copytree(ROOT / "rules" / RELEASE, folder / RELEASE)) / "courses.yaml"
    before, heading, rest = table.read_text(encoding="utf-8").partition(f"\n  {course}:\n")
    rest = rest.replace(" codes:", f" start_codes: [{code}]\n        codes:", 1)
    table.write_text(before + heading + rest, encoding="utf-8")
    return folder
