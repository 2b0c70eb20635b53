"""What each rule of a release can find among all possible contacts.

Every problem that is reported is real.
"""

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
        """The requirements of each branch; None for a branch that no contact can meet."""
        contacts = map(self.search.with_branch, self.branches)
        return [contact if self.search.exists(contact) else None for contact in contacts]

    @cached_property
    def reachable(self) -> list[ContactDemands]:
        """The requirements of the branches that can hold."""
        return [contact for contact in self.contacts if contact is not None]

    @cached_property
    def targets(self) -> int:
        """The diagnoses that the rule can point at."""
        targets = 0
        for contact in self.reachable:
            targets |= contact.finding or 0
        return targets

    @cached_property
    def settings(self) -> list[ContactSetting]:
        """The settings in which the rule can fire."""
        return [setting for contact in self.reachable for setting in contact.settings if self.search.fits(contact, setting)]

    @property
    def period(self) -> Period:
        """The days on which the rule is in force."""
        return self.search.period


def analyse_rules(release: Release, catalogue: Catalogue) -> list[AnalysedRule]:
    """Return the rules of a release in order."""
    space = DiagnosisSpace(release, catalogue)
    return [
        AnalysedRule(number, rule, ContactSearch(space, rule.period, each=rule.each is not None), complete_branches(rule))
        for number, rule in enumerate(release.rules)
    ]


def never_reason(analysed: AnalysedRule) -> NeverReason:
    """Return why the first branch of a rule without reachable branches never holds."""
    contact = analysed.search.with_branch(analysed.branches[0])
    if not contact.settings:
        return "no-setting"
    if contact.finding == 0:
        return "no-code"
    if 0 in contact.required:
        return "no-code-in-block"
    return "contradiction" if any(analysed.search.fits(contact, setting) for setting in contact.settings) else "no-common-setting"


def covers(other: AnalysedRule, analysed: AnalysedRule) -> bool:
    """Return whether `other` finds everything that `analysed` finds at the same place.

    Of two equal rules, the first covers the second.
    """
    comparable = (analysed.rule.kind, analysed.rule.each, analysed.rule.at) == (other.rule.kind, other.rule.each, other.rule.at)
    if not comparable or analysed.targets & ~other.targets or not other.reachable or not _fires_whenever(other, analysed):
        return False
    return other.number < analysed.number or not _fires_whenever(analysed, other)


def _fires_whenever(other: AnalysedRule, analysed: AnalysedRule) -> bool:
    """Return whether `other` fires for every contact for which `analysed` fires."""
    return other.period.contains(analysed.period) and not analysed.search.can_avoid(analysed.reachable, other.branches)
