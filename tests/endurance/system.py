"""The state of a process as Linux reports it: its threads and its connections."""

import contextlib
from collections.abc import Iterator
from pathlib import Path


def stopped(pid: int) -> bool:
    """Whether all threads of a process are stopped."""
    return set(_thread_states(pid)) == {"T"}


def gone(pid: int) -> bool:
    """Whether all threads of a process have ended, and so its files are closed; its parent may not have reaped it yet.

    The first thread may be a zombie while others still have the files open.
    """
    return set(_thread_states(pid)) <= {"Z", "X"}


def callers(pid: int, port: int) -> set[int]:
    """Return the remote ports of the connections to `port` that a process has accepted, without those still queued."""
    sockets = {int(link.removeprefix("socket:[").removesuffix("]")) for link in _links(pid) if link.startswith("socket:[")}
    found: set[int] = set()
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        here, there, *others = line.split()[1:]
        if int(here.rpartition(":")[2], 16) == port and int(others[6]) in sockets:
            found.add(int(there.rpartition(":")[2], 16))
    return found - {0}  # the listening socket, which has no remote port


def listeners(port: int) -> int:
    """Return the number of sockets that listen on a port: one for each worker that has started."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(int(here.rpartition(":")[2], 16) == port and state == "0A" for _, here, _, state, *_ in lines)


def _thread_states(pid: int) -> Iterator[str]:
    for path in Path("/proc", str(pid), "task").glob("*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # ended meanwhile
            yield path.read_text().rpartition(")")[2].split()[0]


def _links(pid: int) -> list[str]:
    links = []
    for path in Path("/proc", str(pid), "fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            links.append(str(path.readlink()))
    return links
