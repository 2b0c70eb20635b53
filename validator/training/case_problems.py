"""The problems that only a case file can have, with their Danish texts."""

from collections.abc import Mapping
from typing import ClassVar

from validator.rulebook.yaml.problem_texts import TEXTS, Wording, read_wordings
from validator.rulebook.yaml.problems import Problem
from validator.rulebook.yaml.release_files import ReleaseFiles

CASE_TEXTS: Mapping[str, Wording] = read_wordings("danish_case_problems")


class CaseProblem(Problem):
    """A problem in a case file, in the same form as a problem in a rule file."""

    texts: ClassVar[Mapping[str, Wording]] = {**TEXTS, **CASE_TEXTS}


def add_line(problem: Problem, files: ReleaseFiles) -> CaseProblem:
    """Return a problem in a case file with the line of the file that it is about."""
    line = files.line(problem.place.file, problem.place.line)
    return CaseProblem(problem.id, problem.place, problem.values, line)
