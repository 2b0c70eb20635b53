"""Files of bounded size, which are never devices or pipes."""

import errno
import os
import stat
from pathlib import Path


class FileTooLargeError(OSError):
    """A file is larger than `limit` bytes."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        self.limit = limit


def read_bounded(path: Path, limit: int) -> bytes:
    """Return the content of a regular file.

    Raises OSError: FileTooLargeError above `limit` bytes, and ENXIO for a device or a pipe, which may have no end or no writer.
    """
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # a pipe without a writer does not block
        state = os.fstat(file.fileno())
        if stat.S_ISDIR(state.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(state.st_mode):
            raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), str(path))
        content = b"" if state.st_size > limit else file.read(limit + 1)
        if state.st_size > limit or len(content) > limit:
            raise FileTooLargeError(path, limit)
        return content
