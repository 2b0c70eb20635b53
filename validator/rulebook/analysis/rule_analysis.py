"""Analyses what each rule of a release can find among all possible contacts; reports no false alarms."""

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
    """A rule with its branches; `number` is its index in the release."""

    number: int
    rule: Rule
    search: ContactSearch
    branches: list[Branch]

    @cached_property
    def contacts(self) -> list[ContactDemands | None]:
        """The demands of each branch; None where no contact can meet them."""
        demands = map(self.search.with_branch, self.branches)
        return [contact if self.search.exists(contact) else None for contact in demands]

    @cached_property
    def live(self) -> list[ContactDemands]:
        """The demands of the branches that some contact can meet."""
        return [contact for contact in self.contacts if contact is not None]

    @cached_property
    def reach(self) -> int:
        """The diagnoses that the rule can point at, as a bit mask."""
        reach = 0
        for contact in self.live:
            reach |= contact.found or 0
        return reach

    @cached_property
    def settings(self) -> list[ContactSetting]:
        """The settings of the contacts that the rule can find."""
        return [setting for contact in self.live for setting in contact.settings if self.search.fits(contact, setting)]

    @property
    def period(self) -> Period:
        """The days on which the rule is in force."""
        return self.search.period


def analyse_rules(release: Release, catalogue: Catalogue) -> list[AnalysedRule]:
    """Return the analysed rules of a release, in order."""
    space = DiagnosisSpace(release, catalogue)
    return [
        AnalysedRule(number, rule, ContactSearch(space, rule.period, each=rule.each is not None), complete_branches(rule))
        for number, rule in enumerate(release.rules)
    ]


def never_reason(rule: AnalysedRule) -> NeverReason:
    """Return why the first branch of a rule that can find nothing does so."""
    contact = rule.search.with_branch(rule.branches[0])
    if not contact.settings:
        return "no-setting"
    if contact.found == 0:
        return "no-code"
    if 0 in contact.there:
        return "no-code-in-block"
    return "contradiction" if any(rule.search.fits(contact, setting) for setting in contact.settings) else "no-common-setting"


def covers(other: AnalysedRule, one: AnalysedRule) -> bool:
    """Return whether `other` finds all that `one` finds, at the same place; of two equal rules the first covers."""
    same_finding = (one.rule.kind, one.rule.each, one.rule.at) == (other.rule.kind, other.rule.each, other.rule.at)
    if not same_finding or one.reach & ~other.reach or not other.live or not _finds_all(other, one):
        return False
    return other.number < one.number or not _finds_all(one, other)


def _finds_all(other: AnalysedRule, one: AnalysedRule) -> bool:
    """Return whether `other` finds every contact that `one` finds."""
    return other.period.contains(one.period) and not any(one.search.escapes(contact, other.branches) for contact in one.live)
