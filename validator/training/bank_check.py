"""Check a folder of cases: the form of its files, and its right answers by the rules."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validator.catalogue.catalogue import Catalogue
from validator.contract.verdict import Finding
from validator.judging.validator import Validator
from validator.rulebook.overview import list_rules
from validator.rulebook.release import Release
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import CheckReport, Problem, hint, nearest_hint
from validator.texts import danish_text
from validator.training.bank_reader import read_bank
from validator.training.case import Case, CodedDiagnosis
from validator.training.case_problems import CaseProblem, add_line
from validator.training.right_answer_checks import PACK, error_findings, rejected_answers


@dataclass(frozen=True)
class CaseReport(CheckReport):
    """The cases without errors, and the problems of all cases, sorted by place."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]
    command = "kodevagt cases check"

    def contents(self) -> dict[str, Any]:
        """Return the checked cases as plain data."""
        return {"cases": [{"id": case.id, "version": case.version, "course": case.course} for case in self.cases]}


def check_cases(folder: Path, releases: Iterable[Release], catalogue: Catalogue) -> CaseReport:
    """Check a folder of cases by these releases.

    The releases include drafts, for which a case may be written.
    """
    read = read_bank(folder, catalogue)
    check = _RuleCheck([release for release in releases if release.pack == PACK], catalogue)
    found = [problem for id, node in read.nodes.items() for problem in check.problems(node, read.cases.get(id))]
    problems = [*read.problems, *(add_line(problem, read.files) for problem in found)]
    files_with_errors = {problem.place.file for problem in problems if problem.severity == "error"}
    cases = tuple(case for case in read.cases.values() if read.nodes[case.id].place.file not in files_with_errors)
    return CaseReport(cases, tuple(sorted(problems, key=lambda problem: (problem.place, problem.id))))


class _RuleCheck:
    """Check each case by the release that judges it."""

    def __init__(self, releases: Collection[Release], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._releases = {release.name: release for release in releases}
        self._current = next((release.name for release in releases if release.status == "current"), "")
        self._rules = {release.name: [rule["id"] for rule in list_rules(release, release.language)] for release in releases}
        self._validators: dict[str, Validator] = {}

    def problems(self, node: Located, case: Case | None) -> Iterator[Problem]:
        """Yield the problems of a case file; `case` is None where the file has no valid case."""
        rows = node.value if isinstance(node.value, dict) else {}
        stated = next(iter(_texts(rows, "release")), None)
        name, place = (stated.value, stated.place) if stated else (self._current, node.place)
        if name not in self._releases:
            yield CaseProblem("unknown-release", place, {"release": name, "hint": hint(name, set(self._releases))})
            return
        release = self._releases[name]
        unknown = [*_unknown_names(rows, release), *self._unknown_rules(rows, release)]
        yield from unknown
        if case is not None and not unknown:
            yield from _judge(rows, case, self._validator(release))

    def _unknown_rules(self, rows: Mapping[str, Located], release: Release) -> Iterator[Problem]:
        for item in _texts(rows, "rules"):
            if item.value not in self._rules[release.name]:
                near = nearest_hint(item.value, self._rules[release.name]) or danish_text("training.list-of-rules")
                yield CaseProblem("unknown-rule", item.place, {"rule": item.value, "release": release.name, "hint": near})

    def _validator(self, release: Release) -> Validator:
        if release.name not in self._validators:
            self._validators[release.name] = Validator(release, self._catalogue, cache_size=0)
        return self._validators[release.name]


def _unknown_names(rows: Mapping[str, Located], release: Release) -> Iterator[Problem]:
    """Yield the specialty and the course of a case that are not in the release."""
    for key, known in (("specialty", release.specialties), ("course", release.courses)):
        for item in _texts(rows, key):
            if item.value not in known:
                yield CaseProblem(f"unknown-{key}", item.place, {key: item.value, "hint": hint(item.value, set(known))})


def _judge(rows: Mapping[str, Located], case: Case, validator: Validator) -> Iterator[Problem]:
    """Yield the right answers and the alternatives that the rules reject."""
    name = validator.release.name
    for rejected in rejected_answers(case, validator):
        place = rows["key"].place if rejected.index == 0 else rows["equally_right"].value[rejected.index - 1].place
        yield CaseProblem("key-refused", place, {"release": name, "findings": _messages(rejected.findings)})
    for remark, item in zip(case.alternatives, rows["alternatives"].value if "alternatives" in rows else (), strict=True):
        findings = error_findings(validator, case, (CodedDiagnosis(remark.code, "main"),))
        if findings:
            values = {"release": name, "code": remark.code, "findings": _messages(findings)}
            yield CaseProblem("alternative-refused", item.place, values)


def _texts(rows: Mapping[str, Located], key: str) -> list[Located]:
    """Return the texts under a key, one or a list of them.

    Other values are left out; the reader has noted them as problems.
    """
    node = rows.get(key)
    items = node.value if node and isinstance(node.value, list) else [node] if node else []
    return [item for item in items if isinstance(item.value, str) and item.value]


def _messages(findings: Iterable[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.message for finding in findings))
