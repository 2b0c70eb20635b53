"""An override has a reason and stays in the answer; the finding no longer counts, but is still reported."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.contacts import found, kinds, main, proposed

Judge = Callable[..., dict[str, Any]]
REASON = "Ingen anden rubrik passer"
RESIDUAL = {"rule": "dk.restkode", "reason": REASON}
TWO_PROCESSES = [{"code": "A30", "role": "main"}, {"code": "A31", "role": "secondary"}]


def test_an_overridden_finding_stays_and_does_not_count(judge: Judge) -> None:
    answer = judge([RESIDUAL], **main("L29"))
    assert (kinds(answer), answer["status"]) == (["residual-code"], "ok")
    assert answer["findings"][0]["overridden"] == {"reason": REASON}


def test_an_overridden_finding_is_otherwise_the_same(judge: Judge) -> None:
    plain = judge(**main("L92", course="artrose-knae"))
    overridden = judge([{"rule": "dk.51.artrose-knae", "reason": REASON}], **main("L92", course="artrose-knae"))
    assert (plain["status"], overridden["status"], overridden["savable"]) == ("error", "ok", True)
    assert overridden["findings"] == [{**plain["findings"][0], "overridden": {"reason": REASON}}]


def test_what_is_not_overridden_still_counts(judge: Judge) -> None:
    contact = main("L29", course="artrose-knae")
    assert judge([RESIDUAL], **contact)["status"] == "error"
    assert judge([{"rule": "dk.51.artrose-knae", "reason": REASON}], **contact)["status"] == "information"


@pytest.mark.parametrize(
    "blank", [{"reason": ""}, {"reason": "   "}, {"reason": "\n\t"}, {"reason": "\u00a0"}, {"reason": None}, {}]
)
def test_without_a_reason_it_has_no_effect(blank: dict[str, Any], judge: Judge) -> None:
    answer = judge([{"rule": "dk.restkode", **blank}], **main("L29"))
    assert (kinds(answer), answer["status"]) == (["override-without-reason", "residual-code"], "warning")
    assert found(answer, "residual-code")["overridden"] is None
    assert found(answer, "override-without-reason")["path"] == "/overrides/0/reason"
    assert "dk.restkode" in found(answer, "override-without-reason")["message"]


@pytest.mark.parametrize("code", ["L21", "M17.1", "L57"])
def test_a_blocking_finding_cannot_be_overridden(code: str, judge: Judge) -> None:
    kind = kinds(judge(**main(code)))[0]
    answer = judge([{"rule": f"core.{kind}", "reason": REASON}], **main(code))
    assert kinds(answer) == [kind, "override-refused"]
    assert (answer["savable"], answer["status"]) == (False, "error")
    assert found(answer, kind)["overridden"] is None
    assert found(answer, "override-refused")["audience"] == "vendor"


def test_the_same_rule_may_be_overridden_where_it_does_not_block(judge: Judge) -> None:
    answer = judge([{"rule": "core.process-code", "reason": REASON}], **main("A30"))
    assert (kinds(answer), answer["status"]) == (["process-code"], "ok")


@pytest.mark.parametrize("rule", ["dk.restkode", "findes.ikke", "core.unknown-code", "", "dk.51.artrose-knae", "x" * 200])
def test_an_override_of_a_rule_that_did_not_fire_is_reported(rule: str, judge: Judge) -> None:
    answer = judge([{"rule": rule, "reason": REASON}], **main("L84"))
    assert (kinds(answer), answer["status"]) == (["unknown-override"], "warning")
    assert answer["findings"][0]["path"] == "/overrides/0/rule"
    assert len(answer["findings"][0]["message"]) <= 200


def test_an_override_without_a_path_applies_to_every_place(judge: Judge) -> None:
    answer = judge([{"rule": "core.process-code", "reason": REASON}], diagnoses=TWO_PROCESSES)
    assert [finding["overridden"] for finding in answer["findings"]] == [{"reason": REASON}] * 2
    assert answer["status"] == "ok"


def test_a_path_chooses_one_place(judge: Judge) -> None:
    override = {"rule": "core.process-code", "reason": REASON, "path": "/encounter/diagnoses/1/code"}
    answer = judge([override], diagnoses=TWO_PROCESSES)
    assert [finding["overridden"] for finding in answer["findings"]] == [None, {"reason": REASON}]
    assert answer["status"] == "warning"


@pytest.mark.parametrize("path", ["/encounter/diagnoses/2/code", "/encounter/diagnoses", "", "diagnoses"])
def test_a_path_where_the_rule_did_not_fire_is_reported(path: str, judge: Judge) -> None:
    answer = judge([{**RESIDUAL, "path": path}], **main("L29"))
    assert kinds(answer) == ["unknown-override", "residual-code"]
    assert found(answer, "residual-code")["overridden"] is None


def test_an_override_is_refused_only_where_the_rule_blocks(judge: Judge) -> None:
    diagnoses = [{"code": "A30", "role": "main"}, {"code": "L57", "role": "secondary"}]
    answer = judge([{"rule": "core.process-code", "reason": REASON}], diagnoses=diagnoses)
    assert kinds(answer) == ["process-code", "process-code", "override-refused"]
    overridden = {finding["path"]: finding["overridden"] for finding in answer["findings"] if finding["kind"] == "process-code"}
    assert overridden == {"/encounter/diagnoses/0/code": {"reason": REASON}, "/encounter/diagnoses/1/code": None}


def test_each_override_gives_its_own_finding(judge: Judge) -> None:
    overrides = [{"rule": "a", "reason": REASON}, RESIDUAL, {"rule": "b", "reason": ""}]
    answer = judge(overrides, **main("L29"))
    assert [finding["path"] for finding in answer["findings"]] == [
        "/overrides/0/rule",
        "/overrides/2/rule",
        "/encounter/diagnoses/0/code",
    ]


def test_the_finding_of_an_unknown_member_can_be_overridden(judge: Judge) -> None:
    """It is a finding like any other, and its rule fired."""
    answer = judge([{"rule": "core.unknown-field", "reason": REASON}], **main("L84", ekstra=1))
    assert kinds(answer) == ["unknown-field"]
    assert answer["findings"][0]["overridden"] == {"reason": REASON}


def test_an_override_s_own_finding_is_not_overridden(judge: Judge) -> None:
    overrides = [{"rule": "a", "reason": REASON}, {"rule": "core.unknown-override", "reason": REASON}]
    answer = judge(overrides, **main("L84"))
    assert kinds(answer) == ["unknown-override", "unknown-override"]
    assert answer["status"] == "warning"


def test_an_override_changes_no_suggestion(judge: Judge) -> None:
    contact = main("L84", observations={"radiating_pain": True})
    answer = judge([{"rule": "dk.l84-med-udstraaling", "reason": REASON}], **contact)
    assert proposed(answer["findings"][0]) == ["replace L86"]


@pytest.mark.parametrize("overrides", [None, []])
def test_no_overrides_are_accepted(overrides: list[dict[str, Any]] | None, judge: Judge) -> None:
    assert kinds(judge(overrides, **main("L84"))) == []
