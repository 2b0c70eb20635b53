"""A stored release is loaded unchanged; anything else is refused with one sentence."""

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
from validator.rulebook.stored.dump import dump_release
from validator.rulebook.stored.load import ReleaseLoadError, load_release


def same(one: Release, other: Release) -> bool:
    """Whether two releases are equal including their examples, which the equality of rules ignores."""
    return one == other and [rule.examples for rule in one.rules] == [rule.examples for rule in other.rules]


def test_shipped_releases_are_equal_after_a_round_trip(releases: list[Release]) -> None:
    assert len(releases) > 2
    for release in releases:
        again = load_release(dump_release(release), release.status)
        assert same(again, release)
        assert again.digest("2026") == release.digest("2026")
        assert list(again.courses) == list(release.courses)
        assert dump_release(again) == dump_release(release)


def test_synthetic_rules_are_equal_after_a_round_trip(release: Release, catalogue: Catalogue) -> None:
    many = replace(release, rules=synthetic(release, catalogue, 500))
    assert same(load_release(dump_release(many), "current"), many)


def test_the_status_is_not_stored(release: Release) -> None:
    assert dump_release(replace(release, status="draft")) == dump_release(release)
    assert load_release(dump_release(release)).status == "published"


def test_different_releases_have_different_texts(release: Release) -> None:
    rule = release.rules[0]
    changed = (
        replace(release, name="andet"),
        replace(release, rules=release.rules[1:]),
        replace(release, rules=(replace(rule, examples=rule.examples[1:]), *release.rules[1:])),
        replace(release, sources={**release.sources, "ny": next(iter(release.sources.values()))}),
    )
    assert len({dump_release(release), *map(dump_release, changed)}) == len(changed) + 1


@pytest.mark.parametrize(
    "text", ["", "x", "null", "[]", "{}", '"kodevagt-release"', '{"format": "other", "version": 1}', "[" * 5000]
)
def test_other_content_is_refused(text: str) -> None:
    with pytest.raises(ReleaseLoadError, match=r"\.$"):
        load_release(text)


def test_a_newer_format_is_refused_as_such(release: Release) -> None:
    content = json.loads(dump_release(release))
    with pytest.raises(ReleaseLoadError, match="ikke kender"):
        load_release(json.dumps({**content, "version": 2}))


def test_a_damaged_release_is_refused_or_loaded_with_its_changes(release: Release) -> None:
    text = dump_release(release)
    draw = random.Random(4)
    for _ in range(300):
        content = json.loads(text)
        damage(content, draw)
        damaged = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        try:
            read = load_release(damaged)
        except ReleaseLoadError:
            continue
        assert dump_release(read) == damaged


def damage(content: Any, draw: random.Random) -> None:
    """Replace a random value inside a parsed release."""
    while True:
        key = draw.choice(list(content) if isinstance(content, dict) else range(len(content)))
        if not isinstance(content[key], dict | list) or not content[key] or draw.random() < 0.1:
            content[key] = draw.choice([None, 7, True, 1.5, "", [], {}, [None], {"x": 1}, "2025-01-01"])
            return
        content = content[key]


def test_a_truncated_text_is_refused(release: Release) -> None:
    text = dump_release(release)
    for length in range(0, len(text), len(text) // 50):
        with pytest.raises(ReleaseLoadError):
            load_release(text[:length])


def test_loading_the_shipped_release_takes_little_longer_than_parsing_its_json(release: Release) -> None:
    text = dump_release(release)
    assert best_of_five(lambda: load_release(text)) < 20 * best_of_five(lambda: json.loads(text))


def best_of_five(work: Callable[[], object]) -> float:
    """Return the least of five measurements, in seconds of processor time."""
    times = []
    for _ in range(5):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def test_loading_does_not_import_the_yaml_library(release: Release) -> None:
    program = (
        "import sys; sys.modules['ruamel'] = sys.modules['ruamel.yaml'] = None\n"
        "from validator.rulebook.stored.load import load_release; print(load_release(sys.stdin.read()).name)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=dump_release(release), text=True, capture_output=True, check=True)
    assert done.stdout.strip() == release.name


def test_a_block_about_diagnoses_that_tests_the_contact_is_refused(release: Release) -> None:
    content = json.loads(dump_release(release))
    content["rules"][0]["when"] = ["diagnosis", ["is", "phase", 1]]
    with pytest.raises(ReleaseLoadError, match="/rules/0/when"):
        load_release(json.dumps(content))


def test_a_field_that_was_added_later_is_stored_only_where_it_has_not_its_default(release: Release) -> None:
    course = release.courses["lumbal-stenose"]
    asking = replace(course, main_diagnosis=(replace(course.main_diagnosis[0], running="ask"),))
    asked = replace(release, courses={**release.courses, course.id: asking})
    assert '"running"' not in dump_release(release)
    assert dump_release(asked).count('"running":"ask"') == 1
    assert load_release(dump_release(asked)).courses == asked.courses
