"""The impact of a draft: exactly the contacts with another verdict, in order, for files of any length."""

import json
import random
import time
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pytest

from benchmarks.contacts import contacts as drawn_contacts
from tests.contacts import random_contact
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


def compare(comparison: ImpactComparison, *lines: bytes | None) -> tuple[list[ChangedContact | BadLine], ImpactTotals]:
    return comparison.compare_lines(1, lines)


def main(code: str, **others: Any) -> bytes:
    return line(diagnoses=[{"code": code, "role": "main"}], **others)


def test_a_changed_contact_has_both_verdicts_and_its_findings(comparison: ImpactComparison) -> None:
    (changed,), totals = compare(comparison, main("L86", course="laenderyg", id="c-7"))
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
    assert (totals.contacts, totals.changed) == (1, 1)
    assert totals.to_json()["rules"] == [
        {"rule": "dk.51.laenderyg", "kind": "course-undecided", "came": 0, "gone": 1, "altered": 0},
        {"rule": "dk.51.laenderyg", "kind": "main-not-in-course-set", "came": 1, "gone": 0, "altered": 0},
    ]
    assert totals.to_json()["status"] == [{"before": "information", "after": "error", "contacts": 1}]


def test_a_finding_with_other_suggestions_is_altered(comparison: ImpactComparison) -> None:
    (changed,), _ = compare(comparison, main("L92", course="laenderyg"))
    assert isinstance(changed, ChangedContact)
    assert (changed.came, changed.gone, changed.before) == ((), (), changed.after)
    assert [item["code"] for item in changed.altered[0]["suggestions"]] == ["L03"]


def test_an_unchanged_contact_is_left_out(comparison: ImpactComparison) -> None:
    items, totals = compare(comparison, main("L90", course="artrose-knae"), main("L92"))
    assert (items, totals.contacts, totals.changed) == ([], 2, 0)


@pytest.mark.parametrize("bad", [b"{", b"[]", b"{}", b"\xff", None, line(phase="to"), line(id="010203-1234")], ids=range(7))
def test_a_bad_line_does_not_stop_the_rest(bad: bytes | None, comparison: ImpactComparison) -> None:
    items, totals = compare(comparison, main("L90"), bad, b"  ", main("L86", course="laenderyg"))
    assert [(type(item), item.line) for item in items] == [(BadLine, 2), (ChangedContact, 4)]
    assert (totals.bad, totals.contacts) == (1, 2)
    assert "1234" not in json.dumps(asdict(items[0]))


def test_contacts_of_another_pack_are_counted_separately(comparison: ImpactComparison) -> None:
    items, totals = compare(comparison, line(jurisdiction="se", visit_type="FYS002"), main("L90"))
    assert (items, totals.other_packs, totals.contacts) == ([], 1, 1)


def test_overrides_are_applied(comparison: ImpactComparison) -> None:
    override = [{"rule": "dk.51.laenderyg", "reason": "aftalt"}]
    (changed,), _ = compare(comparison, line(override, course="laenderyg", diagnoses=[{"code": "L92"}]))
    assert isinstance(changed, ChangedContact)
    assert changed.after.status == "ok"


def test_changed_contacts_are_those_with_different_verdicts(
    comparison: ImpactComparison, release: Release, draft: Release, catalogue: Catalogue
) -> None:
    chance = random.Random(11)
    requests = [{"encounter": {**random_contact(chance), "specialty": "51"}} for _ in range(150)]
    items, totals = compare(comparison, *(json.dumps(request).encode() for request in requests))
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
    assert [item.line for item in items] == differing
    assert totals.changed == len(differing) > 10


def outcome(lines: Iterable[bytes | None], *used: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    items, totals = [], ImpactTotals()
    for changed, sums in measure_impact(lines, *used):
        items += list(map(asdict, changed))
        totals.add(sums)
    return items, totals.to_json()


@pytest.mark.slow
def test_a_long_file_is_judged_by_several_processes_in_order(
    release: Release, draft: Release, catalogue: Catalogue, comparison: ImpactComparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps(request).encode() for request in drawn_contacts(CHUNK_LINES * 6)]
    lines[CHUNK_LINES * 3] = b"{"
    monkeypatch.setattr(impact_workers, "_comparison", None)  # not in this process
    items, sums = outcome(iter(lines), release, draft, catalogue)
    expected, totals = comparison.compare_lines(1, lines)
    assert items == list(map(asdict, expected))
    assert sums == totals.to_json()
    assert (sums["contacts"], sums["bad_lines"]) == (len(lines) - 1, 1)


def test_a_long_file_is_read_in_step_with_the_judging(
    release: Release, draft: Release, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory must not grow with the file, so only the chunks that are about to be judged are read."""
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
