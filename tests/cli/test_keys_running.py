"""Keys of a running service: every worker sees a change at once; a worker started after the store was lost admits nobody."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.cli.process import Served, ready, wait_until
from validator.cli.main import main
from validator.settings import BUNDLED


def kodevagt(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": str(folder / "kodevagt.db")})
    assert result.exit_code == 0
    return result.stdout.strip()


def statuses(served: Served, secret: str = "") -> set[int]:
    """Return the statuses of many requests, which may reach different workers."""
    return {served.status("/v1/releases", secret) for _ in range(30)}


@pytest.mark.slow
def test_every_worker_sees_a_change_of_keys_at_its_next_request(tmp_path: Path) -> None:
    with ready(tmp_path, KODEVAGT_WORKERS="2") as served:
        assert statuses(served) == {200}
        secret = kodevagt(tmp_path, "keys", "add", "--role", "practice", "--name", "Journalsystem")
        assert statuses(served) == {401}
        assert statuses(served, secret) == {200}
        kodevagt(tmp_path, "keys", "revoke", "1")
        assert statuses(served, secret) == {401}
        assert secret[3:] not in served.stop()


@pytest.mark.slow
def test_a_worker_started_after_the_store_was_lost_admits_nobody(tmp_path: Path) -> None:
    secret = kodevagt(tmp_path, "keys", "add", "--create", "--role", "practice", "--name", "Journalsystem")
    rules = shutil.copytree(BUNDLED / "rules", tmp_path / "rules")
    with ready(tmp_path, KODEVAGT_WORKERS="2", KODEVAGT_RULES=str(rules)) as served:
        assert statuses(served, secret) == {200}
        for file in tmp_path.glob("kodevagt.db*"):
            file.unlink()
        shutil.rmtree(rules)  # a worker has the rules from the process that starts it
        lost = min(served.workers())
        os.kill(lost, signal.SIGKILL)
        wait_until(lambda: len(served.workers() - {lost}) == 2 and 503 in statuses(served, secret), served)
        assert statuses(served, secret) <= {200, 503}  # a worker that knew the keys goes on
        assert statuses(served) <= {401, 503}
        assert not (tmp_path / "kodevagt.db").exists()
