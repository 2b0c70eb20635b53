"""The time from the start of `kodevagt serve` to the first correct answer of `/v1/validate`."""

import contextlib
import json
import statistics
import time

from benchmarks.servers import Connection, free_port, kodevagt, post, running
from benchmarks.turns import bound, progress

STARTS, LIMIT = 5, 2.0
REQUEST = {"encounter": {"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92"}]}}


def start(workers: int) -> float:
    """Return the seconds to the first correct answer."""
    port = free_port()
    request = post("/v1/validate", json.dumps(REQUEST).encode())
    begun = time.perf_counter()
    with running(kodevagt("serve"), KODEVAGT_PORT=str(port), KODEVAGT_WORKERS=str(workers)) as process:
        while process.poll() is None and time.perf_counter() - begun < 30:
            with contextlib.suppress(OSError), Connection(port) as connection:
                connection.send(request)
                answer = json.loads(connection.receive())
                seconds = time.perf_counter() - begun
                if [finding["kind"] for finding in answer["findings"]] != ["main-not-in-course-set"]:
                    raise RuntimeError(f"a wrong answer: {answer}")
                return seconds
            time.sleep(0.005)
    raise RuntimeError("the service did not answer")


def main() -> None:
    start(1)  # writes the compiled modules and fills the disk's cache
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for number in range(STARTS):
        for workers, values in seconds.items():
            progress(f"start {number + 1} of {STARTS}, workers: {workers}")
            values.append(start(workers))
    progress("")
    for workers, values in seconds.items():
        print(f"workers {workers}: median {statistics.median(values):.2f} s, worst {max(values):.2f} s of {STARTS} starts")
    for workers, values in seconds.items():
        print(bound(f"worst start, workers {workers}, seconds", max(values), LIMIT))


if __name__ == "__main__":
    main()
