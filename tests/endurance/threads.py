"""A program: so many threads judge for so many seconds with one service that keeps no outcomes. What came of it is JSON."""

import json
import os
import random
import sys
import threading
import time
from collections import Counter

from benchmarks.memory import megabytes
from tests.endurance.stream import stream
from validator import Service, Settings
from validator.requests.request import read_body

CONTACTS = 1_000
WARM = 0.25  # of the time, after which nothing new is to be kept


def main(threads: int, seconds: float) -> None:
    service = Service.from_settings(Settings(cache=0))
    asked = stream(service, CONTACTS)
    seen: list[Counter[str]] = [Counter() for _ in range(threads)]
    start = time.monotonic()

    def judge(seed: int) -> None:
        order = random.Random(seed)
        while time.monotonic() < start + seconds:
            each = order.choice(asked)
            try:
                right = service.judge(read_body(each.body)).json_text().encode() == each.answer
                seen[seed]["right" if right else "wrong"] += 1
            except Exception as error:  # noqa: BLE001  # counted, since an exception in a thread ends nothing
                seen[seed][repr(error)] += 1

    judging = [threading.Thread(target=judge, args=(seed,)) for seed in range(threads)]
    for thread in judging:
        thread.start()
    time.sleep(WARM * seconds)
    warm = megabytes(os.getpid())
    for thread in judging:
        thread.join()
    print(json.dumps({"seen": sum(seen, Counter()), "warm": warm, "end": megabytes(os.getpid())}))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
