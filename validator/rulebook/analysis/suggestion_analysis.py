"""Analysis of what a suggestion leads to.

The suggested code may be present already, rejected by every course, or found by another rule.
"""

import datetime
from dataclasses import replace

from validator.contract.encounter import ROLES
from validator.rulebook.analysis.rule_analysis import AnalysedRule
from validator.rulebook.course import Course, MainDiagnosis
from validator.rulebook.rule import Proposal


def is_always_present(analysed: AnalysedRule, proposal: Proposal) -> bool:
    """Return whether the rule fires only for contacts that have the suggested code already.

    The contact has it in addition to the diagnosis that the rule finds.
    """
    if proposal.action not in ("add", "replace"):
        return False
    suggested = analysed.search.space.with_code(proposal.code or "")
    return not any(analysed.search.exists(contact.without_others(suggested)) for contact in analysed.reachable)


def first_rejection(analysed: AnalysedRule, proposal: Proposal) -> tuple[datetime.date, tuple[str, ...]] | None:
    """Return the day from which all courses of the rule reject the code, and what they accept.

    The code is rejected as main diagnosis.
    """
    if proposal.action != "replace" or analysed.targets & ~analysed.search.space.with_role("main"):
        return None
    days = [_last_rejection(setting.course, proposal.code or "") for setting in analysed.settings]
    rejections = [day for day in days if day is not None]
    if not rejections or len(rejections) < len(days):
        return None
    since, codes = max(rejections)
    return (since, codes) if since <= analysed.period.last else None


def is_found_by(other: AnalysedRule, analysed: AnalysedRule, proposal: Proposal) -> bool:
    """Return whether `other` finds the suggested code whenever `analysed` suggests it."""
    if other.rule.each is None or analysed.rule.each is None or proposal.action != "replace" or not other.reachable:
        return False
    space = analysed.search.space
    suggested = space.with_code(proposal.code or "")
    if not suggested & other.targets or not other.period.contains(analysed.period):
        return False
    changed = (
        replace(contact, finding=finding, replacement=suggested & space.with_role(role))
        for contact in analysed.reachable
        for role in ROLES
        if (finding := (contact.finding or 0) & space.with_role(role))
    )
    return not analysed.search.can_avoid(changed, other.branches)


def _last_rejection(course: Course | None, code: str) -> tuple[datetime.date, tuple[str, ...]] | None:
    """Return the day from which a course never accepts a code again.

    The codes that the course accepts last are returned too.
    """
    rejecting: MainDiagnosis | None = None
    for entry in reversed(course.main_diagnosis if course else ()):
        if code in entry.codes + entry.start_codes or (rejecting is None and entry.to is not None):
            break
        rejecting = entry
    return (rejecting.start, course.main_diagnosis[-1].codes) if rejecting and course else None
