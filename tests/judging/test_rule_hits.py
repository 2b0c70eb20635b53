"""The findings of rules on one contact are limited, and the answer says what is left out."""

from dataclasses import replace
from typing import Any

import pytest

from tests.altered import judge_by
from tests.contacts import found, kinds
from tests.engines.factories import rule
from validator.catalogue.catalogue import Catalogue
from validator.contract.finding_kinds import Severity
from validator.judging import rule_hits
from validator.rulebook.conditions import Test
from validator.rulebook.release import Release

MAIN = Test("role", "is", "secondary")
CONTACT: dict[str, Any] = {"diagnoses": [{"code": code, "role": "secondary"} for code in ("L84", "L86", "L89", "L90")]}


@pytest.fixture
def changed(release: Release) -> Release:
    """A release with three rules that find every diagnosis; the last finds an error."""
    mild = [rule(MAIN, each=True, id=f"dk.mild{number}", kind="residual-code") for number in (1, 2)]
    return replace(release, rules=(*mild, rule(MAIN, each=True, id="dk.alvorlig", kind="visit-not-coded", severity=Severity.ERROR)))


def test_all_findings_up_to_the_limit_are_shown(changed: Release, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_hits, "MAX_FINDINGS", 12)
    assert len(judge_by(changed, catalogue, **CONTACT)["findings"]) == 12


def test_the_most_serious_findings_are_kept(changed: Release, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_hits, "MAX_FINDINGS", 5)
    answer = judge_by(changed, catalogue, **CONTACT)
    assert kinds(answer) == ["visit-not-coded"] * 4 + ["findings-omitted", "residual-code"]
    assert answer["status"] == "error"
    omitted = found(answer, "findings-omitted")
    assert (omitted["severity"], omitted["audience"], omitted["path"]) == ("information", "clinician", "/encounter/diagnoses")
    assert omitted["message"] == "7 bemærkninger fra reglerne er udeladt: højst 5 vises på en kontakt."
    assert [item["rule"] for item in answer["findings"]].count("dk.mild1") == 1
    assert judge_by(changed, catalogue, **CONTACT) == answer
