"""Suggestions that would be refused in their turn: found by a rule, outside the course's set, or there already."""

import datetime
from collections.abc import Iterator

from validator.authoring.checks.rule_warnings import Examined
from validator.authoring.checks.satisfiability import Contact, Search, is_own
from validator.authoring.checks.source_places import Places
from validator.rulebook.conditions import Exists
from validator.rulebook.course import Course, MainDiagnosis
from validator.rulebook.normal_form import Branch
from validator.rulebook.rule import Proposal
from validator.rulebook.yaml.problems import Problem


def suggestion_warnings(rules: list[Examined], places: Places) -> Iterator[Problem]:
    """What is doubtful about the codes that the rules suggest."""
    for one in rules:
        for number, proposal in enumerate(one.rule.suggest):
            if proposal.code is None or not one.live:
                continue
            place = places.rule(one.rule.id, "suggest", number)
            if _is_there(one, proposal):
                yield Problem("suggestion-there", place, {"code": proposal.code})
                continue
            refused = _refused_since(one, proposal)
            if refused is not None:
                since, codes = refused
                values = {"code": proposal.code, "since": f"fra {since}", "codes": " eller ".join(codes)}
                yield Problem("suggestion-refused", place, values)
            other = next((other for other in rules if _finds(other, one, proposal)), None)
            if other is not None:
                yield Problem("suggestion-found", place, {"code": proposal.code, "other": other.rule.id})


def _is_there(one: Examined, proposal: Proposal) -> bool:
    """Whether the rule finds something only where the code stands on the contact beside the diagnosis that is found."""
    if proposal.action not in ("add", "replace"):
        return False
    of_code = one.search.space.of_code(proposal.code or "")
    return not any(one.search.exists(contact.without_beside(of_code)) for contact in one.live)


def _refused_since(one: Examined, proposal: Proposal) -> tuple[datetime.date, tuple[str, ...]] | None:
    """The day from which no course that the rule can concern takes the code as its main diagnosis, and the codes it takes."""
    main = one.search.space.of_role("main")
    if proposal.action != "replace" or one.reach & ~main:
        return None
    settings = [setting for contact in one.live for setting in contact.settings if one.search.fits(contact, setting)]
    days = [_never_from(setting.course, proposal.code or "") for setting in settings]
    found = [day for day in days if day is not None]
    if not found or len(found) < len(days):
        return None
    since, codes = max(found)
    return (since, codes) if since <= one.period.last else None


def _never_from(course: Course | None, code: str) -> tuple[datetime.date, tuple[str, ...]] | None:
    """The day from which a course never takes a code any more, and what it takes at last."""
    refusing: MainDiagnosis | None = None
    for entry in reversed(course.main_diagnosis if course else ()):
        if code in entry.codes + entry.start_codes or (refusing is None and entry.to is not None):
            break
        refusing = entry
    return (refusing.start, course.main_diagnosis[-1].codes) if refusing and course else None


def _finds(other: Examined, one: Examined, proposal: Proposal) -> bool:
    """Whether `other` finds the suggested code wherever `one` suggests it."""
    if other.rule.each is None or one.rule.each is None or proposal.action != "replace" or not other.live:
        return False
    space = one.search.space
    suggested = space.of_code(proposal.code or "")
    if not suggested & other.reach or not other.period.holds(one.period):
        return False
    for contact in one.live:
        for role in ("main", "secondary"):
            found = (contact.found or 0) & space.of_role(role)
            changed = suggested & space.of_role(role)
            if found and _spared(one.search, contact.with_found(found), changed, other.branches):
                return False
    return True


def _spared(search: Search, contact: Contact, changed: int, branches: list[Branch]) -> bool:
    """Whether there can be such a contact on which none of the branches finds the `changed` diagnosis."""
    fits = any(
        search.fits(contact, setting) and changed & search.space.possible(setting, search.period) for setting in contact.settings
    )
    if not fits or not search.exists(contact):
        return False
    if not branches:
        return True
    for literal in branches[0]:
        if isinstance(literal, Exists):  # what the other diagnoses are afterwards is not followed
            spared = _spared(search, contact, changed, branches[1:])
        elif is_own(literal):
            spared = _spared(search, contact, changed & ~search.space.mask(literal), branches[1:])
        else:
            spared = any(_spared(search, other, changed, branches[1:]) for other in search.without_literal(contact, literal))
        if spared:
            return True
    return False
