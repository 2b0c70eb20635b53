"""Readers of distributions in several file formats."""

from collections.abc import Callable
from pathlib import Path

from validator.catalogue.editions.formats.access import read_access
from validator.catalogue.editions.formats.csv_format import read_csv
from validator.catalogue.editions.formats.distribution import MAX_FILE_BYTES, BrokenFileError, Distribution, DistributionRow
from validator.catalogue.editions.formats.fhir import is_fhir, read_fhir
from validator.catalogue.editions.formats.located_json import read_json
from validator.catalogue.editions.formats.navikt import read_list, read_package
from validator.support.bounded_files import read_bounded
from validator.support.personal_data import has_cpr
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

__all__ = ["BrokenFileError", "Distribution", "DistributionRow", "read_distribution"]

_READERS: dict[tuple[str, ...], Callable[[Path, str], Distribution]] = {
    (".tgz", ".tar.gz"): read_package,
    (".csv", ".txt"): read_csv,
    (".json",): lambda path, language: _read_json(path, language),
    (".mdb", ".accdb"): read_access,
}


def read_distribution(path: Path, language: str) -> Distribution:
    """Read a file or folder; `language` is that of titles without one. Raises BrokenFileError."""
    if has_cpr(str(path)):
        raise BrokenFileError(danish_text("distribution.personal-data-name"))
    try:
        if path.is_dir():
            return read_package(path, language)
        for endings, read in _READERS.items():
            if path.name.lower().endswith(endings):
                return read(path, language)
    except OSError as error:
        raise BrokenFileError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error
    known = ", ".join(ending for endings in _READERS for ending in endings)
    raise BrokenFileError(danish_text("distribution.unknown-extension", file=path, extensions=known))


def _read_json(path: Path, language: str) -> Distribution:
    value = read_json(read_bounded(path, MAX_FILE_BYTES), str(path))
    if isinstance(value, list):
        return read_list(value, str(path), path.stem)
    if is_fhir(value):
        return read_fhir(value, str(path), path.stem, language)
    raise BrokenFileError(f"{path}:1: {danish_text('distribution.unknown-json')}")
