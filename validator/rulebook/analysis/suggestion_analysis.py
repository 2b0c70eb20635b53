"""Checks of suggestions: codes already present, refused by every course, or found by another rule."""

import datetime
from dataclasses import replace

from validator.contract.encounter import ROLES
from validator.rulebook.analysis.rule_analysis import AnalysedRule
from validator.rulebook.course import Course, MainDiagnosis
from validator.rulebook.rule import Proposal


def is_there_already(one: AnalysedRule, proposal: Proposal) -> bool:
    """Return whether every contact that the rule finds already has the suggested code."""
    if proposal.action not in ("add", "replace"):
        return False
    of_code = one.search.space.of_code(proposal.code or "")
    return not any(one.search.exists(contact.without_beside(of_code)) for contact in one.live)


def refused_since(one: AnalysedRule, proposal: Proposal) -> tuple[datetime.date, tuple[str, ...]] | None:
    """Return the day from which every course of the rule refuses the code, and the codes accepted; else None."""
    if proposal.action != "replace" or one.reach & ~one.search.space.of_role("main"):
        return None
    days = [_refusal(setting.course, proposal.code or "") for setting in one.settings]
    found = [day for day in days if day is not None]
    if not found or len(found) < len(days):
        return None
    since, codes = max(found)
    return (since, codes) if since <= one.period.last else None


def is_found_by(other: AnalysedRule, one: AnalysedRule, proposal: Proposal) -> bool:
    """Return whether `other` finds the suggested code wherever `one` suggests it."""
    if other.rule.each is None or one.rule.each is None or proposal.action != "replace" or not other.live:
        return False
    space = one.search.space
    suggested = space.of_code(proposal.code or "")
    if not suggested & other.reach or not other.period.contains(one.period):
        return False
    for contact in one.live:
        for role in ROLES:
            found = (contact.found or 0) & space.of_role(role)
            changed = replace(contact, found=found, replacement=suggested & space.of_role(role))
            if found and one.search.escapes(changed, other.branches):
                return False
    return True


def _refusal(course: Course | None, code: str) -> tuple[datetime.date, tuple[str, ...]] | None:
    """Return the day from which a course never accepts a code again, and the codes it accepts last."""
    refusing: MainDiagnosis | None = None
    for entry in reversed(course.main_diagnosis if course else ()):
        if code in entry.codes + entry.start_codes or (refusing is None and entry.to is not None):
            break
        refusing = entry
    return (refusing.start, course.main_diagnosis[-1].codes) if refusing and course else None
