"""Rule files: read with their places, checked, and compiled for the engines."""

from validator.rulebook.folder import read_folder
from validator.rulebook.problems import Problem, RulebookError
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

__all__ = ["Problem", "Release", "Rule", "RulebookError", "read_folder"]
