"""Eight threads judge with one service, every contact anew by the engine: no crash, no wrong answer, no growth of memory."""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
THREADS = 8
GROWTH = 5  # megabytes


@pytest.mark.parametrize("seconds", [pytest.param(4, id="4 s"), pytest.param(60, marks=pytest.mark.soak, id="60 s")])
def test_eight_threads_judge_right_and_keep_nothing(seconds: int) -> None:
    command = [sys.executable, "-m", "tests.endurance.threads", str(THREADS), str(seconds)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    count, grown = sum(told["seen"].values()), told["end"] - told["warm"]
    print(f"\neight threads: {seconds} s, {count} contacts, {count - told['seen']['right']} wrong or failed, {grown:+.1f} MB")
    assert told["seen"].keys() == {"right"}
    assert grown < GROWTH
