"""Readers of distributions in several file formats."""

from collections.abc import Callable
from pathlib import Path

from validator.catalogue.editions.formats.access import read_access
from validator.catalogue.editions.formats.csv_format import read_csv
from validator.catalogue.editions.formats.damaged_letters import refuse_damaged_letters
from validator.catalogue.editions.formats.distribution import MAX_FILE_BYTES, BrokenFileError, Distribution, DistributionRow
from validator.catalogue.editions.formats.fhir import is_fhir, read_fhir
from validator.catalogue.editions.formats.located_json import read_json
from validator.catalogue.editions.formats.navikt import read_list, read_package
from validator.catalogue.editions.formats.sks_complete import is_sks_complete, read_sks_complete
from validator.catalogue.editions.formats.table_text import TableOptions
from validator.support.bounded_files import read_bounded
from validator.support.personal_data import has_cpr
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

__all__ = ["BrokenFileError", "Distribution", "DistributionRow", "TableOptions", "read_distribution"]

_TABLE_ENDINGS = (".csv", ".txt")
_READERS: dict[tuple[str, ...], Callable[[Path, str], Distribution]] = {
    (".tgz", ".tar.gz"): read_package,
    (".json",): lambda path, language: _read_json(path, language),
    (".mdb", ".accdb"): read_access,
}


def read_distribution(path: Path, language: str, options: TableOptions = TableOptions()) -> Distribution:  # noqa: B008
    """Read a file or folder; `language` is that of titles without one, `options` are for tables. Raises BrokenFileError."""
    if has_cpr(str(path)):
        raise BrokenFileError(danish_text("distribution.personal-data-name"))
    try:
        distribution = _read(path, language, options)
    except OSError as error:
        raise BrokenFileError(danish_text("catalogue.unreadable", file=path, reason=file_error_reason(error))) from error
    refuse_damaged_letters(distribution, options.encoding)
    return distribution


def _read(path: Path, language: str, options: TableOptions) -> Distribution:
    name = path.name.lower()
    if name.endswith(_TABLE_ENDINGS) and not path.is_dir():
        return _read_table(path, language, options)
    if any(options):
        raise BrokenFileError(danish_text("distribution.table-options", file=path))
    if path.is_dir():
        return read_package(path, language)
    for endings, read in _READERS.items():
        if name.endswith(endings):
            return read(path, language)
    known = ", ".join([*_TABLE_ENDINGS, *(ending for endings in _READERS for ending in endings)])
    raise BrokenFileError(danish_text("distribution.unknown-extension", file=path, extensions=known))


def _read_table(path: Path, language: str, options: TableOptions) -> Distribution:
    content = read_bounded(path, MAX_FILE_BYTES)
    if not is_sks_complete(content):
        return read_csv(content, path, language, options)
    if options.columns:
        raise BrokenFileError(danish_text("distribution.sks-columns", file=path))
    return read_sks_complete(content, path, options.encoding)


def _read_json(path: Path, language: str) -> Distribution:
    value = read_json(read_bounded(path, MAX_FILE_BYTES), str(path))
    if isinstance(value, list):
        return read_list(value, path)
    if is_fhir(value):
        return read_fhir(value, str(path), path.stem, language)
    raise BrokenFileError(f"{path}:1: {danish_text('distribution.unknown-json')}")
