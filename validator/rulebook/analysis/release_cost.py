"""What the worst contact costs by a release, counted from its rules before it is published.

The worst contact has MAX_DIAGNOSES different codes and is found by every rule that is in force with the others. A rule
that names its codes finds only those.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from validator.requests.fields import MAX_ITEMS
from validator.rulebook.conditions import Exists, Test
from validator.rulebook.normal_form import Branch, branches_of
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

MAX_DIAGNOSES = MAX_ITEMS  # of a contact, by the contract
MAX_BRANCH_TESTS = 100  # durable-rules fails at 250
MAX_TESTS = 2_000  # of all the rules in force together
MAX_FINDINGS = 5_000  # of rules, on one contact
MAX_SUGGESTIONS_TO_TRY = 10_000
MAX_CHARACTERS = 4_000_000  # of texts of rules, in one answer
_TITLE_LENGTH = 100  # characters; longer titles of codes are rare
_SHOWN_SUGGESTIONS = 5

_Measure = Callable[[Rule], int]


@dataclass(frozen=True, slots=True)
class ExcessiveCost:
    """A limit that the rules in force together exceed; `rule` has the greatest part in it."""

    problem: str
    rule: str
    count: int
    limit: int


def find_excessive_costs(release: Release) -> list[ExcessiveCost]:
    """Return each limit that the release exceeds, with the greatest count."""
    costs = [
        ExcessiveCost("too-many-tests", rule.id, longest, MAX_BRANCH_TESTS)
        for rule in release.rules
        if (longest := max(map(_count_tests, branches_of(rule.when)), default=0) + len(rule.unless)) > MAX_BRANCH_TESTS
    ]
    for problem, limit, cost, measure in _measures(release):
        if cost(release.rules, measure) <= limit:
            continue  # then fewer rules cost no more
        worst = max(_rules_in_force(release), key=lambda rules: cost(rules, measure))
        count = cost(worst, measure)
        if count > limit:
            rule = max(worst, key=lambda rule: cost([rule], measure))
            costs.append(ExcessiveCost(problem, rule.id, count, limit))
    return costs


def _measures(release: Release) -> Iterator[tuple[str, int, Callable[[Sequence[Rule], _Measure], int], _Measure]]:
    """Yield each measure with the problem where it exceeds its limit, and how the rules' measures are added."""
    entries = [entry for course in release.courses.values() for entry in course.main_diagnosis]
    codes = max((sum(len(code) + 2 for code in entry.codes) for entry in entries), default=0)
    titles = max((len(text) for course in release.courses.values() for text in course.title.values()), default=0)
    lengths = {"{codes}": codes, "{course}": titles, "{title}": _TITLE_LENGTH}
    course_set = max((len(entry.codes) for entry in entries), default=0)

    def suggestions(rule: Rule) -> int:
        return sum(course_set if proposal.table == "course-set" else 1 for proposal in rule.suggest)

    def characters(rule: Rule) -> int:
        texts = [rule.message.get(language, "") + rule.explanation.get(language, "") for language in release.languages]
        filled = max(len(text) + sum(text.count(name) * length for name, length in lengths.items()) for text in texts)
        source = release.sources[rule.source]
        return filled + len(source.title) + len(source.url or "") + min(suggestions(rule), _SHOWN_SUGGESTIONS) * _TITLE_LENGTH

    yield "costly-tests", MAX_TESTS, _total, _count_rule_tests
    yield "costly-findings", MAX_FINDINGS, _on_worst_contact, lambda _: 1
    yield "costly-suggestions", MAX_SUGGESTIONS_TO_TRY, _on_worst_contact, suggestions
    yield "costly-texts", MAX_CHARACTERS, _on_worst_contact, characters


def _total(rules: Sequence[Rule], measure: _Measure) -> int:
    return sum(map(measure, rules))


def _on_worst_contact(rules: Sequence[Rule], measure: _Measure) -> int:
    """Return the sum of a measure over all findings of the worst contact."""
    always, by_code = 0, Counter[str]()
    for rule in rules:
        cost, codes = measure(rule), _named_codes(rule)
        if rule.each is None:
            always += cost
        elif codes is None:
            always += cost * MAX_DIAGNOSES
        else:
            by_code.update(dict.fromkeys(codes, cost))
    return always + sum(cost for _, cost in by_code.most_common(MAX_DIAGNOSES))


def _named_codes(rule: Rule) -> set[str] | None:
    """Return the codes that a rule can find, None where a part of its condition does not name them."""
    codes: set[str] = set()
    for branch in branches_of(rule.when):
        named = next(filter(None, map(_codes_of, branch)), None)
        if named is None:
            return None
        codes |= named
    return codes


def _codes_of(literal: Test | Exists) -> set[str] | None:
    if isinstance(literal, Exists) or literal.field != "code" or literal.operator not in ("is", "one_of"):
        return None
    return set(map(str, literal.value)) if isinstance(literal.value, tuple) else {str(literal.value)}


def _count_rule_tests(rule: Rule) -> int:
    return sum(_count_tests(branch) for branch in branches_of(rule.when))


def _count_tests(branch: Branch) -> int:
    return sum(len(literal.tests) if isinstance(literal, Exists) else 1 for literal in branch)


def _rules_in_force(release: Release) -> Iterator[list[Rule]]:
    """Yield the rules in force together, for every specialty on every day on which a rule begins."""
    days = sorted({rule.period.first for rule in release.rules})
    specialties = (None, *sorted({name for rule in release.rules for name in rule.specialties}))
    for day, specialty in product(days, specialties):
        yield [rule for rule in release.rules if rule.applies(specialty, day)]
