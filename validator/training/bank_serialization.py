"""Serialize a bank of cases as compact JSON for the store, so that a server parses no YAML."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from validator.support.json_encoding import encode_json
from validator.training.case import Answer, Case, CodedDiagnosis, CodeRemark
from validator.training.case_bank import Bank
from validator.training.scoring_scheme import BodyRegion, FixedSet, PublishedRates, ScoringScheme, UnclearThreshold

VERSION = 2


class CompiledBankError(ValueError):
    """A text that is not a compiled bank."""


def dump_bank(bank: Bank) -> str:
    """Return the bank as JSON."""
    return encode_json({"version": VERSION, "cases": list(bank.cases.values()), "scoring": bank.scoring})


def restore_bank(text: str) -> Bank:
    """Return the bank of a compiled text. Raises CompiledBankError."""
    try:
        content = json.loads(text)
        if content["version"] != VERSION:
            raise CompiledBankError("another version")
        cases = {case.id: case for case in map(_case, content["cases"])}
        return Bank(cases, _scoring(content["scoring"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CompiledBankError("not a compiled bank") from error


def _case(content: Mapping[str, Any]) -> Case:
    converted = {
        "date": datetime.date.fromisoformat(content["date"]),
        "reviewed": datetime.date.fromisoformat(content["reviewed"]),
        "key": _answer(content["key"]),
        "equally_right": tuple(map(_answer, content["equally_right"])),
        "alternatives": tuple(CodeRemark(**remark) for remark in content["alternatives"]),
        "near_misses": tuple(CodeRemark(**remark) for remark in content["near_misses"]),
        "rules": tuple(content["rules"]),
    }
    return Case(**{**content, **converted})


def _answer(content: Iterable[Mapping[str, Any]]) -> Answer:
    return tuple(CodedDiagnosis(**diagnosis) for diagnosis in content)


def _scoring(content: Mapping[str, Any]) -> ScoringScheme:
    regions = {name: BodyRegion(region["title"], tuple(region["codes"])) for name, region in content["regions"].items()}
    sets = {name: FixedSet(fixed["title"], tuple(fixed["cases"])) for name, fixed in content["sets"].items()}
    published, unclear = PublishedRates(**content["published"]), UnclearThreshold(**content["unclear"])
    return ScoringScheme(content["weights"], regions, published, sets, unclear)
