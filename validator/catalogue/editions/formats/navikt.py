"""The npm package `@navikt/diagnosekoder`, as a tarball, as a folder or its list of codes alone.

Its titles are Norwegian; its codes of four characters are local to Norway.
"""

import gzip
import io
import json
import tarfile
import zlib
from pathlib import Path
from typing import Any

from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.formats.distribution import BrokenFileError, Distribution, DistributionRow, clean_title
from validator.catalogue.editions.formats.located_json import LocatedObject, read_json

PACKAGE = "@navikt/diagnosekoder"
LANGUAGE = "nb"
_LIST, _HEAD = "lib/ICPC2.json", "package.json"
_LARGEST = 2**26  # bytes
_MEMBERS = {"code", "text"}


def read_package(path: Path, _: str = LANGUAGE) -> Distribution:
    """The ICPC-2 of the package. Raises BrokenFileError or OSError."""
    return _read(_of_folder(path) if path.is_dir() else _of_tarball(path.read_bytes(), str(path)), str(path))


def read_tarball(content: bytes, label: str) -> Distribution:
    """The same of a tarball that is not a file. Raises BrokenFileError."""
    return _read(_of_tarball(content, label), label)


def _read(files: dict[str, bytes], origin: str) -> Distribution:
    head = json.loads(files[_HEAD]) if _is_json(files[_HEAD]) else {}
    if not isinstance(head, dict) or head.get("name") != PACKAGE:
        raise BrokenFileError(f"{origin}: pakken er ikke {PACKAGE}")
    version = str(head.get("version"))
    label = f"{origin}/{_LIST}"
    return read_list(read_json(files[_LIST], label), label, f"navikt-diagnosekoder-{version}", f" {version}")


def read_list(value: Any, label: str, name: str, version: str = "") -> Distribution:
    """A list of codes with their texts. Raises BrokenFileError."""
    if not isinstance(value, list):
        raise BrokenFileError(f"{label}:1: filen er ikke en liste af koder")
    rows = tuple(_row(item, label) for item in value)
    return Distribution(label, name, f"ICPC-2, norsk udgave ({PACKAGE}{version})", rows, ICPC)


def _row(item: Any, label: str) -> DistributionRow:
    if not isinstance(item, LocatedObject):
        raise BrokenFileError(f"{label}:1: filen er ikke en liste af koder med tekster")
    if wrong := item.keys() ^ _MEMBERS:
        unknown = ", ".join(sorted(wrong - _MEMBERS))
        raise BrokenFileError(f"{label}:{item.line}: {f'ukendt felt: {unknown}' if unknown else 'code eller text mangler'}")
    if not all(isinstance(text, str) and text.strip() for text in item.values()):
        raise BrokenFileError(f"{label}:{item.line}: code og text skal være tekst")
    try:
        return DistributionRow(item.line, item["code"], {LANGUAGE: clean_title(item["text"])})
    except ValueError as error:
        raise BrokenFileError(f"{label}:{item.line}: {error}") from error


def _of_folder(path: Path) -> dict[str, bytes]:
    """The files that are read, of the package itself or of the folder that it was installed or unpacked in."""
    places = [path, path / "package", path / PACKAGE, path / "node_modules" / PACKAGE]
    for place in places:
        if (place / _LIST).is_file() and (place / _HEAD).is_file():
            return {name: (place / name).read_bytes() for name in (_LIST, _HEAD)}
    raise BrokenFileError(f"{path}: mappen har ikke {_LIST} og {_HEAD} fra {PACKAGE}")


def _of_tarball(packed: bytes, label: str) -> dict[str, bytes]:
    """The same files; nothing is unpacked on disk."""
    try:
        with gzip.open(io.BytesIO(packed)) as archive:
            content = archive.read(_LARGEST + 1)  # to its end: one that was cut off shows it there only
        if len(content) > _LARGEST:
            raise BrokenFileError(f"{label}: arkivet er større end {_LARGEST} byte")
        with tarfile.open(fileobj=io.BytesIO(content)) as files:
            return {name: _member(files, label, f"package/{name}") for name in (_LIST, _HEAD)}
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BrokenFileError(f"{label}: arkivet er afkortet eller beskadiget. Hent det igen") from error


def _member(archive: tarfile.TarFile, label: str, name: str) -> bytes:
    try:
        file = archive.extractfile(name)
    except KeyError as error:
        raise BrokenFileError(f"{label}: arkivet har ikke {name}") from error
    return file.read() if file else b""


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
