"""Read a folder `cases/`: one case a file, and `scoring.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from validator.catalogue.catalogue import Catalogue
from validator.rulebook.yaml.head_reader import read_document
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place, Problem, WithProblems
from validator.rulebook.yaml.release_files import ReleaseFiles, read_release_files
from validator.training.case import Case
from validator.training.case_bank import Bank
from validator.training.case_problems import add_line
from validator.training.case_reader import CaseReader, read_case
from validator.training.scoring_scheme import ScoringScheme
from validator.training.scoring_scheme_reader import read_scoring

SCORING_FILE = "scoring.yaml"


@dataclass(frozen=True)
class ReadBank(WithProblems):
    """The valid parts of a folder, and every problem with its line.

    `nodes` are the contents of the case files by the id of the case, also of cases that are not valid.
    """

    cases: Mapping[str, Case]
    scoring: ScoringScheme | None
    problems: tuple[Problem, ...]
    nodes: Mapping[str, Located]
    files: ReleaseFiles

    @property
    def bank(self) -> Bank | None:
        """The bank; None where any file has an error."""
        return None if self.errors or self.scoring is None else Bank(self.cases, self.scoring)


def read_cases(folder: Path, catalogue: Catalogue) -> list[Case]:
    """Return the valid cases of a folder."""
    return list(read_bank(folder, catalogue).cases.values())


def read_bank(folder: Path, catalogue: Catalogue) -> ReadBank:
    """Return the valid cases, the scoring scheme and the problems of a folder."""
    files = read_release_files(folder)
    reader = CaseReader(catalogue)
    cases: dict[str, Case] = {}
    nodes: dict[str, Located] = {}
    scoring: ScoringScheme | None = None
    ids = [file.removesuffix(".yaml") for file in files.contents if file != SCORING_FILE]
    for file in files.contents:
        if not file.endswith(".yaml"):
            reader.note("file-ending", Place(files.path(file), 1, 1))
            continue
        noted = reader.noted
        node = read_document(reader, files, file)
        if node is None:
            continue
        if file == SCORING_FILE:
            scoring = read_scoring(reader, node, ids)
            continue
        id = file.removesuffix(".yaml")
        nodes[id] = node
        case = read_case(reader, node, id, noted)
        if case is not None:
            cases[id] = case
    if SCORING_FILE not in files.contents:
        reader.note("missing-file", Place(files.path(SCORING_FILE), 1, 1))
    located = [add_line(problem, files) for problem in reader.problems]
    problems = tuple(sorted(located, key=lambda problem: (problem.place, problem.id)))
    return ReadBank(dict(sorted(cases.items())), scoring, problems, nodes, files)
