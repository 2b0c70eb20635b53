"""Which contacts a draft judges otherwise: every one of them, no other, in order, and however long the file is."""

import json
import random
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pytest

from benchmarks.contacts import contacts as drawn_contacts
from tests.contacts import drawn
from validator import Validator, read_request
from validator.authoring.compare import impact_workers
from validator.authoring.compare.impact import BadLine, ChangedContact, ImpactComparison, ImpactTotals, VerdictStatus
from validator.authoring.compare.impact_workers import CHUNK_LINES, measure_impact
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release


@pytest.fixture(scope="module")
def draft(releases: list[Release]) -> Release:
    return next(release for release in releases if release.name == "ekm-2025-06")


@pytest.fixture(scope="module")
def comparison(release: Release, draft: Release, catalogue: Catalogue) -> ImpactComparison:
    return ImpactComparison(Validator(release, catalogue), Validator(draft, catalogue))


def line(overrides: list[dict[str, Any]] | None = None, **encounter: Any) -> bytes:
    contact = {"date": "2026-01-10", "specialty": "51", "diagnoses": [], **encounter}
    return json.dumps({"encounter": contact, "overrides": overrides}).encode()


def judged(comparison: ImpactComparison, *lines: bytes | None) -> tuple[list[ChangedContact | BadLine], ImpactTotals]:
    return comparison.compare_lines(1, lines)


def main(code: str, **others: Any) -> bytes:
    return line(diagnoses=[{"code": code, "role": "main"}], **others)


def test_a_contact_that_the_draft_judges_otherwise_is_told(comparison: ImpactComparison) -> None:
    (changed,), tally = judged(comparison, main("L86", course="laenderyg", id="c-7"))
    assert isinstance(changed, ChangedContact)
    assert (changed.line, changed.id, changed.before, changed.after) == (
        1,
        "c-7",
        VerdictStatus("information", True),
        VerdictStatus("error", True),
    )
    assert [finding["kind"] for finding in changed.gone] == ["course-undecided"]
    assert [finding["kind"] for finding in changed.came] == ["main-not-in-course-set"]
    assert changed.came[0]["suggestions"][0]["code"] == "L03"
    assert (tally.contacts, tally.changed) == (1, 1)
    assert tally.to_json()["rules"] == [
        {"rule": "dk.51.laenderyg", "kind": "course-undecided", "came": 0, "gone": 1, "altered": 0},
        {"rule": "dk.51.laenderyg", "kind": "main-not-in-course-set", "came": 1, "gone": 0, "altered": 0},
    ]
    assert tally.to_json()["status"] == [{"before": "information", "after": "error", "contacts": 1}]


def test_a_finding_that_stays_with_other_suggestions_is_told(comparison: ImpactComparison) -> None:
    (changed,), _ = judged(comparison, main("L92", course="laenderyg"))
    assert isinstance(changed, ChangedContact)
    assert (changed.came, changed.gone, changed.before) == ((), (), changed.after)
    assert [item["code"] for item in changed.altered[0]["suggestions"]] == ["L03"]


def test_a_contact_that_is_judged_alike_is_not_told(comparison: ImpactComparison) -> None:
    told, tally = judged(comparison, main("L90", course="artrose-knae"), main("L92"))
    assert (told, tally.contacts, tally.changed) == ([], 2, 0)


@pytest.mark.parametrize("bad", [b"{", b"[]", b"{}", b"\xff", None, line(phase="to"), line(id="010203-1234")], ids=range(7))
def test_a_bad_line_is_told_and_the_rest_goes_on(bad: bytes | None, comparison: ImpactComparison) -> None:
    told, tally = judged(comparison, main("L90"), bad, b"  ", main("L86", course="laenderyg"))
    assert [(type(item), item.line) for item in told] == [(BadLine, 2), (ChangedContact, 4)]
    assert (tally.bad, tally.contacts) == (1, 2)
    assert "1234" not in json.dumps(asdict(told[0]))


def test_contacts_of_another_pack_are_counted_apart(comparison: ImpactComparison) -> None:
    told, tally = judged(comparison, line(jurisdiction="se", visit_type="FYS002"), main("L90"))
    assert (told, tally.other_packs, tally.contacts) == ([], 1, 1)


