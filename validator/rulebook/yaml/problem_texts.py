"""Texts of the problems in rule files, from the message catalogues."""

from collections.abc import Mapping
from typing import NamedTuple

from validator.texts import read_catalogue


class Wording(NamedTuple):
    """The two parts of a problem's text, with named placeholders.

    A warning does not prevent publishing, unless it has to be accepted first.
    """

    what: str
    instead: str
    warning: bool = False
    accept: bool = False


def read_wordings(catalogue: str) -> dict[str, Wording]:
    """Read the wordings of a message catalogue, by the id of the problem."""
    return {id: Wording(**parts) for id, parts in read_catalogue(catalogue).items()}


TEXTS: Mapping[str, Wording] = read_wordings("danish_rule_problems")
ACCEPTABLE = tuple(id for id, wording in TEXTS.items() if wording.accept)
