"""A compiled release gives back the release itself; anything else is refused with a sentence."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.rulesets import synthetic
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.stored.dump import compiled
from validator.rulebook.stored.load import CompiledError, restored


def same(one: Release, other: Release) -> bool:
    """Equal in everything; two rules are equal whatever their examples are, so these are asked for themselves."""
    return one == other and [rule.examples for rule in one.rules] == [rule.examples for rule in other.rules]


def test_every_release_that_ships_comes_back_as_it_was(releases: list[Release]) -> None:
    assert len(releases) > 2
    for release in releases:
        again = restored(compiled(release), release.status)
        assert same(again, release)
        assert again.digest("2026") == release.digest("2026")
        assert list(again.courses) == list(release.courses)
        assert compiled(again) == compiled(release)


def test_drawn_rules_come_back_as_they_were(release: Release, catalogue: Catalogue) -> None:
    many = replace(release, rules=synthetic(release, catalogue, 500))
    assert same(restored(compiled(many), "current"), many)


def test_the_status_is_not_part_of_it(release: Release) -> None:
    assert compiled(replace(release, status="draft")) == compiled(release)
    assert restored(compiled(release)).status == "published"


def test_whatever_differs_is_compiled_to_another_text(release: Release) -> None:
    rule = release.rules[0]
    changed = (
        replace(release, name="andet"),
        replace(release, rules=release.rules[1:]),
        replace(release, rules=(replace(rule, examples=rule.examples[1:]), *release.rules[1:])),
        replace(release, sources={**release.sources, "ny": next(iter(release.sources.values()))}),
    )
    assert len({compiled(release), *map(compiled, changed)}) == len(changed) + 1


@pytest.mark.parametrize(
    "text", ["", "x", "null", "[]", "{}", '"kodevagt-release"', '{"format": "other", "version": 1}', "[" * 5000]
)
def test_what_is_no_release_is_refused(text: str) -> None:
    with pytest.raises(CompiledError, match=r"\.$"):
        restored(text)


def test_a_newer_form_is_refused_as_such(release: Release) -> None:
    content = json.loads(compiled(release))
    with pytest.raises(CompiledError, match="ikke kender"):
        restored(json.dumps({**content, "version": 2}))


def test_a_damaged_release_is_refused_or_read_as_what_it_says(release: Release) -> None:
    text = compiled(release)
    draw = random.Random(4)
    for _ in range(300):
        content = json.loads(text)
        damage(content, draw)
        damaged = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        try:
            read = restored(damaged)
        except CompiledError:
            continue
        assert compiled(read) == damaged


def damage(content: Any, draw: random.Random) -> None:
    """Puts something else, somewhere in what is read."""
    while True:
        key = draw.choice(list(content) if isinstance(content, dict) else range(len(content)))
        if not isinstance(content[key], dict | list) or not content[key] or draw.random() < 0.1:
            content[key] = draw.choice([None, 7, True, 1.5, "", [], {}, [None], {"x": 1}, "2025-01-01"])
            return
        content = content[key]


def test_a_text_cut_short_is_refused(release: Release) -> None:
    text = compiled(release)
    for length in range(0, len(text), len(text) // 50):
        with pytest.raises(CompiledError):
            restored(text[:length])


def test_reading_the_shipped_release_costs_little_more_than_its_json(release: Release) -> None:
    text = compiled(release)
    assert best_of_five(lambda: restored(text)) < 20 * best_of_five(lambda: json.loads(text))


def best_of_five(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    times = []
    for _ in range(5):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def test_it_is_read_without_the_library_that_reads_rule_files(release: Release) -> None:
    program = (
        "import sys; sys.modules['ruamel'] = sys.modules['ruamel.yaml'] = None\n"
        "from validator.rulebook.stored.load import restored; print(restored(sys.stdin.read()).name)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=compiled(release), text=True, capture_output=True, check=True)
    assert done.stdout.strip() == release.name
