"""Atomic writing of files."""

import os
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, content: bytes, *, mode: int = 0o666, exclusive: bool = False) -> None:
    """Write a file and keep its previous content until the new one is synced to disk.

    `mode` (less the umask) applies to a file that is created. What is not a regular file, such as /dev/stdout, is written to
    directly. Raises OSError, FileExistsError where the file exists and `exclusive` is set.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if exclusive:
            os.link(temporary, path)
        else:
            temporary.replace(path)
    finally:
        with suppress(OSError):  # not created, or renamed already
            temporary.unlink()
