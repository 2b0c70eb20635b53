"""Eight threads judge with one service, every contact anew by the engine: no crash and no wrong answer.

`make soak` bounds the growth of memory too.
"""

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow
THREADS = 8
GROWTH = 5  # megabytes


@pytest.mark.parametrize("count", [pytest.param(100, id="100"), pytest.param(10_000, marks=pytest.mark.soak, id="10000")])
def test_eight_threads_judge_right_and_keep_nothing(count: int) -> None:
    command = [sys.executable, "-m", "tests.endurance.threads", str(THREADS), str(count)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads(ran.stdout)
    grown = told["end"] - told["warm"]
    print(f"\neight threads: {count} contacts each, {told['seen']}, {grown:+.1f} MB")
    assert told["seen"] == {"right": THREADS * count}
    assert grown < GROWTH or count < 10_000
