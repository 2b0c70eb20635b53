"""A distribution as CSV, with comma or semicolon, in UTF-8: the columns that `kodevagt catalog export` writes, or some of them."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution, DistributionRow, clean_title, parse_day

_TITLE = re.compile(r"title(?:_([a-z]{2}))?")
COLUMNS = ("code", "chapter", "component", "kind", "valid_from", "valid_to")


def read_csv(path: Path, language: str) -> Distribution:
    """The codes of a CSV file. Raises BrokenFileError or OSError."""
    content = path.read_bytes()
    label = str(path)
    if not content.strip():
        raise BrokenFileError(f"{label}:1: filen er tom")
    lines = content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    decoded = list(_decoded(label, lines[:-1]))  # first: what is in another encoding may have line breaks of another kind too
    if not lines[-1].endswith((b"\n", b"\r")):
        raise BrokenFileError(f"{label}:{len(lines)}: linjen slutter ikke med et linjeskift; filen er måske afkortet")
    delimiter = ";" if lines[0].count(b";") > lines[0].count(b",") else ","
    decoded += _decoded(label, lines[-1:], len(lines))
    rows = tuple(read_rows(label, decoded, delimiter, language))
    return Distribution(label, path.stem, path.stem, rows)


def read_rows(label: str, lines: Iterable[str], delimiter: str, language: str) -> Iterator[DistributionRow]:
    """The rows of a table whose first line names its columns. Raises BrokenFileError."""
    reader = csv.DictReader(lines, delimiter=delimiter, strict=True)
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
        _check_columns(columns)
        reader.fieldnames = columns
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"linjen har ikke {len(columns)} felter som den første; filen er måske afkortet")
            if any(row.values()):
                yield _row(reader.line_num, row, language)
    except csv.Error as error:  # told by the line on which the row begins
        raise BrokenFileError(
            f"{label}:{reader.line_num + 1}: et anførselstegn er aldrig lukket; filen er måske afkortet"
        ) from error
    except ValueError as error:
        raise BrokenFileError(f"{label}:{max(reader.line_num, 1)}: {error}") from error


def _decoded(label: str, lines: list[bytes], first: int = 1) -> Iterator[str]:
    for number, line in enumerate(lines, first):
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise BrokenFileError(f"{label}:{number}: linjen er ikke i UTF-8. Gem filen som UTF-8") from error


def _check_columns(columns: list[str]) -> None:
    known = f"Kolonnerne er code, title (eller title_da, title_en …), {', '.join(COLUMNS[1:])}"
    if unknown := [name for name in columns if name not in COLUMNS and not _TITLE.fullmatch(name)]:
        raise ValueError(f"ukendt kolonne: {', '.join(unknown)}. {known}")
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise ValueError(f"kolonnen {twice[0]} står to gange")
    if "code" not in columns or not any(map(_TITLE.fullmatch, columns)):
        raise ValueError(f"der mangler en kolonne med koder eller med titler. {known}")


def _row(line: int, row: dict[str, str], language: str) -> DistributionRow:
    given = {name: value.strip() for name, value in row.items()}
    if not given["code"]:
        raise ValueError("koden mangler")
    named = {(match[1] or language): given[name] for name in given if (match := _TITLE.fullmatch(name))}
    titles = {name: clean_title(text) for name, text in sorted(named.items()) if text}
    component = given.get("component") or None
    if component is not None and component not in tuple("1234567"):
        raise ValueError(f'component er et tal fra 1 til 7, ikke "{component}"')
    start, end = (given.get(name) for name in ("valid_from", "valid_to"))
    return DistributionRow(
        line,
        given["code"],
        titles,
        parse_day(start) if start else None,
        parse_day(end) if end else None,
        given.get("chapter") or None,
        int(component) if component else None,
        given.get("kind") or None,
    )
