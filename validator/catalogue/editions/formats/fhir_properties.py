"""Validity of a FHIR concept, from the properties in use in Denmark and those that FHIR defines.

A property is known by the end of the URI of its definition, else by its code, in any spelling of capitals and hyphens.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum, auto
from typing import Any, NamedTuple

from validator.catalogue.editions.formats.distribution import (
    Question,
    parse_cessation,
    parse_first_day,
    parse_last_day,
    quoted,
)
from validator.catalogue.editions.formats.fhir_titles import normal_name
from validator.texts import danish_text


class _Meaning(IntEnum):
    FIRST_DAY = auto()
    LAST_DAY = auto()  # included
    CESSATION = auto()  # the first day on which the code is not valid
    STATUS = auto()
    STATUS_DATE = auto()  # of FHIR: the day on which the status last changed
    INACTIVE = auto()
    ACTIVE = auto()
    NOT_SELECTABLE = auto()
    NO_VALIDITY = auto()  # a day or a mark that ends nothing: a deprecated code may still be used


_NAMES = {
    _Meaning.FIRST_DAY: "validfrom gyldigfra effectivefrom startdate startdato fradato",
    _Meaning.LAST_DAY: "validto validuntil validthrough gyldigtil effectiveto enddate slutdato tildato",
    _Meaning.CESSATION: "retirementdate retireddate inactivationdate inactivedate inactivefrom",
    _Meaning.STATUS: "status",
    _Meaning.STATUS_DATE: "effectivedate",
    _Meaning.INACTIVE: "inactive isinactive inaktiv retired",
    _Meaning.ACTIVE: "active isactive aktiv",
    _Meaning.NOT_SELECTABLE: "notselectable abstract",
    _Meaning.NO_VALIDITY: "deprecated deprecationdate deprecateddate changedate created createddate creationdate modified"
    " modifieddate modificationdate lastmodified lastupdated",
}
_MEANINGS = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
_ACTIVE_STATUSES = frozenset({"active", "experimental", "deprecated", "aktiv", "current"})
_INACTIVE_STATUSES = frozenset({"retired", "inactive", "inaktiv", "withdrawn", "obsolete", "udgaaet"})
_WORD = re.compile(r"[A-ZÆØÅ]?[a-zæøå]+|[A-ZÆØÅ]+(?![a-zæøå])")
# Words of a name that may say when a code is valid.
_DATE_OR_STATUS = re.compile(
    r"(?:date|dato|datum|valid|gyldig|effective|expir|retire|inactiv|inaktiv|obsolet|withdraw|supersede|status|start|slut|until"
    r"|begin|oph(?:ø|oe)r|udl(?:ø|oe)b|udg(?:å|aa))\w*|\w*(?:date|dato|status)|end|ends|ended"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:T.*)?)?")
_MEMBER_OF_DATES, _TYPE_OF_DATES = "valueDateTime", "dateTime"
_DAY_PARSERS: dict[_Meaning, Callable[[str], datetime.date | None]] = {
    _Meaning.FIRST_DAY: parse_first_day,
    _Meaning.LAST_DAY: parse_last_day,
    _Meaning.CESSATION: parse_cessation,
}


class Property(NamedTuple):
    """A property of a concept; `member` is the name of its value, such as valueDateTime."""

    code: str
    member: str
    value: Any


class Validity(NamedTuple):
    """Both days are included, None is no limit. A heading or an inactive code without a last day is none to choose."""

    first: datetime.date | None
    last: datetime.date | None
    is_heading: bool
    is_inactive: bool


class PropertyReader:
    """Reader of the properties of one CodeSystem; `questions` are those about properties and statuses that it cannot read."""

    def __init__(self, definitions: Iterable[Mapping[str, Any]]) -> None:
        self.questions: dict[str, Question] = {}
        known = {item["code"]: item for item in definitions if isinstance(item.get("code"), str)}
        self._uris = {code: item["uri"] for code, item in known.items() if isinstance(item.get("uri"), str)}
        self._dates = {code for code, item in known.items() if item.get("type") == _TYPE_OF_DATES}
        self._meanings: dict[str, _Meaning | None] = {}

    def read(self, line: int, properties: Iterable[Property]) -> Validity:
        """Return the validity of the concept on a line. Raises ValueError with a Danish text."""
        found: dict[_Meaning, list[Property]] = {}
        for item in properties:
            meaning = self._meaning(item.code)
            if meaning is None:
                self._ask_about_unread(line, item)
            elif item.value is not None:
                found.setdefault(meaning, []).append(item)
        inactive = any([*_truths(found, _Meaning.INACTIVE), *(not truth for truth in _truths(found, _Meaning.ACTIVE))])
        for status in found.get(_Meaning.STATUS, ()):
            inactive |= self._is_inactive(line, status)
        first, last = _one_day(found, _Meaning.FIRST_DAY), _one_day(found, _Meaning.LAST_DAY, _Meaning.CESSATION)
        for changed in found.get(_Meaning.STATUS_DATE, ()):
            if inactive:
                last = last or parse_cessation(_day_text(changed))
            else:
                first = first or parse_first_day(_day_text(changed))
        return Validity(first, last, any(_truths(found, _Meaning.NOT_SELECTABLE)), inactive)

    def _meaning(self, code: str) -> _Meaning | None:
        if code not in self._meanings:
            names = [re.split(r"[#/]", self._uris.get(code, ""))[-1], code]
            self._meanings[code] = next((_MEANINGS[name] for name in map(normal_name, names) if name in _MEANINGS), None)
        return self._meanings[code]

    def _ask_about_unread(self, line: int, item: Property) -> None:
        """Add a question about a property that may be a date or a status, once for each name."""
        if item.code in self.questions:
            return
        is_date = item.member == _MEMBER_OF_DATES or item.code in self._dates
        is_date |= isinstance(item.value, str) and _DATE.fullmatch(item.value.strip()) is not None
        if is_date or any(_DATE_OR_STATUS.fullmatch(word.lower()) for word in _WORD.findall(item.code)):
            text = danish_text("distribution.ask-property", name=quoted(item.code), line=line)
            self.questions[item.code] = Question(item.code, text)

    def _is_inactive(self, line: int, item: Property) -> bool:
        """Return whether a status makes a code inactive, and add a question about one that is not known."""
        status = quoted(str(item.value.get("code") if isinstance(item.value, Mapping) else item.value))
        name = normal_name(status)
        if name not in _ACTIVE_STATUSES | _INACTIVE_STATUSES:
            key = f"{item.code}={status}"
            text = danish_text("distribution.ask-status", name=quoted(item.code), value=status, line=line)
            self.questions.setdefault(key, Question(key, text))
        return name in _INACTIVE_STATUSES


def _truths(found: Mapping[_Meaning, list[Property]], meaning: _Meaning) -> Iterable[bool]:
    """Yield the truth values of properties. Raises ValueError for another value."""
    for item in found.get(meaning, ()):
        value = item.value.lower() if isinstance(item.value, str) else item.value
        if value not in (True, False, "true", "false"):
            raise ValueError(danish_text("distribution.not-a-truth-value", name=quoted(item.code), value=quoted(item.value)))
        yield value in (True, "true")


def _one_day(found: Mapping[_Meaning, list[Property]], *meanings: _Meaning) -> datetime.date | None:
    """Return the day that properties of these meanings give, None where they give none. Raises ValueError for two days."""
    days = {_DAY_PARSERS[meaning](_day_text(item)) for meaning in meanings for item in found.get(meaning, ())} - {None}
    if len(days) > 1:
        names = ", ".join(quoted(item.code) for meaning in meanings for item in found.get(meaning, ()))
        shown = ", ".join(sorted(str(day) for day in days))
        raise ValueError(danish_text("distribution.two-days", names=names, days=shown))
    return next(iter(days), None)


def _day_text(item: Property) -> str:
    """Return the text of a day, which some write as a number."""
    if isinstance(item.value, str):
        return item.value
    if type(item.value) is int:
        return str(item.value)
    raise ValueError(danish_text("distribution.not-a-date", value=quoted(item.value)))
