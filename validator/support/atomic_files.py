"""Files that are written whole or not at all, and why one could not be used, in Danish."""

import errno
import os
from contextlib import suppress
from pathlib import Path

_REASONS = {
    errno.EACCES: "der er ikke adgang",
    errno.EPERM: "der er ikke adgang",
    errno.EROFS: "der kan kun læses",
    errno.EISDIR: "det er en mappe",
    errno.ENOENT: "findes ikke",
    errno.ENOTDIR: "en del af stien er ikke en mappe",
    errno.ENOSPC: "disken er fuld",
    errno.EDQUOT: "pladsen er brugt op",
    errno.ENAMETOOLONG: "navnet er for langt",
}


def reason(error: OSError) -> str:
    """Why something could not be done with a file, for the end of a sentence."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def write_file(path: Path, content: bytes, *, mode: int = 0o666, new: bool = False) -> None:
    """Writes a file; what stood there stays until all of it is on the disk. Raises OSError; FileExistsError where it must be `new`.

    `mode` is of a file that is made, less what the process masks. What is no file, such as /dev/stdout, is written to as it is.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if new:
            os.link(beside, path)
        else:
            beside.replace(path)
    finally:
        with suppress(OSError):  # it was never made, or has its place
            beside.unlink()
