"""KiAP's release of ICPC-2 as a file of Access, read with the programs of mdbtools.

Unverified: the release itself could not be had, so the names of its table and columns are supposed, and nothing is guessed beyond
them. Where they are others, the refusal says how the table becomes a CSV file instead.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.catalogue.editions.formats.csv_format import read_rows
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution

_PROGRAMS = ("mdb-tables", "mdb-export", "mdb-count")
_DAYS = ("-D", "%Y-%m-%d", "-T", "%Y-%m-%d")  # how it writes days and times
_SECONDS = 60
# What a column is called in a table of Access, and what it is here.
_NAMES = {
    "code": ("kode", "code", "icpc", "icpckode", "icpc_kode", "icpc2"),
    "title": ("tekst", "titel", "title", "betegnelse", "kodetekst", "navn"),
    "valid_from": ("gyldig_fra", "gyldigfra", "fra_dato", "valid_from"),
    "valid_to": ("gyldig_til", "gyldigtil", "til_dato", "valid_to"),
}
_KNOWN = {name: column for column, names in _NAMES.items() for name in names}


def read_access(path: Path, language: str) -> Distribution:
    """The codes of the one table that has a column of codes and one of titles. Raises BrokenFileError."""
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if missing:
        raise BrokenFileError(f"{path}: {missing[0]} mangler på maskinen. På Debian og Ubuntu: sudo apt-get install mdbtools")
    tables = [name for name in _run(path, "mdb-tables", "-1", str(path)).splitlines() if name]
    heads = {name: _columns(path, name) for name in tables}
    fitting = [name for name, columns in heads.items() if {"code", "title"} <= {_KNOWN.get(column.lower()) for column in columns}]
    if len(fitting) != 1:
        shown = "; ".join(f"{name} ({', '.join(columns)})" for name, columns in heads.items()) or "ingen"
        raise BrokenFileError(
            f"{path}: der skal være én tabel med en kolonne med koder og en med titler. Filens tabeller: {shown}. "
            f"Skriv den rigtige tabel ud med mdb-export, giv kolonnerne navnene code og title_da, og importér den som CSV"
        )
    (table,) = fitting
    label = f"{path}/{table}"
    rows = tuple(read_rows(label, _known_columns(_run(path, "mdb-export", *_DAYS, str(path), table)), ",", language))
    # What is missing at the end of a file is passed over without a word; the table says how many rows it has.
    told = _run(path, "mdb-count", str(path), table).strip()
    if told != str(len(rows)):
        raise BrokenFileError(
            f"{label}:{len(rows) + 1}: tabellen har {told} rækker, men kun {len(rows)} kan læses; filen er afkortet"
        )
    return Distribution(label, path.stem, f"ICPC-2-DK fra KiAP ({path.name})", rows, verified=False)


def _known_columns(exported: str) -> Iterator[str]:
    """The lines of a table that was written out, with the columns that are known here and their names here."""
    first, *rows = csv.reader(io.StringIO(exported))
    known = [(number, _KNOWN[name.lower()]) for number, name in enumerate(first) if name.lower() in _KNOWN]
    yield _line(column for _, column in known)
    for row in rows:
        yield _line(" ".join(row[number].split()) for number, _ in known)  # a row is a line, whatever its texts hold


def _line(fields: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(fields)
    return line.getvalue()


def _columns(path: Path, table: str) -> list[str]:
    """The columns of a table, as the file names them."""
    return next(csv.reader(io.StringIO(_run(path, "mdb-export", str(path), table))), [])


def _run(path: Path, *command: str) -> str:
    """What a program of mdbtools writes. Raises BrokenFileError."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        said = done.stderr.decode(errors="replace").strip()
        if done.returncode or said:  # it goes on after much that is wrong, and says so only here
            raise BrokenFileError(f"{path}: filen kan ikke læses som en Access-fil; den er måske afkortet ({said[:200]})")
        return done.stdout.decode()
    except subprocess.TimeoutExpired as error:
        raise BrokenFileError(f"{path}: filen kunne ikke læses på {_SECONDS} sekunder") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(f"{path}: filens tekster kan ikke læses som UTF-8") from error
