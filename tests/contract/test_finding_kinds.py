"""The kinds of finding equal the contract's table, with severity, blocking and audience."""

import pytest

from tests.contract_table import CONTRACT, SWEDISH
from validator.contract.finding_kinds import KINDS, Severity
from validator.rulebook.release import Release
from validator.texts import FINDINGS


def test_the_kinds_are_those_of_the_contract() -> None:
    assert len(CONTRACT) == 42
    assert {name: (str(kind.severity), kind.blocking, str(kind.audience)) for name, kind in KINDS.items()} == CONTRACT


def test_only_structural_impossibilities_block() -> None:
    blocking = {name for name, (_, blocks, _) in CONTRACT.items() if blocks}
    assert blocking == {"unknown-code", "wrong-system", "process-code", "retired-code"}
    assert all(KINDS[name].severity is Severity.ERROR for name in blocking)


def test_severities_are_ordered_from_the_worst() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == ["error", "warning", "information"]


@pytest.mark.parametrize("kind", sorted(SWEDISH))
def test_every_swedish_kind_has_rules_in_the_swedish_pack_only(kind: str, releases: list[Release]) -> None:
    assert kind not in FINDINGS["da"]
    assert {release.pack for release in releases for rule in release.rules if rule.kind == kind} == {"se"}


@pytest.mark.parametrize("kind", sorted(CONTRACT.keys() - SWEDISH))
def test_every_danish_kind_has_a_fixed_text_or_a_rule(kind: str, release: Release) -> None:
    by_rule = {rule.kind for rule in release.rules}
    assert (kind in FINDINGS["da"]) is not (kind in by_rule)
