"""What the system tells of a process: its threads' states and the connections that it holds (Linux)."""

import contextlib
from pathlib import Path


def stopped(pid: int) -> bool:
    """Whether no thread of a process runs."""
    states = [path.read_text().rpartition(")")[2].split()[0] for path in Path("/proc", str(pid), "task").glob("*/stat")]
    return set(states) == {"T"}


def gone(pid: int) -> bool:
    """Whether a process has ended, so that all it had open is closed; its parent may not have heard of it yet."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return True


def callers(pid: int, port: int) -> set[int]:
    """The ports of the callers whose connections to a port a process has taken; not of those that still wait to be taken."""
    held = {int(link.removeprefix("socket:[").removesuffix("]")) for link in _links(pid) if link.startswith("socket:[")}
    found: set[int] = set()
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        here, there, *others = line.split()[1:]
        if int(here.rpartition(":")[2], 16) == port and int(others[6]) in held:
            found.add(int(there.rpartition(":")[2], 16))
    return found - {0}  # the queue itself, which has no caller


def listeners(port: int) -> int:
    """How many sockets wait for connections to a port: one for each worker that has started."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    return sum(int(here.rpartition(":")[2], 16) == port and state == "0A" for _, here, _, state, *_ in lines)


def _links(pid: int) -> list[str]:
    links = []
    for path in Path("/proc", str(pid), "fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            links.append(str(path.readlink()))
    return links