def test_overrides_are_heard(comparison: ImpactComparison) -> None:
    override = [{"rule": "dk.51.laenderyg", "reason": "aftalt"}]
    (changed,), _ = judged(comparison, line(override, course="laenderyg", diagnoses=[{"code": "L92"}]))
    assert isinstance(changed, ChangedContact)
    assert changed.after.status == "ok"


def test_what_is_told_is_what_differs_between_the_verdicts(
    comparison: ImpactComparison, release: Release, draft: Release, catalogue: Catalogue
) -> None:
    chance = random.Random(11)
    requests = [{"encounter": {**drawn(chance), "specialty": "51"}} for _ in range(150)]
    told, tally = judged(comparison, *(json.dumps(request).encode() for request in requests))
    validators = [Validator(one, catalogue, cache_size=0) for one in (release, draft)]
    differing = []
    for number, request in enumerate(requests, 1):
        answers = [validator.validate(read_request(request).encounter, language="da").to_json() for validator in validators]
        shown = [
            [
                (item["kind"], item["rule"], item["path"], [(s["action"], s.get("code")) for s in item["suggestions"]])
                for item in answer["findings"]
            ]
            for answer in answers
        ]
        if shown[0] != shown[1]:
            differing.append(number)
    assert [item.line for item in told] == differing
    assert tally.changed == len(differing) > 10


def outcome(lines: Iterable[bytes | None], *used: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told, tally = [], ImpactTotals()
    for items, sums in measure_impact(lines, *used):
        told += list(map(asdict, items))
        tally.add(sums)
    return told, tally.to_json()


@pytest.mark.slow
def test_a_long_file_is_judged_by_several_processes_in_order(
    release: Release, draft: Release, catalogue: Catalogue, comparison: ImpactComparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps(request).encode() for request in drawn_contacts(CHUNK_LINES * 6)]
    lines[CHUNK_LINES * 3] = b"{"
    monkeypatch.setattr(impact_workers, "_comparison", None)  # not in this process
    told, sums = outcome(iter(lines), release, draft, catalogue)
    expected, tally = comparison.compare_lines(1, lines)
    assert told == list(map(asdict, expected))
    assert sums == tally.to_json()
    assert (sums["contacts"], sums["bad_lines"]) == (len(lines) - 1, 1)


def test_a_file_is_not_read_far_ahead(
    release: Release, draft: Release, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that memory does not grow with the file: a short one is read whole, of a long one only what is about to be judged."""
    read = 0

    class Pool:
        def __init__(self, *_: Any, **__: Any) -> None:
            impact_workers._start_worker(release, draft, catalogue)

        def __enter__(self) -> "Pool":
            return self

        def __exit__(self, *_: object) -> None: ...

        def submit(self, judge: Any, part: Any) -> Any:
            class Done:
                def result(self) -> Any:
                    return judge(part)

            return Done()

    def lines() -> Iterable[bytes]:
        nonlocal read
        for request in drawn_contacts(CHUNK_LINES * 40):
            read += 1
            yield json.dumps(request).encode()

    monkeypatch.setattr(impact_workers, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(impact_workers.signal, "signal", lambda *_: None)
    monkeypatch.setattr(impact_workers, "processors", lambda: 2)
    ahead = []
    for number, _ in enumerate(measure_impact(lines(), release, draft, catalogue), 1):
        ahead.append(read - number * CHUNK_LINES)
        if number == 20:
            break
    assert max(ahead) <= CHUNK_LINES * 8


@pytest.mark.soak
def test_a_hundred_thousand_contacts_take_less_than_a_minute(release: Release, draft: Release, catalogue: Catalogue) -> None:
    lines = [json.dumps(request).encode() for request in drawn_contacts(100_000)]
    started = time.monotonic()
    _, sums = outcome(iter(lines), release, draft, catalogue)
    seconds = time.monotonic() - started
    print(f"\nimpact over {sums['contacts']} contacts: {seconds:.1f} s, {sums['changed']} judged otherwise")
    assert seconds < 60
