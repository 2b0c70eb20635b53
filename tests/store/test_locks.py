"""Writers take turns in order of arrival; while another program has the store locked, few of them wait."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.waiting import wait_for
from validator.store import locks as module
from validator.store.database import Database, StoreError
from validator.store.locks import LOCK_TIMEOUT, WriteQueue


def test_writers_take_turns_in_order_of_arrival(tmp_path: Path) -> None:
    queue, order = WriteQueue(), []
    log = str(tmp_path / "no-log")
    first = threading.Event()

    def write(number: int) -> None:
        with queue.turn(log, lambda: None, time.monotonic() + 60):
            if number == 0:
                first.wait()
            order.append(number)

    threads = [threading.Thread(target=write, args=[number]) for number in range(30)]
    for number, thread in enumerate(threads):
        thread.start()
        wait_for(lambda number=number: len(queue._waiters) == number + 1)
    first.set()
    for thread in threads:
        thread.join()
    assert order == list(range(30))


def test_few_of_many_writers_wait_for_a_locked_store(path: Path) -> None:
    wait = 3 * LOCK_TIMEOUT  # so long that a busy machine does not take the dismissed ones for those that wait
    database = Database(path, wait=wait)
    database.require_writable()
    seconds: list[float] = []

    def write() -> None:
        started = time.monotonic()
        with pytest.raises(StoreError, match="optaget"):
            database.require_writable()
        seconds.append(time.monotonic() - started)

    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        threads = [threading.Thread(target=write) for _ in range(64)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(seconds) == 64
    waited = [each for each in seconds if each > 0.9 * wait]
    assert 0 < len(waited) <= module._MAX_WAITING + 1
    assert sorted(seconds)[64 - module._MAX_WAITING - 2] < 0.5 * wait
    database.require_writable()  # as soon as the lock is gone


def test_a_writer_that_gives_up_leaves_the_queue(tmp_path: Path) -> None:
    queue, log = WriteQueue(), str(tmp_path / "no-log")
    outcomes = []

    def write_at_once() -> None:
        try:
            with queue.turn(log, lambda: None, time.monotonic()):
                outcomes.append("written")
        except TimeoutError:
            outcomes.append("busy")

    with queue.turn(log, lambda: None, time.monotonic() + 60):
        thread = threading.Thread(target=write_at_once)
        thread.start()
        thread.join()
    write_at_once()
    assert outcomes == ["busy", "written"]


def test_many_writers_of_a_free_store_all_write(path: Path) -> None:
    databases = [Database(path) for _ in range(2)]  # as two workers
    for database in databases:
        database.require_writable()
    failed: list[StoreError] = []

    def write(number: int) -> None:
        try:
            with databases[number % 2].transaction(wait=60) as tables:
                tables.execute("INSERT INTO imported_folders VALUES (?, '')", [f"{number:064d}"])
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=[number]) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with databases[0].reading() as tables:
        assert tables.execute("SELECT count(*) FROM imported_folders").fetchone() == (100,)
