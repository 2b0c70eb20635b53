"""Rule files: read with their places, checked, and compiled for the engines.

Whoever only judges needs no YAML: `read_folder`, and the library that it reads with, are loaded when they are first asked for.
"""

from typing import TYPE_CHECKING, Any

from validator.rulebook.problems import Problem, RulebookError
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule

if TYPE_CHECKING:
    from validator.rulebook.folder import read_folder

__all__ = ["Problem", "Release", "Rule", "RulebookError", "read_folder"]


def __getattr__(name: str) -> Any:
    if name != "read_folder":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from validator.rulebook import folder

    return folder.read_folder
