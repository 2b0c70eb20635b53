"""A bank of cases as compact JSON, and back: what the store keeps, so that a server parses no YAML."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from validator.support.json_encoding import encode_json
from validator.training.case import Answer, Case, Coded, Remark
from validator.training.case_bank import Bank
from validator.training.scoring_scheme import FixedSet, PublishedRates, Region, Scoring, Unclear

VERSION = 1
_DATES = ("date", "reviewed")


class CompiledBankError(ValueError):
    """A text that is no compiled bank."""


def compiled(bank: Bank) -> str:
    """The bank as JSON."""
    return encode_json({"version": VERSION, "cases": list(map(_plain, bank.cases.values())), "scoring": asdict(bank.scoring)})


def restored(text: str) -> Bank:
    """The bank of a compiled text. Raises CompiledBankError."""
    try:
        content = json.loads(text)
        if content["version"] != VERSION:
            raise CompiledBankError("another version")
        cases = {case.id: case for case in map(_case, content["cases"])}
        return Bank(cases, _scoring(content["scoring"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CompiledBankError("not a compiled bank") from error


def _plain(case: Case) -> dict[str, Any]:
    dates = {name: getattr(case, name).isoformat() for name in _DATES}
    answers = {"key": list(map(list, case.key)), "equally_right": [list(map(list, answer)) for answer in case.equally_right]}
    return {**asdict(case), **dates, **answers}


def _case(content: Mapping[str, Any]) -> Case:
    values = {field.name: content[field.name] for field in fields(Case)}
    return Case(
        **{
            **values,
            **{name: datetime.date.fromisoformat(content[name]) for name in _DATES},
            "key": _answer(content["key"]),
            "equally_right": tuple(map(_answer, content["equally_right"])),
            "alternatives": tuple(Remark(**remark) for remark in content["alternatives"]),
            "near_misses": tuple(Remark(**remark) for remark in content["near_misses"]),
            "rules": tuple(content["rules"]),
        }
    )


def _answer(content: Iterable[Iterable[Any]]) -> Answer:
    return tuple(Coded(*coded) for coded in content)


def _scoring(content: Mapping[str, Any]) -> Scoring:
    regions = {name: Region(region["title"], tuple(region["codes"])) for name, region in content["regions"].items()}
    sets = {name: FixedSet(held["title"], tuple(held["cases"])) for name, held in content["sets"].items()}
    return Scoring(content["weights"], regions, PublishedRates(**content["published"]), sets, Unclear(**content["unclear"]))
