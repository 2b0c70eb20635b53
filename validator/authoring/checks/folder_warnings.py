"""Warnings about the folder of a release: files that are not read, and a draft that services will not find."""

from collections.abc import Iterator

from validator.rulebook.yaml.problems import Place, Problem
from validator.rulebook.yaml.release_reader import ReadRelease


def folder_warnings(read: ReadRelease) -> Iterator[Problem]:
    """Yield the warnings about the folder of a release; none about files that were sent."""
    for name in read.files.unread:
        yield Problem("file-not-read", Place(read.files.path(name), 1, 1), {"file": name})
    if read.status == "draft" and read.base.files[1:] and not read.files.sent:
        yield Problem("stays-draft", read.head.row["status"].place, {"release": read.files.name})
