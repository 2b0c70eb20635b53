"""Problems with the folder of a release: files that are not read, a draft that services will not find, an edited base."""

from collections.abc import Iterator

from validator.rulebook.yaml.problems import Place, Problem
from validator.rulebook.yaml.release_files import PACK_FILE, is_edited
from validator.rulebook.yaml.release_reader import ReadRelease


def folder_warnings(read: ReadRelease) -> Iterator[Problem]:
    """Yield the problems with the folder of a release; none with files that were sent."""
    for name in read.files.unread:
        yield Problem("file-not-read", Place(read.files.path(name), 1, 1), {"file": name})
    for folder in read.unpublished:
        if is_edited(folder):
            yield Problem("base-edited", read.head.row["extends"].place, {"base": folder.name, "folder": str(folder)})
    is_beside = bool(read.head.extends) and (read.files.folder.parent / str(read.head.extends) / PACK_FILE).is_file()
    if read.status == "draft" and is_beside and not read.files.own_pack and not read.files.sent:
        yield Problem("stays-draft", read.head.row["status"].place, {"release": read.files.name})
