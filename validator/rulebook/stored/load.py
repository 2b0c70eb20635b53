"""Reads a compiled release. It is not interpreted and not judged: what `compiled` wrote comes back, anything else is refused."""

import datetime
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast, get_args

from validator.contract.encounter import JURISDICTIONS
from validator.contract.finding_kinds import KINDS, Severity
from validator.contract.verdict import Action, Source
from validator.rulebook.conditions import All, AnyOf, Condition, Exists, Not, Operator, Test
from validator.rulebook.course import Course, MainDiagnosis, Phases, ReferralCodes, Services, Status
from validator.rulebook.release import Release, ReleaseStatus
from validator.rulebook.rule import Example, Proposal, Rule, Table, Texts
from validator.rulebook.stored.dump import FORMAT, VERSION
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES, VOCABULARY
from validator.support.errors import UserError

_OPERATORS, _ACTIONS, _TABLES, _STATUSES = (frozenset(get_args(kind)) for kind in (Operator, Action, Table, Status))
T = TypeVar("T")


class ReleaseLoadError(UserError):
    """A text that is no release, or none that can be read here; the text says why, in one Danish sentence."""


def load_release(text: str, status: ReleaseStatus = "published") -> Release:
    """The release of a compiled text. Raises ReleaseLoadError."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ReleaseLoadError("Filen er ikke en udgave af regler fra Kodevagt.")
        if json.dumps(content.get("version")) != str(VERSION):
            raise ReleaseLoadError("Udgaven er skrevet i en form, som denne version af Kodevagt ikke kender.")
        return _read_release(content, status)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ReleaseLoadError("Udgaven er beskadiget og kan ikke læses.") from error


def _read_release(content: dict[str, Any], status: ReleaseStatus) -> Release:
    courses = _several(_read_course, content["courses"])
    release = Release(
        pack=_one_of(JURISDICTIONS, content["pack"]),
        name=_text(content["name"]),
        status=status,
        languages=_several(_text, content["languages"]),
        owner=_texts(content["owner"]),
        start=datetime.date.fromisoformat(content["start"]),
        sources={_text(name): _read_source(item) for name, item in content["sources"].items()},
        specialties={_text(name): _texts(item) for name, item in content["specialties"].items()},
        courses={course.id: course for course in courses},
        rules=_several(_read_rule, content["rules"]),
    )
    named = {rule.source for rule in release.rules}
    for course in courses:
        for column in (course.main_diagnosis, course.referral, course.phases, course.services):
            named.update(entry.source for entry in column)
    if not release.languages or not named <= release.sources.keys():
        raise ValueError("no language, or a source that is not there")
    return release


def _read_source(item: dict[str, Any]) -> Source:
    return Source(_text(item["title"]), _maybe(_text, item["date"]), _maybe(_text, item["url"]), _one_of(_STATUSES, item["status"]))


def _read_course(item: dict[str, Any]) -> Course:
    return Course(
        id=_text(item["id"]),
        title=_texts(item["title"]),
        specialties=_several(_text, item["specialties"]),
        main_diagnosis=_several(_read_main_diagnosis, item["main_diagnosis"]),
        referral=_several(_read_referral, item["referral"]),
        phases=_several(_read_phases, item["phases"]),
        services=_several(_read_services, item["services"]),
    )


def _read_main_diagnosis(entry: dict[str, Any]) -> MainDiagnosis:
    return MainDiagnosis(
        **_read_entry(entry),
        codes=_several(_text, entry["codes"]),
        status=cast(Status, _one_of(_STATUSES, entry["status"])),
        note=_maybe(_texts, entry["note"]),
        several=_truth(entry["several"]),
        start_codes=_several(_text, entry["start_codes"]),
    )


def _read_referral(entry: dict[str, Any]) -> ReferralCodes:
    return ReferralCodes(**_read_entry(entry), sks=_several(_text, entry["sks"]), icpc=_several(_text, entry["icpc"]))


def _read_phases(entry: dict[str, Any]) -> Phases:
    return Phases(**_read_entry(entry), first=_number(entry["first"]), last=_number(entry["last"]))


def _read_services(entry: dict[str, Any]) -> Services:
    by_phase = _several(_read_phase, entry["by_phase"])
    return Services(**_read_entry(entry), by_phase=dict(by_phase))


def _read_phase(item: list[Any]) -> tuple[int, tuple[str, ...]]:
    phase, services = item
    return _number(phase), _several(_text, services)


def _read_entry(entry: dict[str, Any]) -> dict[str, Any]:
    return {"start": datetime.date.fromisoformat(entry["from"]), "to": _read_day(entry["to"]), "source": _text(entry["source"])}


def _read_rule(item: dict[str, Any]) -> Rule:
    if item["each"] not in (None, "diagnosis") or item["at"] not in (None, *PLACES):
        raise ValueError("a finding that points nowhere")
    return Rule(
        id=_text(item["id"]),
        kind=_one_of(KINDS, item["kind"]),
        severity=Severity(item["severity"]),
        when=_read_condition(item["when"]),
        message=_texts(item["message"]),
        explanation=_texts(item["explanation"]),
        source=_text(item["source"]),
        each=item["each"],
        at=item["at"],
        unless=_several(_read_exception, item["unless"]),
        suggest=_several(_read_proposal, item["suggest"]),
        specialties=_several(_text, item["specialties"]),
        valid_from=_read_day(item["from"]),
        valid_to=_read_day(item["to"]),
        examples=_several(_read_example, item["examples"]),
    )


def _read_exception(item: str) -> str:
    return _one_of(EXCEPTIONS, item)


def _read_example(item: list[Any]) -> Example:
    finds, encounter = item
    return Example(_truth(finds), _mapping(encounter))


def _read_proposal(item: list[Any]) -> Proposal:
    action, code, table = item
    named = None if table is None else cast(Table, _one_of(_TABLES, table))
    return Proposal(cast(Action, _one_of(_ACTIONS, action)), _maybe(_text, code), named)


def _read_condition(item: list[Any]) -> Condition:
    word, *rest = item
    match word:
        case "all":
            return All(_several(_read_condition, rest))
        case "any":
            return AnyOf(_several(_read_condition, rest))
        case "not":
            (part,) = rest
            return Not(_read_condition(part))
        case "diagnosis" | "no_diagnosis":
            return Exists(_several(_read_test, rest), word == "diagnosis")
    return _read_test(item)


def _read_test(item: list[Any]) -> Test:
    operator, field, value = item
    if isinstance(value, list):
        value = tuple(value)
    if not all(isinstance(constant, str | int) for constant in (value if isinstance(value, tuple) else (value,))):
        raise TypeError("a constant that is neither text, number nor truth value")
    return Test(_one_of(VOCABULARY, field), cast(Operator, _one_of(_OPERATORS, operator)), value)


def _read_day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _texts(value: Any) -> Texts:
    return {name: _text(text) for name, text in value.items()}


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not a truth value")
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not a mapping")
    return value


def _several(read: Callable[[Any], T], value: Any) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple([read(item) for item in value])


def _maybe(read: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else read(value)


def _one_of(known: Any, value: Any) -> str:
    if value not in known:
        raise ValueError("not one of the words known here")
    return cast(str, value)
