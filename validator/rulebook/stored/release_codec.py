"""The stored form of a release: the codec of each of its parts."""

from functools import partial
from typing import Any, get_args

from validator.contract.encounter import JURISDICTIONS
from validator.contract.finding_kinds import KINDS, Severity
from validator.contract.verdict import Action, Source
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Operator, Test
from validator.rulebook.course import Course, MainDiagnosis, Phases, ReferralCodes, Running, Services, Status
from validator.rulebook.release import Release
from validator.rulebook.rule import Example, Proposal, Rule, Table
from validator.rulebook.stored.codecs import (
    BOOLEAN,
    DATE,
    INTEGER,
    OBJECT,
    TEXT,
    Codec,
    array,
    mapping,
    one_of,
    optional,
    record,
    row,
)
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES, VOCABULARY
from validator.texts import LANGUAGES

_TEXTS = mapping(TEXT)
_WORDS = array(TEXT)
_STATUS = one_of(get_args(Status))
_OPERATORS = frozenset(get_args(Operator))
_LISTS = frozenset({"one_of", "is_not", "includes", "includes_none"})  # the operators whose value is a list
_CONSTANTS = {"text": str, "list": str, "integer": int, "flag": bool}  # by type of the field


def _load_date_text(value: Any) -> str:
    return DATE.dump(DATE.load(value))  # type: ignore[no-any-return]


_DATE_TEXT = Codec(str, _load_date_text)


def _dump_condition(condition: Condition) -> list[Any]:
    match condition:
        case Test(field, operator, value):
            return [operator, field, value]
        case All(parts):
            return ["all", *map(_dump_condition, parts)]
        case AnyOf(parts):
            return ["any", *map(_dump_condition, parts)]
        case Not(part):
            return ["not", _dump_condition(part)]
        case Exists(tests, wanted):
            return ["diagnosis" if wanted else "no_diagnosis", *map(_dump_condition, tests)]


def _load_condition(item: list[Any]) -> Condition:
    word, *rest = item
    match word:
        case "all":
            return All(tuple(map(_load_condition, rest)))
        case "any":
            return AnyOf(tuple(map(_load_condition, rest)))
        case "not":
            (part,) = rest
            return Not(_load_condition(part))
        case "diagnosis" | "no_diagnosis":
            tests = tuple(map(_load_test, rest))
            if any(VOCABULARY[test.field].scope != "diagnosis" for test in tests):
                raise ValueError("a block about diagnoses that tests a field of the contact")
            return Exists(tests, word == "diagnosis")
    return _load_test(item)


def _load_test(item: list[Any]) -> Test:
    operator, name, value = item
    field = VOCABULARY[name]
    constants = value if isinstance(value, list) else [value]
    if operator not in _OPERATORS or isinstance(value, list) is not (operator in _LISTS):
        raise ValueError("not a known operator, or not its form of value")
    expected = bool if operator == "empty" else _CONSTANTS[field.type]
    if not constants or any(type(constant) is not expected for constant in constants):
        raise TypeError("a constant that is not of the field's type")
    if expected is str:
        _WORDS.load(constants)
    return Test(name, operator, tuple(value) if isinstance(value, list) else value)


def _entries(dataclass: type, **codecs: Codec) -> Codec:
    """Return the codec of a column of the course table."""
    dates = {"start": DATE, "to": optional(DATE), "source": TEXT}
    return array(record(dataclass, {**dates, **codecs}, start="from"))


def _load_services(pairs: list[Any]) -> dict[int, tuple[str, ...]]:
    return {INTEGER.load(phase): _WORDS.load(services) for phase, services in array(Codec(list, list)).load(pairs)}


_COURSE = record(
    Course,
    {
        "id": TEXT,
        "title": _TEXTS,
        "specialties": _WORDS,
        "main_diagnosis": _entries(
            MainDiagnosis,
            codes=_WORDS,
            status=_STATUS,
            note=optional(_TEXTS),
            several=BOOLEAN,
            start_codes=_WORDS,
            running=one_of(get_args(Running)),
        ),
        "referral": _entries(ReferralCodes, sks=_WORDS, icpc=_WORDS),
        "phases": _entries(Phases, first=INTEGER, last=INTEGER),
        "services": _entries(Services, by_phase=Codec(lambda by_phase: list(by_phase.items()), _load_services)),
    },
)
_RULE = record(
    Rule,
    {
        "id": TEXT,
        "kind": one_of(KINDS),
        "severity": Codec(str, Severity),
        "when": Codec(_dump_condition, _load_condition),
        "message": _TEXTS,
        "explanation": _TEXTS,
        "source": TEXT,
        "each": optional(one_of(("diagnosis",))),
        "at": optional(one_of(PLACES)),
        "unless": array(one_of(EXCEPTIONS)),
        "suggest": array(row(Proposal, one_of(get_args(Action)), optional(TEXT), optional(one_of(get_args(Table))))),
        "specialties": _WORDS,
        "valid_from": optional(DATE),
        "valid_to": optional(DATE),
        "examples": array(row(Example, BOOLEAN, OBJECT)),
    },
    valid_from="from",
    valid_to="to",
)
_SOURCE = record(Source, {"title": TEXT, "date": optional(_DATE_TEXT), "url": optional(TEXT), "status": _STATUS})
RELEASE = record(
    partial(Release, status="published"),  # the status of a release is not part of its stored form
    {
        "pack": one_of(JURISDICTIONS),
        "name": TEXT,
        "languages": array(one_of(LANGUAGES)),
        "owner": _TEXTS,
        "start": DATE,
        "sources": mapping(_SOURCE),
        "specialties": mapping(_TEXTS),
        "courses": Codec(
            lambda courses: list(map(_COURSE.dump, courses.values())),
            lambda items: {course.id: course for course in array(_COURSE).load(items)},
        ),
        "rules": array(_RULE),
    },
)
