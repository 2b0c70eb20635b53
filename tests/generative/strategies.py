"""Hypothesis strategies for rulebooks over the whole language of conditions, and for facts of contacts.

Constants come from small pools which rules and contacts share, so that rules fire; contacts also carry values that no rule knows.
"""

import os
from itertools import chain, combinations
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.engines.factories import rule
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Test
from validator.rulebook.facts import Facts
from validator.rulebook.normal_form import MAX_BRANCHES, count_branches
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import EXCEPTIONS, VOCABULARY, Field

# No database and no deadline; a failure prints how to reproduce it.
# `make test` is deterministic, so that only a change of the code can break it; `make soak` draws new examples.
PROFILE = settings(
    database=None,
    deadline=None,
    derandomize="KODEVAGT_SOAK" not in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SIZES = (0, 1, 50, 51, 64, 65, 200)  # branches: around a ruleset of 50, and around the 64 siblings at which durable-rules fails

_INTEGERS = (0, 1, 2, 5, 6, 17, 30, 1_000_000)  # a rule file may say 0 to 1,000,000
_TEXTS = {
    "specialty": ("51", "57", "62", "8", "08"),
    "course": ("artrose", "lumbal-stenose", "nerverod"),
    "visit_type": ("FYS002", "hjemmebesøg", "🦴"),
    "code": ("L84", "L86", "L90", "N87", "X76"),
    "category": ("L84", "L86", "M17"),
    "chapter": ("L", "N", "W", "Y"),
    "previous.codes": ("L84", "L86", "L90"),
    "measures": ("QV001", "QG003"),
    "registrations": ("artrosregistret", "høfteregister"),
}
_ODD = {
    "flag": (),
    "integer": (-1, 3, 1_000_001, -(2**30), 1 - 2**30, 2**30, 2**31, 2**63, 10**30, -(10**30)),
    "text": ("", " ", "l84", "Ærø", "\x00", '"', "\\u0000", "%d", "1", "true", "null", "\ud800", "L84" * 60),
    "list": ((), ("",), ("l84", "L84 ", "\x00")),
}


def _constants(field: Field) -> tuple[Any, ...]:
    if field.type == "flag":
        return True, False
    return _INTEGERS if field.type == "integer" else field.values or _TEXTS[field.name]


def _subsets(constants: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    return [some for count in range(1, 4) for some in combinations(constants, count)]


def _tests(field: Field) -> list[Test]:
    """Return every test that a rule file may have on a field."""
    constants = _constants(field)
    singles: tuple[Any, ...] = ("is", "at_least", "at_most") if field.type == "integer" else ("is",)
    several: tuple[Any, ...] = ("includes", "includes_none") if field.type == "list" else ("one_of", "is_not")
    tests = [Test(field.name, operator, value) for operator in singles for value in constants]
    if field.type == "list":
        tests = [Test(field.name, "empty", True), Test(field.name, "empty", False)]
    groups = [Test(field.name, operator, some) for operator in several for some in _subsets(constants)]
    if field.type == "flag":
        return tests
    return tests * (1 + len(groups) // len(tests)) + groups  # as many of either sort


def _drawn_test(fields: list[Field]) -> st.SearchStrategy[Test]:
    """Draw one of the tests, each field with the same weight; in a single draw, because many leaves are drawn."""
    lists = [_tests(field) for field in fields]
    longest = max(map(len, lists))
    return st.sampled_from([tests[place * len(tests) // longest] for tests in lists for place in range(longest)])


_OF_CONTACT = [field for field in VOCABULARY.values() if field.scope == "encounter"]
_OWN = [field for field in VOCABULARY.values() if field.scope == "diagnosis"]
_OWN_TEST = _drawn_test(_OWN)
BLOCKS = st.builds(Exists, st.lists(_OWN_TEST, min_size=1, max_size=3).map(tuple), st.booleans())
_LEAVES = {False: _drawn_test(_OF_CONTACT) | BLOCKS, True: _drawn_test([*_OF_CONTACT, *_OWN, *_OWN]) | BLOCKS}  # by `each`
# Several tests on one field: many of them contradict each other.
ON_ONE_FIELD = st.sampled_from([_tests(field) for field in VOCABULARY.values()]).flatmap(
    lambda tests: st.lists(st.sampled_from(tests), min_size=1, max_size=4).map(tuple)
)
_SHAPES = st.sampled_from(("leaf", "not", "all 1", "all 2", "all 3", "any 2", "any 3"))


def _nested(draw: st.DrawFn, leaves: st.SearchStrategy[Condition], depth: int) -> Condition:
    shape, _, count = draw(_SHAPES).partition(" ") if depth else ("leaf", "", "")
    if shape == "leaf":
        return draw(leaves)
    if shape == "not":
        return Not(_nested(draw, leaves, depth - 1))
    parts = tuple(_nested(draw, leaves, depth - 1) for _ in range(int(count)))
    return All(parts) if shape == "all" else AnyOf(parts)


@st.composite
def _any_condition(draw: st.DrawFn, *, each: bool) -> Condition:
    return _nested(draw, _LEAVES[each], depth=3)


# Conditions that a rule file may state, by `each`.
CONDITIONS = {
    each: _any_condition(each=each).filter(lambda condition: count_branches(condition) <= MAX_BRANCHES) for each in (False, True)
}
_SEVERAL = {each: st.lists(CONDITIONS[each], max_size=5) for each in (False, True)}
_UNLESS = st.lists(st.sampled_from([(), (), tuple(EXCEPTIONS)]), min_size=4, max_size=4)
_SIZE = st.sampled_from((None,) * 5 + SIZES)


@st.composite
def _rules(draw: st.DrawFn, *, each: bool) -> list[Rule]:
    """Draw rules of one sort, unchanged or resized to exactly one of SIZES in branches."""
    conditions = draw(_SEVERAL[each])
    size = draw(_SIZE)
    if size is not None:
        leaves = [leaf for condition in conditions for leaf in leaves_of(condition)] or [draw(_LEAVES[each])]
        while sum(map(count_branches, conditions)) > size:
            conditions.pop()
        conditions += [_pair(leaves, number) for number in range(size - sum(map(count_branches, conditions)))]
    exceptions = draw(_UNLESS) if each else [()]
    return [rule(condition, each=each, unless=exceptions[place % len(exceptions)]) for place, condition in enumerate(conditions)]


def _pair(leaves: list[Test | Exists], number: int) -> Condition:
    """Return one branch made of leaves already drawn: single ones first, then pairs."""
    first, second = leaves[number % len(leaves)], leaves[number * number % len(leaves)]
    return first if number < len(leaves) or first == second else All((first, second))


def leaves_of(condition: Condition) -> list[Test | Exists]:
    """Return the tests and blocks about diagnoses in a condition."""
    match condition:
        case Test() | Exists():
            return [condition]
        case Not(part):
            return leaves_of(part)
        case All(parts) | AnyOf(parts):
            return [leaf for part in parts for leaf in leaves_of(part)]


def rulebooks() -> st.SearchStrategy[tuple[Rule, ...]]:
    """Draw rules of the contact and rules of each diagnosis, in either order."""
    both = st.tuples(_rules(each=False), _rules(each=True))
    return st.tuples(both, st.booleans()).map(lambda drawn: tuple(chain(*drawn[0][:: -1 if drawn[1] else 1])))


def _values(field: Field) -> st.SearchStrategy[Any]:
    """Draw a value of a field: absent, known to rules, or unknown to them."""
    known, odd = _constants(field), _ODD[field.type]
    if field.name in EXCEPTIONS.values():
        return st.booleans()  # never absent on a diagnosis
    if field.type == "list":
        known = (*_subsets(known), tuple(reversed(known)), known[:1] * 2)
    known *= 1 + len(odd) // len(known)
    return st.sampled_from(known + known + odd + (None,) * (1 + len(known) // 3))


_ENCOUNTERS = st.fixed_dictionaries({field.name: _values(field) for field in _OF_CONTACT})
_DIAGNOSES = st.lists(st.fixed_dictionaries({field.name: _values(field) for field in _OWN}), max_size=6).map(tuple)


def contacts(breadth: int) -> st.SearchStrategy[list[Facts]]:
    """Draw 2 * breadth * breadth contacts: `breadth` encounters x `breadth` lists of diagnoses x both values of `complete`."""
    encounters = st.lists(_ENCOUNTERS, min_size=breadth, max_size=breadth)
    diagnoses = st.lists(_DIAGNOSES, min_size=breadth, max_size=breadth)
    return st.tuples(encounters, diagnoses).map(
        lambda drawn: [Facts(values, rows, whole) for values in drawn[0] for rows in drawn[1] for whole in (True, False)]
    )
