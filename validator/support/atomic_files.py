"""Atomic writing of files that others cannot redirect."""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, mode: int = 0o666, exclusive: bool = False) -> None:
    """Write a file and keep its previous content until the new one is synced to disk.

    `mode` (less the umask) applies to the file. What is not a regular file, such as a device or a pipe, is written to
    directly. A link to a regular file, or to none, is refused: anyone who may create it in the folder would choose the file
    that is overwritten. Raises OSError, FileExistsError where the file exists and `exclusive` is set.
    """
    if path.exists() and not path.is_file():
        _write_directly(path, content)
        return
    if path.is_symlink():
        raise _link_error(path)
    # Nobody can guess the name and put a link there beforehand; O_EXCL opens no link.
    temporary = path.with_name(f".kodevagt-{secrets.token_hex(16)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        if exclusive:
            os.link(temporary, path)
        else:
            temporary.replace(path)
    finally:
        with suppress(OSError):  # renamed already
            temporary.unlink()


def _write_directly(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_NOCTTY)
    with open(descriptor, "wb") as file:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # replaced since it was looked at
            raise _link_error(path)
        file.write(content)


def _link_error(path: Path) -> OSError:
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
