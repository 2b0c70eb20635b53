"""Check a case as a whole.

It must not give an answer away, be a valid encounter, and have a vignette of the right length.
"""

import re
from collections.abc import Iterable, Iterator

from validator.requests.errors import RequestError
from validator.requests.request import read_request
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.support.json_pointer import unescape_token
from validator.texts import danish_text, problem_text
from validator.training.case import Answer, Case

_MIN_WORDS, _MAX_WORDS = 60, 120
_SHOWN_BEFORE_ANSWER = ("id", "title", "vignette", "question")


def check_texts(reader: NodeReader, row: Row, right_answers: Iterable[Answer]) -> None:
    """Note every right code in a text that is shown before the answer."""
    codes = {diagnosis.code for answer in right_answers for diagnosis in answer}
    for key in _SHOWN_BEFORE_ANSWER:
        for item in _leaves(row[key]) if key in row else ():
            words = set(re.findall(r"\w+", str(item.value).upper()))
            for code in sorted(codes & words):
                reader.note("gives-away", item.place, code=code)


def check_encounter(reader: NodeReader, row: Row, case: Case) -> bool:
    """Return whether the case with its key is a request that the contract allows.

    Every member that is not allowed is noted as a problem.
    """
    try:
        submission = read_request(case.request(case.key, case.phase))
    except RequestError as error:
        faults = [(fault.path, problem_text(fault.key, "da", fault.values)) for fault in error.faults]
    else:
        faults = [(path, danish_text("training.unknown-member")) for path in submission.unknown_fields]
    for path, reason in faults:
        names = [unescape_token(name) for name in path.split("/")[2:]]
        reader.note("bad-given", _place(row, names), path=".".join(names), reason=reason)
    return not faults


def _place(row: Row, names: list[str]) -> Place:
    """Return the place of a member of the encounter in the case file.

    Where the member is missing, return the place of its nearest parent.
    """
    if "given" not in row or names[0] not in row["given"].value:
        return row.get(names[0], row["id"]).place
    node = row["given"]
    place = node.place
    for name in names:
        if isinstance(node.value, dict) and name in node.value:
            place, node = node.keys[name], node.value[name]
        elif isinstance(node.value, list) and name.isdecimal() and int(name) < len(node.value):
            node = node.value[int(name)]
            place = node.place
    return place


def check_length(reader: NodeReader, row: Row, case: Case) -> None:
    """Note a vignette that is too short or too long, which is a warning only."""
    words = len(case.vignette["da"].split())
    if not _MIN_WORDS <= words <= _MAX_WORDS:
        reader.note("vignette-length", row["vignette"].keys["da"], words=words)


def _leaves(node: Located) -> Iterator[Located]:
    if not isinstance(node.value, dict | list):
        yield node
        return
    for item in node.value.values() if isinstance(node.value, dict) else node.value:
        yield from _leaves(item)
