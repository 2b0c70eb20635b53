"""The rules of a release, and what each can find among the contacts that there can be. Never an alarm for nothing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.analysis.contact_search import ContactDemands, ContactSearch, complete_branches
from validator.rulebook.analysis.diagnosis_space import ContactSetting, DiagnosisSpace
from validator.rulebook.normal_form import Branch
from validator.rulebook.release import Release
from validator.rulebook.rule import Period, Rule

NeverReason = Literal["no-setting", "no-code", "no-code-in-block", "contradiction", "no-common-setting"]


@dataclass
class AnalysedRule:
    """A rule with its branches; `number` is its place in the release."""

    number: int
    rule: Rule
    search: ContactSearch
    branches: list[Branch]

    @cached_property
    def contacts(self) -> list[ContactDemands | None]:
        """What each branch demands of a contact; None where there can be no such contact."""
        made = map(self.search.with_branch, self.branches)
        return [contact if self.search.exists(contact) else None for contact in made]

    @cached_property
    def live(self) -> list[ContactDemands]:
        """What the branches that can hold demand."""
        return [contact for contact in self.contacts if contact is not None]

    @cached_property
    def reach(self) -> int:
        """Every diagnosis that the rule can point at."""
        reach = 0
        for contact in self.live:
            reach |= contact.found or 0
        return reach

    @cached_property
    def settings(self) -> list[ContactSetting]:
        """Where a contact may belong that the rule finds."""
        return [setting for contact in self.live for setting in contact.settings if self.search.fits(contact, setting)]

    @property
    def period(self) -> Period:
        return self.search.period


def analyse_rules(release: Release, catalogue: Catalogue) -> list[AnalysedRule]:
    """The rules of a release, in order."""
    space = DiagnosisSpace(release, catalogue)
    return [
        AnalysedRule(number, rule, ContactSearch(space, rule.period, each=rule.each is not None), complete_branches(rule))
        for number, rule in enumerate(release.rules)
    ]


def never_reason(one: AnalysedRule) -> NeverReason:
    """Why the first branch of a rule that is not live can find nothing."""
    contact = one.search.with_branch(one.branches[0])
    if not contact.settings:
        return "no-setting"
    if contact.found == 0:
        return "no-code"
    if 0 in contact.there:
        return "no-code-in-block"
    return "contradiction" if any(one.search.fits(contact, setting) for setting in contact.settings) else "no-common-setting"


def covers(other: AnalysedRule, one: AnalysedRule) -> bool:
    """Whether `other` finds everything that `one` finds, in the same place; of two that find the same, the first covers."""
    alike = (one.rule.kind, one.rule.each, one.rule.at) == (other.rule.kind, other.rule.each, other.rule.at)
    if not alike or one.reach & ~other.reach or not other.live or not _finds_all(other, one):
        return False
    return other.number < one.number or not _finds_all(one, other)


def _finds_all(other: AnalysedRule, one: AnalysedRule) -> bool:
    """Whether no contact that `one` finds escapes `other`."""
    return other.period.contains(one.period) and not any(one.search.escapes(contact, other.branches) for contact in one.live)
