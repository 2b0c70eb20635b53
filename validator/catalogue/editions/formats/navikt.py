"""Reader of the npm package `@navikt/diagnosekoder`: tarball, folder or list of codes.

Titles are Norwegian; codes of four characters are local to Norway.
"""

import gzip
import io
import tarfile
import zlib
from pathlib import Path
from typing import Any

from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.formats.distribution import (
    MAX_FILE_BYTES,
    BrokenFileError,
    Distribution,
    DistributionRow,
    clean_title,
    quoted,
)
from validator.catalogue.editions.formats.located_json import LocatedObject, read_json
from validator.support.bounded_files import read_bounded
from validator.texts import danish_text

PACKAGE = "@navikt/diagnosekoder"
LANGUAGE = "nb"
_CODES, _MANIFEST = "lib/ICPC2.json", "package.json"
_MEMBERS = {"code", "text"}


def read_package(path: Path, _: str = LANGUAGE) -> Distribution:
    """Read the ICPC-2 of the package. Raises BrokenFileError or OSError."""
    return _read_files(
        _read_folder(path) if path.is_dir() else _unpack_tarball(read_bounded(path, MAX_FILE_BYTES), str(path)), str(path)
    )


def read_tarball(content: bytes, label: str) -> Distribution:
    """Read a tarball in memory. Raises BrokenFileError."""
    return _read_files(_unpack_tarball(content, label), label)


def _read_files(files: dict[str, bytes], origin: str) -> Distribution:
    manifest = read_json(files[_MANIFEST], f"{origin}/{_MANIFEST}")
    if not isinstance(manifest, dict) or manifest.get("name") != PACKAGE or not isinstance(manifest.get("version"), str):
        raise BrokenFileError(danish_text("distribution.wrong-package", file=origin, package=PACKAGE))
    version = manifest["version"]
    label = f"{origin}/{_CODES}"
    title = danish_text("distribution.navikt-title", package=f"{PACKAGE} {version}")
    return _read_codes(read_json(files[_CODES], label), label, f"navikt-diagnosekoder-{version}", title)


def read_list(value: Any, path: Path) -> Distribution:
    """Read a list of codes with their texts, which does not say whose it is. Raises BrokenFileError."""
    return _read_codes(value, str(path), path.stem, danish_text("distribution.list-title", file=path.name))


def _read_codes(value: Any, label: str, name: str, title: str) -> Distribution:
    if not isinstance(value, list):
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.not-a-list')}")
    rows = tuple(_row(item, label) for item in value)
    return Distribution(label, name, title, rows, ICPC)


def _row(item: Any, label: str) -> DistributionRow:
    if not isinstance(item, LocatedObject):
        raise BrokenFileError(f"{label}:1: {danish_text('distribution.not-a-list-of-codes')}")
    if wrong := item.keys() ^ _MEMBERS:
        unknown = quoted(", ".join(sorted(wrong - _MEMBERS)))
        key = "distribution.unknown-member" if unknown else "distribution.missing-member"
        raise BrokenFileError(f"{label}:{item.line}: {danish_text(key, names=unknown)}")
    if not all(isinstance(text, str) and text.strip() for text in item.values()):
        raise BrokenFileError(f"{label}:{item.line}: {danish_text('distribution.members-not-text')}")
    try:
        return DistributionRow(item.line, item["code"], {LANGUAGE: clean_title(item["text"])})
    except ValueError as error:
        raise BrokenFileError(f"{label}:{item.line}: {error}") from error


def _read_folder(path: Path) -> dict[str, bytes]:
    """Return the package's two files from a folder it was installed or unpacked in."""
    folders = [path, path / "package", path / PACKAGE, path / "node_modules" / PACKAGE]
    for folder in folders:
        if (folder / _CODES).is_file() and (folder / _MANIFEST).is_file():
            return {name: read_bounded(folder / name, MAX_FILE_BYTES) for name in (_CODES, _MANIFEST)}
    raise BrokenFileError(danish_text("distribution.files-missing", file=path, codes=_CODES, manifest=_MANIFEST, package=PACKAGE))


def _unpack_tarball(packed: bytes, label: str) -> dict[str, bytes]:
    """Return the same files from a tarball, unpacked in memory."""
    try:
        with gzip.open(io.BytesIO(packed)) as archive:
            content = archive.read(MAX_FILE_BYTES + 1)  # to the end, where alone a truncated archive is detected
        if len(content) > MAX_FILE_BYTES:
            raise BrokenFileError(danish_text("distribution.archive-too-large", file=label, max=MAX_FILE_BYTES))
        with tarfile.open(fileobj=io.BytesIO(content)) as files:
            return {name: _read_member(files, label, f"package/{name}") for name in (_CODES, _MANIFEST)}
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError, OverflowError) as error:
        raise BrokenFileError(danish_text("distribution.archive-damaged", file=label)) from error


def _read_member(archive: tarfile.TarFile, label: str, name: str) -> bytes:
    try:
        member = archive.getmember(name)
    except KeyError as error:
        raise BrokenFileError(danish_text("distribution.archive-without-file", file=label, name=name)) from error
    # A link may lead back to itself, and a sparse file has any size without being in the archive.
    file = archive.extractfile(member) if member.isfile() and not member.issparse() and member.size <= MAX_FILE_BYTES else None
    if file is None:
        raise BrokenFileError(danish_text("distribution.archive-member", file=label, name=name, max=MAX_FILE_BYTES))
    return file.read()
