"""Throughput and latency over HTTP, relative to a bare Flask JSON echo of the same bodies under the same server.

The servers share a core, one active at a time, with one worker each; the client has another core. Throughput: eight requests in
flight, in short turns; a ratio is that of two turns of the same round. Latency: half of that rate, sent at random moments without
waiting for earlier answers, measured from when a request was due. Each server first answers WARM contacts.
"""

import gc
import itertools
import json
import random
import selectors
import statistics
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from benchmarks.contacts import contacts, encounters, repetition
from benchmarks.servers import CLIENT_CORE, SERVER_CORE, Connection, pin, post, processor_seconds, server
from benchmarks.turns import bound, progress, ratios, spread, take_turns
from validator import Service, read_settings

TURNS, SECONDS, UNDER_WAY = 6, 1.5, 8
PACED_SECONDS, CONNECTIONS = 4.0, 32
STREAM, WARM = 80_000, 8_000


class Client:
    """Sends the stream to one server, and starts again only at its end."""

    def __init__(self, port: int, pid: int, requests: list[bytes]) -> None:
        self.port = port
        self.pid = pid
        self.sent = 0
        self.costs: list[float] = []
        self.busy = 0.0
        self._requests = requests

    def next(self) -> bytes:
        self.sent += 1
        return self._requests[(self.sent - 1) % len(self._requests)]

    def measure_throughput(self, turn: int) -> float:
        """Return requests per second over one turn, with UNDER_WAY in flight; add the server's µs per request to `costs`."""
        with ExitStack() as stack:
            connections = [stack.enter_context(Connection(self.port)) for _ in range(UNDER_WAY)]
            for connection in connections:
                connection.send(self.next())
            done, used, start, worked = 0, processor_seconds(self.pid), time.perf_counter(), time.process_time()
            while (elapsed := time.perf_counter() - start) < SECONDS:
                for connection in connections:
                    connection.receive()
                    connection.send(self.next())
                done += UNDER_WAY
            self.busy = max(self.busy, (time.process_time() - worked) / elapsed)
            if turn >= 0:
                self.costs.append((processor_seconds(self.pid) - used) / done * 1e6)
            for connection in connections:
                connection.receive()
        return done / elapsed

    def measure_latency(self, rate: float, seconds: float = PACED_SECONDS) -> list[float]:
        """Return the milliseconds from when each request was due to its complete answer, at `rate` per second on average."""
        with ExitStack() as stack:
            free = [stack.enter_context(Connection(self.port)) for _ in range(CONNECTIONS)]
            selector = stack.enter_context(selectors.DefaultSelector())
            for connection in free:
                selector.register(connection, selectors.EVENT_READ, connection)
            due_times = moments(rate, seconds)
            coming = next(due_times, None)
            waiting: deque[float] = deque()
            under_way: dict[Connection, float] = {}
            waits: list[float] = []
            start = time.perf_counter()
            while coming is not None or waiting or under_way:
                now = time.perf_counter() - start
                while coming is not None and coming <= now:
                    waiting.append(coming)
                    coming = next(due_times, None)
                while waiting and free:
                    connection = free.pop()
                    connection.send(self.next())
                    under_way[connection] = waiting.popleft()
                for key, _ in selector.select(0):
                    key.data.receive()
                    waits.append((time.perf_counter() - start - under_way.pop(key.data)) * 1000)
                    free.append(key.data)
        return waits


def moments(rate: float, seconds: float) -> Iterator[float]:
    """Yield the moments of independent requests, the same ones for the same rate."""
    draw = random.Random(2)
    moments = itertools.accumulate(iter(partial(draw.expovariate, rate), None))
    return itertools.takewhile(lambda moment: moment < seconds, moments)


def main() -> None:
    pin(CLIENT_CORE)
    progress("drawing contacts")
    requests = [post("/v1/validate", json.dumps(contact).encode()) for contact in contacts(STREAM)]
    with ExitStack() as stack:
        clients = {
            "echo": Client(*stack.enter_context(server("benchmarks.echo:create_app")), requests),
            "cache off": Client(*stack.enter_context(server("api:serve", KODEVAGT_CACHE="0")), requests),
            "cache on": Client(*stack.enter_context(server("api:serve")), requests),
        }
        for name, client in clients.items():
            progress(f"a service that has run for a while: {name}")
            while client.sent < WARM:
                client.measure_throughput(-1)
        rates = take_turns({name: client.measure_throughput for name, client in clients.items()}, TURNS)
        waits: dict[str, list[float]] = {}
        gc.disable()  # a pause of the client would count as latency of the server
        for name, client in clients.items():
            progress(f"half load: {name}")
            waits[name] = client.measure_latency(statistics.median(rates[name]) / 2)
    sent = min(clients["cache on"].sent, STREAM)
    progress("repetition")
    share = repetition(Service.from_settings(read_settings()).validator("dk"), encounters(sent))
    progress("")
    report(rates, waits, {name: client.costs for name, client in clients.items()})
    print(f"stream: {sent} contacts, each sent once, the first {WARM} before the clock was started")
    print(f"repetition: the facts of {share:.0%} were those of a contact before it")
    busy = max(client.busy for client in clients.values())
    print(f"client: at measure_throughput {busy:.0%} busy; near 100% it would itself be the limit")
    if SERVER_CORE == CLIENT_CORE:
        print("WARNING: server and client shared one core; the ratios are too good")


def report(rates: dict[str, list[float]], waits: dict[str, list[float]], costs: dict[str, list[float]]) -> None:
    """Print the table and the bounds."""
    print(f"{'':10} requests/s  {'ratio to echo':17}  {'µs of processor time':21}  half load: {'p50':>8} {'p99':>10}")
    p99: dict[str, float] = {}
    for name, values in rates.items():
        cuts = statistics.quantiles(waits[name], n=100)
        p99[name] = cuts[98]
        ratio = spread(ratios(values, rates["echo"]))
        cost = spread(costs[name], 0)
        print(f"{name:10} {statistics.median(values):10.0f}  {ratio:17}  {cost:21} {cuts[49]:17.2f} ms {cuts[98]:7.2f} ms")
    for name, limit in (("cache off", 0.34), ("cache on", 0.5)):
        ratio_to_echo = statistics.median(ratios(rates[name], rates["echo"]))
        print(bound(f"{name}, throughput over the echo's", ratio_to_echo, limit, at_least=True))
    print(bound("p99 at half load, ms", max(p99["cache off"], p99["cache on"]), 20))


if __name__ == "__main__":
    main()
