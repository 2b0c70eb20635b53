"""Reader of KiAP's release of ICPC-2 as an Access file, with the programs of mdbtools.

Unverified: the release was not available, so the names of its table and columns are assumptions. Where they differ, the error
message explains how to export the table as CSV.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.catalogue.editions.formats.csv_format import read_rows
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution
from validator.support.personal_data import any_has_cpr, has_cpr
from validator.texts import danish_text

_PROGRAMS = ("mdb-tables", "mdb-export", "mdb-count")
_DATE_OPTIONS = ("-D", "%Y-%m-%d", "-T", "%Y-%m-%d")  # of dates and times
_TIMEOUT = 60  # seconds
_MAX_TABLES_SHOWN = 1000  # characters
# Names of a column in Access, by its name in our CSV format.
_COLUMN_NAMES = {
    "code": ("kode", "code", "icpc", "icpckode", "icpc_kode", "icpc2"),
    "title": ("tekst", "titel", "title", "betegnelse", "kodetekst", "navn"),
    "valid_from": ("gyldig_fra", "gyldigfra", "fra_dato", "valid_from"),
    "valid_to": ("gyldig_til", "gyldigtil", "til_dato", "valid_to"),
}
_COLUMNS = {name: column for column, names in _COLUMN_NAMES.items() for name in names}


def read_access(path: Path, language: str) -> Distribution:
    """Read the only table that has a column of codes and one of titles. Raises BrokenFileError."""
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if missing:
        raise BrokenFileError(danish_text("distribution.mdbtools-missing", file=path, program=missing[0]))
    if not path.is_file():
        raise BrokenFileError(danish_text("distribution.not-access", file=path, reason=danish_text("distribution.not-a-file")))
    tables = [name for name in _run(path, "mdb-tables", "-1", str(path)).splitlines() if name]
    headers = {name: _columns(path, name) for name in tables}
    if any_has_cpr([*tables, *(column for columns in headers.values() for column in columns)]):
        place = danish_text("distribution.table-names")
        raise BrokenFileError(f"{path}: {danish_text('distribution.personal-data', place=place)}")
    candidates = [
        name for name, columns in headers.items() if {"code", "title"} <= {_COLUMNS.get(column.lower()) for column in columns}
    ]
    if len(candidates) != 1:
        found = "; ".join(f"{name} ({', '.join(columns)})" for name, columns in headers.items())
        tables_found = found or danish_text("distribution.no-tables")
        raise BrokenFileError(danish_text("distribution.wrong-tables", file=path, tables=tables_found[:_MAX_TABLES_SHOWN]))
    (table,) = candidates
    label = f"{path}/{table}"
    rows = tuple(read_rows(label, _known_columns(_run(path, "mdb-export", *_DATE_OPTIONS, str(path), table)), ",", language))
    # mdb-export silently skips rows missing at the end of a file; the table's own count reveals them.
    count = _run(path, "mdb-count", str(path), table).strip()
    if count != str(len(rows)):
        fault = danish_text("distribution.rows-missing", count=count, readable=len(rows))
        raise BrokenFileError(f"{label}:{len(rows) + 1}: {fault}")
    title = danish_text("distribution.access-title", file=path.name)
    return Distribution(label, path.stem, title, rows, verified=False)


def _known_columns(exported: str) -> Iterator[str]:
    """Yield the lines of an exported table with its known columns only, renamed."""
    first, *rows = csv.reader(io.StringIO(exported))
    known = [(number, _COLUMNS[name.lower()]) for number, name in enumerate(first) if name.lower() in _COLUMNS]
    yield _line(column for _, column in known)
    for row in rows:
        yield _line(" ".join(row[number].split()) for number, _ in known)  # without line breaks within texts


def _line(fields: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(fields)
    return line.getvalue()


def _columns(path: Path, table: str) -> list[str]:
    """Return the names of a table's columns."""
    return next(csv.reader(io.StringIO(_run(path, "mdb-export", str(path), table))), [])


def _run(path: Path, *command: str) -> str:
    """Return the output of a program of mdbtools. Raises BrokenFileError."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)  # noqa: S603  # no shell
        message = done.stderr.decode(errors="replace").strip()
        if done.returncode or message:  # many errors are reported on standard error only
            reason = danish_text("distribution.not-shown") if has_cpr(message) else message[:200]
            raise BrokenFileError(danish_text("distribution.not-access", file=path, reason=reason))
        return done.stdout.decode()
    except subprocess.TimeoutExpired as error:
        raise BrokenFileError(danish_text("distribution.timeout", file=path, seconds=_TIMEOUT)) from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(danish_text("distribution.texts-not-utf-8", file=path)) from error
