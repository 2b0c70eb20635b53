"""A disk that can be filled and freed: a small tmpfs where mounting is allowed, else a folder and a limit on file sizes."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

SIZE = "4m"
CAN_MOUNT = os.geteuid() == 0
_NOTHING, _ALL = (0, resource.RLIM_INFINITY), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Disk(Protocol):
    """The interface of a disk; `processes` are those affected."""

    folder: Path

    def fill(self, *processes: int) -> None: ...

    def free(self, *processes: int) -> None: ...

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        """Run a command in the folder."""
        ...


class SmallDisk:
    """A small tmpfs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filling = folder / "filling"

    def __enter__(self) -> Self:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "kodevagt", self.folder], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", self.folder], check=True)

    def fill(self, *_: int) -> None:
        with self._filling.open("wb", buffering=0) as file:
            for size in (2**16, 2**12, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def free(self, *_: int) -> None:
        self._filling.unlink()

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return _run(command, self.folder)


class Forbidden:
    """An ordinary folder; when it is full, the processes cannot write to any file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._limit = _ALL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def fill(self, *processes: int) -> None:
        self._set(_NOTHING, processes)

    def free(self, *processes: int) -> None:
        self._set(_ALL, processes)

    def run(self, command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        return _run(["prlimit", "--fsize=0:", "--", *command] if self._limit is _NOTHING else command, self.folder)

    def _set(self, limit: tuple[int, int], processes: Sequence[int]) -> None:
        self._limit = limit
        for process in processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, limit)


def _run(command: Sequence[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if name != "KODEVAGT_DATABASE"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
