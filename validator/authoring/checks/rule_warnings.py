"""What is doubtful about a release's rules though nothing is wrong with how they are written. Never an alarm for nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from validator.authoring.checks.contact_space import Period, Space, period_of
from validator.authoring.checks.satisfiability import Contact, Search, whole_branches
from validator.authoring.checks.source_places import Places
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.condition_text import written
from validator.rulebook.normal_form import Branch
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.rulebook.yaml.problems import Problem


@dataclass
class Examined:
    """A rule with its branches, and the contacts that each of them can find; None where it can find none."""

    number: int
    rule: Rule
    search: Search
    branches: list[Branch]

    @cached_property
    def contacts(self) -> list[Contact | None]:
        made = map(self.search.with_branch, self.branches)
        return [contact if self.search.exists(contact) else None for contact in made]

    @cached_property
    def live(self) -> list[Contact]:
        return [contact for contact in self.contacts if contact is not None]

    @cached_property
    def reach(self) -> int:
        """Every diagnosis that the rule can point at."""
        reach = 0
        for contact in self.live:
            reach |= contact.found or 0
        return reach

    @property
    def period(self) -> Period:
        return self.search.period


def examine(release: Release, catalogue: Catalogue) -> list[Examined]:
    """The rules of a release, made ready to be asked about."""
    space = Space(release, catalogue)
    return [
        Examined(number, rule, Search(space, period_of(rule), each=rule.each is not None), whole_branches(rule))
        for number, rule in enumerate(release.rules)
    ]


def rule_warnings(rules: list[Examined], places: Places) -> Iterator[Problem]:
    """Rules and parts of rules that can find nothing, rules that another one covers, placeholders that stay empty."""
    for one in rules:
        if not one.live:
            values = {"rule": one.rule.id, "why": _why(one)}
            yield Problem("rule-never-fires", places.rule(one.rule.id, "when"), values)
            continue
        for branch, contact in zip(one.branches, one.contacts, strict=True):
            if contact is None:
                values = {"branch": written(branch)}
                yield Problem("branch-never-fires", places.rule(one.rule.id, "when"), values)
        other = next((other for other in rules if other is not one and covers(other, one)), None)
        if other is not None:
            yield Problem("rule-covered", places.rule(one.rule.id), {"rule": one.rule.id, "other": other.rule.id})
        yield from _empty_placeholders(one, places)


def covers(other: Examined, one: Examined) -> bool:
    """Whether `other` finds everything that `one` finds, in the same place; of two that find the same, the first covers."""
    alike = (one.rule.kind, one.rule.each, one.rule.at) == (other.rule.kind, other.rule.each, other.rule.at)
    if not alike or one.reach & ~other.reach or not other.live or not other.period.holds(one.period):
        return False
    if any(one.search.escapes(contact, other.branches) for contact in one.live):
        return False
    return other.number < one.number or not _covers_back(one, other)


def _covers_back(one: Examined, other: Examined) -> bool:
    return one.period.holds(other.period) and not any(other.search.escapes(contact, one.branches) for contact in other.live)


def _why(one: Examined) -> str:
    """Why the first branch of a rule can find nothing."""
    contact = one.search.with_branch(one.branches[0])
    if not contact.settings:
        return "intet forløb eller speciale i udgaven passer"
    if contact.found == 0:
        return "ingen kode i kataloget opfylder alle testene på diagnosen"
    if 0 in contact.there:
        return 'ingen kode i kataloget opfylder testene under "diagnosis:"'
    if any(one.search.fits(contact, setting) for setting in contact.settings):
        return "testene modsiger hinanden"
    return "forløbet og diagnoserne kan ikke stå sammen"


def _empty_placeholders(one: Examined, places: Places) -> Iterator[Problem]:
    settings = [setting for contact in one.live for setting in contact.settings if one.search.fits(contact, setting)]
    without_codes = [setting for setting in settings if setting.course is None or not setting.course.main_diagnosis]
    lacking = {
        "course": ("kontakten ikke hører til et forløb", any(setting.course is None for setting in settings)),
        "codes": ("kontakten ikke hører til et forløb med koder", bool(without_codes)),
    }
    for key, texts in (("message", one.rule.message), ("explanation", one.rule.explanation)):
        for language, text in texts.items():
            for name, (what, empty) in lacking.items():
                if empty and f"{{{name}}}" in text:
                    yield Problem("placeholder-empty", places.rule(one.rule.id, key, language), {"name": name, "when": what})
