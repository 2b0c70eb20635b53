"""A program: several threads judge many contacts each with one service without a cache. Prints the result as JSON."""

import json
import os
import random
import sys
import threading
from collections import Counter

from benchmarks.memory import megabytes
from tests.endurance.stream import stream
from validator import Service, Settings
from validator.requests.request import read_body

CONTACTS = 1_000
WARM = 0.25  # of the contacts of the first thread, after which memory must not grow


def main(threads: int, count: int) -> None:
    service = Service.from_settings(Settings(cache=0))
    asked = stream(service, CONTACTS)
    seen: list[Counter[str]] = [Counter() for _ in range(threads)]
    warm: list[float] = []

    def judge(seed: int) -> None:
        order = random.Random(seed)
        for number in range(count):
            if seed == 0 and number == int(WARM * count):
                warm.append(megabytes(os.getpid()))
            each = order.choice(asked)
            try:
                right = service.judge(read_body(each.body)).json_text().encode() == each.answer
                seen[seed]["right" if right else "wrong"] += 1
            except Exception as error:  # noqa: BLE001  # counted, since an exception in a thread ends nothing
                seen[seed][repr(error)] += 1

    judging = [threading.Thread(target=judge, args=(seed,)) for seed in range(threads)]
    for thread in judging:
        thread.start()
    for thread in judging:
        thread.join()
    print(json.dumps({"seen": sum(seen, Counter()), "warm": warm[0], "end": megabytes(os.getpid())}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
