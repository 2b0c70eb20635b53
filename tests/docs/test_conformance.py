"""The conformance pack is complete, in one form, and true of the shipped releases."""

import re
from typing import Any

import pytest

from tests.conformance import DRAFT, LINES, expectation
from tests.conftest import ROOT
from tests.contract_table import CONTRACT, LIMITS
from validator import Service, read_request
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.folder import read_folder

NOT_WITH_WHAT_SHIPS = {"retired-code", "new-code-wanted"}  # see the test of the reasons
MEMBERS = ["id", "about", "request", "expect"]


@pytest.fixture(scope="module")
def with_drafts(catalogue: Catalogue) -> Service:
    """A service that judges by drafts, too, where a line names one."""
    return Service.from_releases(catalogue, read_folder(ROOT / "rules", catalogue, drafts=True), drafts=True)


def test_every_line_has_the_members_of_the_pack() -> None:
    for line in LINES:
        assert [name for name in line if name != "release"] == MEMBERS, line["id"]
        assert list(line["expect"]) == ["status", "savable", "findings"], line["id"]
        assert all(list(finding) == ["kind", "path", "suggestions"] for finding in line["expect"]["findings"]), line["id"]
        assert line.get("release", DRAFT) == DRAFT, line["id"]
        assert line["about"], line["id"]


def test_every_line_has_an_id_of_its_own() -> None:
    assert len({line["id"] for line in LINES}) == len(LINES)


def test_no_request_stands_twice() -> None:
    assert len({str((line["request"], line.get("release"))) for line in LINES}) == len(LINES)


def test_every_kind_of_the_contract_is_found_and_most_have_a_quiet_line() -> None:
    found = {finding["kind"] for line in LINES for finding in line["expect"]["findings"]}
    assert found == CONTRACT.keys() - NOT_WITH_WHAT_SHIPS - LIMITS
    assert sum(not line["expect"]["findings"] for line in LINES) > len(LINES) / 5


def test_nothing_that_ships_can_bring_the_kinds_without_a_line(catalogue: Catalogue) -> None:
    """Where one of these fails, the pack needs a line for the kind, and NOT_WITH_WHAT_SHIPS and the guide name one less."""
    # retired-code: no code of the shipped catalogue has a first or last day; only an imported edition brings them.
    assert catalogue.change_dates == frozenset()
    # new-code-wanted: no period of a shipped release, drafts included, says `running: ask`.
    periods = [
        period
        for release in read_folder(ROOT / "rules", catalogue, drafts=True)
        for course in release.courses.values()
        for period in course.main_diagnosis
    ]
    assert {period.running for period in periods} == {"keep"}


def test_the_guide_names_the_kinds_without_a_line() -> None:
    guide = (ROOT / "docs" / "integration.md").read_text(encoding="utf-8")
    section = guide.partition("\n## Conformance\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z-]+)`", section)) >= NOT_WITH_WHAT_SHIPS | LIMITS


def test_the_status_follows_from_the_findings_of_the_contract() -> None:
    for line in LINES:
        kinds = [finding["kind"] for finding in line["expect"]["findings"]]
        if "overrides" not in line["request"] and "process-code" not in kinds:
            severities = {CONTRACT[kind][0] for kind in kinds}
            worst = next((severity for severity in ("error", "warning", "information") if severity in severities), "ok")
            assert line["expect"]["status"] == worst, line["id"]
            assert line["expect"]["savable"] == (not any(CONTRACT[kind][1] for kind in kinds)), line["id"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["id"])
def test_a_line_holds(with_drafts: Service, line: dict[str, Any]) -> None:
    verdict = with_drafts.judge(read_request(line["request"]), release=line.get("release"))
    assert expectation(verdict.to_json()) == line["expect"], line["about"]
