"""What is asked of a case as a whole: nothing personal, no answer given away, a contact that can be judged, and a right length."""

import re
from collections.abc import Iterable, Iterator

from validator.requests.errors import RequestError
from validator.requests.request import read_request
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.node_reader import NodeReader, Row
from validator.rulebook.yaml.problems import Place
from validator.support.json_pointer import unescape_token
from validator.support.personal_data import has_cpr
from validator.texts import problem_text
from validator.training.case import Answer, Case

_FEWEST_WORDS, _MOST_WORDS = 60, 120
_TOLD_BEFORE = ("id", "title", "vignette", "question")


def check_texts(reader: NodeReader, node: Located, row: Row, right: Iterable[Answer]) -> None:
    """No CPR number anywhere, and no right code in what is read before the answer."""
    for item in _leaves(node):
        if has_cpr(str(item.value)):
            reader.note("personal-data", item.place)
    codes = {coded.code for answer in right for coded in answer}
    for key in _TOLD_BEFORE:
        for item in _leaves(row[key]) if key in row else ():
            words = set(re.findall(r"\w+", str(item.value).upper()))
            for code in sorted(codes & words):
                reader.note("gives-away", item.place, code=code)


def check_contact(reader: NodeReader, row: Row, case: Case) -> None:
    """What is given with the case makes a contact that the contract knows."""
    try:
        submission = read_request(case.right_request(case.key))
    except RequestError as error:
        told = [(fault.path, problem_text(fault.key, "da", fault.values)) for fault in error.faults]
    else:
        told = [(path, "feltet kendes ikke.") for path in submission.unknown_fields]
    for path, reason in told:
        names = [unescape_token(name) for name in path.split("/")[2:]]
        reader.note("bad-given", _place(row, names), path=".".join(names), reason=reason)


def _place(row: Row, names: list[str]) -> Place:
    """The place of what a pointer into the contact names, or of the nearest that is written."""
    node = row["given"] if "given" in row and names[0] in row["given"].value else row.get(names[0], row["id"])
    place = node.place
    for name in names if "given" in row and node is row["given"] else ():
        if isinstance(node.value, dict) and name in node.value:
            place, node = node.keys[name], node.value[name]
        elif isinstance(node.value, list) and name.isdecimal() and int(name) < len(node.value):
            node = node.value[int(name)]
            place = node.place
    return place


def check_length(reader: NodeReader, row: Row, case: Case) -> None:
    words = len(case.vignette["da"].split())
    if not _FEWEST_WORDS <= words <= _MOST_WORDS:
        reader.note("vignette-length", row["vignette"].keys["da"], words=words)


def _leaves(node: Located) -> Iterator[Located]:
    match node.value:
        case dict():
            for item in node.value.values():
                yield from _leaves(item)
        case list():
            for item in node.value:
                yield from _leaves(item)
        case _:
            yield node
