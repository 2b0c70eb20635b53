"""The memory of a worker: at its first answer, after 5,000 requests that load everything a request can load, and 20,000 later.

Then the same worker with an edition of the size of SKS, imported while it runs.
"""

import itertools
import json
import os
import random
import string
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.contacts import contacts
from benchmarks.servers import Connection, family, free_port, kodevagt, post, running, wait_for
from benchmarks.turns import bound, progress

FIRST, FURTHER, LIMIT = 5_000, 20_000, 120
SKS_CODES, WITH_SKS, SKS_LIMIT = 25_000, 2_000, 150
WORDS = [
    "sygdom",
    "betændelse",
    "skade",
    "brud",
    "svulst",
    "smerter",
    "følger",
    "af",
    "i",
    "på",
    "med",
    "uden",
    "højre",
    "venstre",
    "knæled",
    "skulderled",
    "hofteled",
    "lænd",
    "nakke",
    "ryg",
    "hud",
    "muskel",
    "sene",
    "nerve",
    "rod",
    "øje",
    "øre",
    "hjerte",
    "lunge",
    "nyre",
    "lever",
    "mave",
    "tarm",
    "akut",
    "kronisk",
    "medfødt",
    "anden",
    "uspecificeret",
    "godartet",
    "ondartet",
]
UNDER_WAY = 8
# Codes that are looked up in ICD-10, which is loaded for the first of them; and one that nearly every code must be compared with.
FOREIGN = ("M17.1", "DM171", "G35", "S839", "L999")


def megabytes(pid: int) -> float:
    """Return the memory of a process: its proportional set size (Pss), or its resident set size where Pss cannot be read."""
    process = Path("/proc", str(pid))
    for file, name in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = (process / file).read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        for line in lines:  # none of a process that has just ended
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    raise RuntimeError("the memory of a process cannot be read on this system")


def worker_of(pid: int) -> int:
    """Return the largest child of the server's process; the others are resource trackers."""
    return max(family(pid)[1:], key=megabytes)


def bodies() -> Iterator[bytes]:
    """The stream of contacts; every hundredth has a code of another system."""
    foreign = itertools.cycle(FOREIGN)
    for number, contact in enumerate(contacts(FIRST + FURTHER + WITH_SKS)):
        if number % 100 == 0:
            contact["encounter"]["diagnoses"][0]["code"] = next(foreign)
        yield json.dumps(contact).encode()


def sks_file(folder: Path) -> Path:
    """Write a list of made-up codes in the form of SKS, as many as its diagnoses, with titles of three to twelve words."""
    draw = random.Random(25)
    digits = ("", *"012345678")
    codes = [f"D{letter}{number:02}{digit}" for letter in string.ascii_uppercase for number in range(100) for digit in digits]
    rows = (f"{code},{' '.join(draw.choices(WORDS, k=draw.randrange(3, 13)))}" for code in codes[:SKS_CODES])
    path = folder / "sks.csv"
    path.write_text("\n".join(["code,title_da", *rows, ""]), encoding="utf-8")
    return path


def import_sks(store: str) -> None:
    """Import the made-up SKS into the store of the running service."""
    with tempfile.TemporaryDirectory() as folder:
        path = sks_file(Path(folder))
        command = kodevagt("catalog", "import", str(path), "--system", "sks", "--from", "2020-01-01", "--yes")
        subprocess.run(command, env={**os.environ, "KODEVAGT_DATABASE": store}, check=True, stdout=subprocess.DEVNULL)


def send(port: int, requests: Iterator[bytes], count: int) -> None:
    """Send the next `count` requests, UNDER_WAY at a time, and read their answers."""
    connections = [Connection(port) for _ in range(UNDER_WAY)]
    for _ in range(count // UNDER_WAY):
        for connection in connections:
            connection.send(post("/v1/validate", next(requests)))
        for connection in connections:
            connection.receive()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure(str(Path(folder) / "kodevagt.db"))


def measure(store: str) -> None:
    port = free_port()
    requests = bodies()
    environment = {"KODEVAGT_PORT": str(port), "KODEVAGT_WORKERS": "1", "KODEVAGT_DATABASE": store}
    with running(kodevagt("serve"), **environment) as process:
        wait_for(port, process)
        send(port, requests, UNDER_WAY)
        worker = worker_of(process.pid)
        first = megabytes(worker)
        progress("the first requests")
        send(port, requests, FIRST - UNDER_WAY)
        loaded = megabytes(worker)
        progress("further requests")
        send(port, requests, FURTHER)
        later, parent = megabytes(worker), megabytes(process.pid)
        progress("an edition of the size of SKS")
        import_sks(store)
        send(port, requests, WITH_SKS)
        with_sks = megabytes(worker)
    progress("")
    print(f"worker at its first answers     {first:7.1f} MB")
    print(f"worker after {FIRST:,} requests     {loaded:7.1f} MB")
    growth = (later - loaded) * 1024 / FURTHER * 1000
    print(f"worker after {FURTHER:,} more       {later:7.1f} MB   {growth:+.0f} kB for each thousand requests")
    print(f"the process that watches it     {parent:7.1f} MB")
    print(f"worker with {SKS_CODES:,} codes of SKS     {with_sks:7.1f} MB")
    print(bound("memory of a worker, MB", max(loaded, later), LIMIT, digits=0))
    print(bound("memory of a worker with SKS, MB", with_sks, SKS_LIMIT, digits=0))


if __name__ == "__main__":
    main()
