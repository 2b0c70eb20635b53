"""An edition of 25,000 dated codes: its import, the first contact of a running service after it, and what a worker's memory gains.

The edition is a CodeSystem of FHIR with made-up codes in the form of SKS. Every import and every service is a fresh process.
"""

import contextlib
import json
import os
import random
import statistics
import string
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.contacts import contacts
from benchmarks.memory import WORDS, megabytes, worker_of
from benchmarks.servers import ROOT, Connection, family, free_port, kodevagt, post, running, wait_for
from benchmarks.turns import bound, progress, spread

CODES, IMPORTS, CONTACTS = 25_000, 5, 2_000
IMPORT_LIMIT, PEAK_LIMIT, CONTACT_LIMIT, WORKER_LIMIT = 4.0, 200, 0.6, 60  # seconds, MB, seconds, MB
FIRST_DAYS = [f"{year}-01-01" for year in range(1994, 2026)]


class Measurement(NamedTuple):
    """An import into the store of a running service: seconds of the import and of contacts, and megabytes."""

    imported: float
    peak: float
    contact: float
    usual: float
    before: float
    after: float


def edition_file(folder: Path) -> Path:
    """Write a CodeSystem whose concepts have titles of three to twelve words and a first day; every tenth has ended, too."""
    draw = random.Random(25)
    endings = ("", *string.digits)
    codes = [f"D{letter}{number:02}{ending}" for letter in string.ascii_uppercase for number in range(100) for ending in endings]
    concepts = []
    for number, code in enumerate(codes[:CODES]):
        days = [{"code": "validFrom", "valueDateTime": draw.choice(FIRST_DAYS)}]
        if number % 10 == 0:
            days.append({"code": "validTo", "valueDateTime": f"{draw.randrange(2026, 2030)}-12-31"})
        title = " ".join(draw.choices(WORDS, k=draw.randrange(3, 13)))
        concepts.append({"code": code, "display": title, "property": days})
    system = {
        "resourceType": "CodeSystem",
        "url": "urn:oid:1.2.208.176.2.4.12",
        "name": "Prøve",
        "version": "1",
        "status": "active",
        "content": "complete",
        "count": len(concepts),
        "property": [{"code": name, "type": "dateTime"} for name in ("validFrom", "validTo")],
        "concept": concepts,
    }
    path = folder / "sks.json"
    path.write_text(json.dumps(system, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def import_edition(path: Path, store: str) -> tuple[float, float]:
    """Return the seconds of an import, and the most memory that its processes have together."""
    command = kodevagt("catalog", "import", str(path), "--from", "2020-01-01", "--yes")
    peak, begun = 0.0, time.perf_counter()
    environment = {**os.environ, "KODEVAGT_DATABASE": store}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, together(process.pid))
            time.sleep(0.05)
    if process.returncode:
        raise RuntimeError("the edition was not imported")
    return time.perf_counter() - begun, peak


def together(pid: int) -> float:
    """Return the memory of a process and its descendants, without those that have just ended."""
    total = 0.0
    for member in family(pid):
        with contextlib.suppress(RuntimeError):
            total += megabytes(member)
    return total


def measure(path: Path, folder: Path) -> Measurement:
    """Import the edition while a service with one worker runs, and send the first contact after it."""
    store, port = str(folder / "kodevagt.db"), free_port()
    requests = [post("/v1/validate", json.dumps(contact).encode()) for contact in contacts(CONTACTS)]
    with running(kodevagt("serve"), KODEVAGT_PORT=str(port), KODEVAGT_WORKERS="1", KODEVAGT_DATABASE=store) as process:
        wait_for(port, process)
        with Connection(port) as connection:
            usual = statistics.median([answer(connection, request) for request in requests])
            worker = worker_of(process.pid)
            before = megabytes(worker)
            imported, peak = import_edition(path, store)
            contact = answer(connection, requests[0])
            for request in requests:
                answer(connection, request)
            return Measurement(imported, peak, contact, usual, before, megabytes(worker))


def answer(connection: Connection, request: bytes) -> float:
    """Return the seconds until a request is answered."""
    begun = time.perf_counter()
    connection.send(request)
    connection.receive()
    return time.perf_counter() - begun


def main() -> None:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = edition_file(Path(folder))
        for number in range(IMPORTS):
            progress(f"import {number + 1} of {IMPORTS}")
            with tempfile.TemporaryDirectory() as store:
                found.append(measure(path, Path(store)))
    progress("")
    imported, peak, contact, usual, before, after = zip(*found, strict=True)
    more = [later - earlier for earlier, later in zip(before, after, strict=True)]
    print(f"import of {CODES:,} codes, seconds       {spread(imported)}")
    print(f"memory of the import, MB              {spread(peak, 0)}")
    print(f"first contact after it, seconds       {spread(contact)}")
    print(f"any other contact, seconds            {spread(usual, 4)}")
    print(f"worker without the edition, MB        {spread(before, 0)}")
    print(f"worker with it, MB                    {spread(after, 0)}")
    print(bound("import, seconds", statistics.median(imported), IMPORT_LIMIT))
    print(bound("memory of the import, MB", max(peak), PEAK_LIMIT, digits=0))
    print(bound("first contact after it, seconds", statistics.median(contact), CONTACT_LIMIT))
    print(bound("worker's memory with it, MB more", max(more), WORKER_LIMIT, digits=0))


if __name__ == "__main__":
    main()
