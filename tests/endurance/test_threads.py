"""Eight threads judge with one service without a cache: no crash and no wrong answer.

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
def test_eight_threads_judge_correctly_in_constant_memory(count: int) -> None:
    command = [sys.executable, "-m", "tests.endurance.threads", str(THREADS), str(count)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    result = json.loads(ran.stdout)
    grown = result["end"] - result["warm"]
    print(f"\neight threads: {count} contacts each, {result['seen']}, {grown:+.1f} MB")
    assert result["seen"] == {"right": THREADS * count}
    assert grown < GROWTH or count < 10_000
