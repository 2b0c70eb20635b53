"""Everything that is wrong or doubtful in case files: how they are written, and what the rules say to their right answers."""

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
from validator.rulebook.yaml.problems import Place, Problem, WithProblems, hint
from validator.training.bank_reader import read_bank
from validator.training.case import Case, Coded
from validator.training.case_problems import CaseProblem
from validator.training.key_checks import PACK, errors, refusals


@dataclass(frozen=True)
class CaseReport(WithProblems):
    """The cases that can be used, and the problems of all, by their place."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]
    command = "kodevagt cases check"

    def contents(self) -> dict[str, Any]:
        """What was checked, as plain data."""
        return {"cases": [{"id": case.id, "version": case.version, "course": case.course} for case in self.cases]}


def check_cases(folder: Path, releases: Iterable[Release], catalogue: Catalogue) -> CaseReport:
    """The report on a folder of cases by these releases, drafts among them: a case may be meant for one."""
    read = read_bank(folder, catalogue)
    check = _Check([release for release in releases if release.pack == PACK], catalogue)
    found = [*(check.problems(read.nodes[case.id], case) for case in read.cases.values()), *map(check.problems, read.unread)]
    problems = [*read.problems, *(read.lined(problem) for of_case in found for problem in of_case)]
    wrong = {problem.place.file for problem in problems if problem.severity == "error"}
    cases = tuple(case for case in read.cases.values() if read.nodes[case.id].place.file not in wrong)
    return CaseReport(cases, tuple(sorted(problems, key=lambda problem: (problem.place, problem.id))))


class _Check:
    """What is asked of each case by the rules that it is judged by."""

    def __init__(self, releases: Collection[Release], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._releases: Mapping[str, Release] = {release.name: release for release in releases}
        self._current = next((release.name for release in releases if release.status == "current"), None)
        self._validators: dict[str, Validator] = {}
        self._rules: dict[str, list[str]] = {}

    def problems(self, node: Located, case: Case | None = None) -> Iterator[Problem]:
        """What is to be said of a case as it stands in its file; `case` is None where it could not be read."""
        rows = node.value if isinstance(node.value, dict) else {}
        written = _texts(rows, "release")
        name = written[0].value if written else self._current or ""
        if name not in self._releases:
            place = written[0].place if written else node.place
            yield _problem("unknown-release", place, release=name, hint=hint(name, set(self._releases)))
            return
        known = [*self._named(self._releases[name], rows)]
        yield from known
        if case is not None and not known:
            yield from self._judged(self._validator(name), rows, case)

    def _named(self, release: Release, rows: Mapping[str, Located]) -> Iterator[Problem]:
        """What the case names and the release does not have."""
        for item in _texts(rows, "specialty"):
            if item.value not in release.specialties:
                told = {"specialty": item.value, "hint": hint(item.value, set(release.specialties))}
                yield _problem("unknown-specialty", item.place, **told)
        for item in _texts(rows, "course"):
            if item.value not in release.courses:
                yield _problem("unknown-course", item.place, course=item.value, hint=hint(item.value, set(release.courses)))
        if release.name not in self._rules:
            self._rules[release.name] = [rule["id"] for rule in list_rules(release, release.language)]
        for item in _texts(rows, "rules"):
            if item.value not in self._rules[release.name]:
                near = hint(item.value, self._rules[release.name])
                near = near if near.startswith("Mente") else "Navnene står på GET /v1/rules."
                yield _problem("unknown-rule", item.place, rule=item.value, release=release.name, hint=near)

    def _judged(self, validator: Validator, rows: Mapping[str, Located], case: Case) -> Iterator[Problem]:
        name = validator.release.name
        for refusal in refusals(case, validator):
            place = rows["key"].place if refusal.number == 0 else rows["equally_right"].value[refusal.number - 1].place
            yield _problem("key-refused", place, release=name, findings=_told(refusal.findings))
        for remark, item in zip(case.alternatives, rows["alternatives"].value if "alternatives" in rows else (), strict=True):
            found = errors(validator, case, (Coded(remark.code, "main"),))
            if found:
                yield _problem("alternative-refused", item.place, release=name, code=remark.code, findings=_told(found))

    def _validator(self, name: str) -> Validator:
        if name not in self._validators:
            self._validators[name] = Validator(self._releases[name], self._catalogue, cache_size=0)
        return self._validators[name]


def _texts(rows: Mapping[str, Located], key: str) -> list[Located]:
    """The texts that stand under a key, one or a list of them; what is empty or no text has been told already."""
    node = rows.get(key)
    items = node.value if node and isinstance(node.value, list) else [node] if node else []
    return [item for item in items if isinstance(item.value, str) and item.value]


def _told(findings: Iterable[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.message for finding in findings))


def _problem(name: str, place: Place, **values: str) -> CaseProblem:
    return CaseProblem(name, place, values)
