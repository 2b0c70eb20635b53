"""The machine that the figures were measured on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path


def _first(path: str, pattern: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else "?"


def machine() -> dict[str, str]:
    """Return the processor, cores, memory, kernel and Python, as far as the system reports them."""
    memory = _first("/proc/meminfo", r"^MemTotal:\s+(\d+)")
    return {
        "processor": _first("/proc/cpuinfo", r"^model name\s*:\s*(.+)$"),
        "cores": str(os.cpu_count()),
        "memory": f"{int(memory) / 2**20:.0f} GB" if memory.isdecimal() else "?",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in ("granian", "flask", "durable-rules")),
        "load": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }


def main() -> None:
    for name, value in machine().items():
        print(f"{name:10} {value}")


if __name__ == "__main__":
    main()
