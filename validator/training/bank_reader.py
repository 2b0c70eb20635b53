"""Reads a folder `cases/`: one case a file, and `scoring.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.head_reader import read_document
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place, Problem, WithProblems
from validator.rulebook.yaml.release_files import ReleaseFiles, read_release_files
from validator.training.case import Case
from validator.training.case_bank import Bank
from validator.training.case_problems import CaseProblem
from validator.training.case_reader import CaseReader, read_case
from validator.training.scoring_scheme import Scoring
from validator.training.scoring_scheme_reader import read_scoring

SCORING_FILE = "scoring.yaml"


@dataclass(frozen=True)
class ReadBank(WithProblems):
    """What could be read of a folder: `bank` where nothing is wrong with any file, and every problem with its line.

    `nodes` are the cases as they stand in their files, for what else is to be said of them, and `unread` those that could not be
    read.
    """

    cases: Mapping[str, Case]
    scoring: Scoring | None
    problems: tuple[Problem, ...]
    nodes: Mapping[str, Located]
    unread: tuple[Located, ...]
    files: ReleaseFiles

    @property
    def bank(self) -> Bank | None:
        return None if self.errors or self.scoring is None else Bank(self.cases, self.scoring)

    def lined(self, problem: Problem) -> Problem:
        """A problem with the line that it is about."""
        return replace(problem, line=self.files.line(problem.place.file, problem.place.line))


class BankError(Exception):
    """A folder of cases that cannot be used, with every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def load_bank(folder: Path, catalogue: Catalogue) -> Bank:
    """The bank of a folder. Raises BankError with every error in it."""
    read = read_bank(folder, catalogue)
    if read.bank is None:
        raise BankError(read.errors)
    return read.bank


def read_cases(folder: Path, catalogue: Catalogue) -> list[Case]:
    """The cases that can be read; `kodevagt cases check` says what is wrong with the others."""
    return list(read_bank(folder, catalogue).cases.values())


def read_bank(folder: Path, catalogue: Catalogue) -> ReadBank:
    """The same with the problems, where there are any, beside what could be read."""
    files = read_release_files(folder)
    reader = CaseReader(catalogue)
    cases: dict[str, Case] = {}
    nodes: dict[str, Located] = {}
    unread: list[Located] = []
    scoring: Scoring | None = None
    ids = [file.removesuffix(".yaml") for file in files.contents if file != SCORING_FILE]
    for file in files.contents:
        if not file.endswith(".yaml"):
            reader.note("file-ending", Place(files.path(file), 1, 1))
            continue
        node = read_document(reader, files, file)
        if node is None:
            continue
        if file == SCORING_FILE:
            scoring = read_scoring(reader, node, ids)
            continue
        case = read_case(reader, node, file.removesuffix(".yaml"))
        if case is None:
            unread.append(node)
        else:
            cases[case.id], nodes[case.id] = case, node
    if SCORING_FILE not in files.contents:
        reader.note("missing-file", Place(files.path(SCORING_FILE), 1, 1))
    told = [CaseProblem(one.id, one.place, one.values, files.line(one.place.file, one.place.line)) for one in reader.problems]
    problems = tuple(sorted(told, key=lambda problem: (problem.place, problem.id)))
    return ReadBank(dict(sorted(cases.items())), scoring, problems, nodes, tuple(unread), files)
