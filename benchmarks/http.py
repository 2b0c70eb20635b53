"""How many contacts a second, against a bare Flask JSON echo of the same bodies under the same server.

The servers run one after the other in short turns, each with one worker on a core of its own; the client has another core and
keeps eight requests under way. A ratio is that of two turns next to each other.
"""

import json
import statistics
import sys
import time
from contextlib import ExitStack

from benchmarks.contacts import contacts
from benchmarks.servers import CLIENT_CORE, Connection, pin, post, server

TURNS, SECONDS, UNDER_WAY = 8, 2.0, 8


def turn(port: int, requests: list[bytes], seconds: float) -> float:
    """Requests a second over one turn. Every answer is read; one that is no 200 ends the measurement."""
    connections = [Connection(port) for _ in range(UNDER_WAY)]
    sent = done = 0
    for connection in connections:
        connection.send(requests[sent % len(requests)])
        sent += 1
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for connection in connections:
            status, _ = connection.receive()
            if status != 200:
                raise RuntimeError(f"the server answered {status}")
            done += 1
            connection.send(requests[sent % len(requests)])
            sent += 1
    elapsed = time.perf_counter() - start
    for connection in connections:
        connection.receive()
        connection.close()
    return done / elapsed


def main() -> None:
    pin(CLIENT_CORE)
    stream = contacts(20_000)
    requests = [post("/v1/validate", json.dumps(contact).encode()) for contact in stream]
    rates: dict[str, list[float]] = {"echo": [], "cache off": [], "cache on": []}
    with ExitStack() as stack:
        ports = {
            "echo": stack.enter_context(server("benchmarks.echo:create_app")),
            "cache off": stack.enter_context(server("api:serve", KODEVAGT_CACHE="0")),
            "cache on": stack.enter_context(server("api:serve")),
        }
        for port in ports.values():
            turn(port, requests, 1.0)
        for number in range(TURNS):
            for name, port in ports.items():
                rates[name].append(turn(port, requests, SECONDS))
            print(f"\rturn {number + 1} of {TURNS}", end="", file=sys.stderr)
    print("", file=sys.stderr)
    for name, values in rates.items():
        ratios = [value / echo for value, echo in zip(values, rates["echo"], strict=True)]
        print(
            f"{name:10} {statistics.median(values):8.0f} requests/s   ratio to echo {statistics.median(ratios):.2f} "
            f"(from {min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    main()
