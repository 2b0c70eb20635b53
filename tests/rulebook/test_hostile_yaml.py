"""Reading a hostile rule file gives a problem and never a traceback; `make soak` bounds the time."""

import time

import pytest

from tests.rulebook.rule_folder import RULES, RuleFolder

SECONDS = 2.0  # of processor time, in `make soak`
LONGEST = 2_000  # characters of a problem

BILLION_LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def nested_not(depth: int) -> str:
    """Return the rule with a condition under `not:` within `not:`."""
    lines = [f"{' ' * level}not:" for level in range(6, 6 + depth)]
    condition = "\n".join([*lines, f"{' ' * (6 + depth)}code: A29", ""])
    return RULES.replace("      code: [A29, A99]\n      role: main\n", condition)


HOSTILE: dict[str, str | bytes] = {
    "billion laughs": BILLION_LAUGHS,
    "alias to itself": "rules: &a [*a]\n",
    "merge key": "a: &a {b: c}\nrules: {<<: *a}\n",
    "object": 'rules: !!python/object/apply:os.system ["true"]\n',
    "module": "rules: !!python/module:os\n",
    "binary scalar": "rules: !!binary aGVq\n",
    "own tag": "rules: !regler []\n",
    "deep lists": "[" * 100_000,
    "deep mappings": "rules: " + "{a: " * 20_000,
    "deep indentation": "".join(f"{' ' * depth}a:\n" for depth in range(2_000)),
    "deep lists in a line": "- " * 400_000,
    "deep keys in a line": "? " * 400_000,
    "deep condition": RULES.replace(
        "role: main\n    message", "not: " + "{not: " * 500 + "{role: main}" + "}" * 500 + "\n    message"
    ),
    "not nested 50 deep": nested_not(50),
    "not nested 260 deep": nested_not(260),
    "problems without end": RULES.replace("[A29, A99]", f"[{'A, ' * 10_000}A]"),
    "anchors without end": f"rules: [{'&a b, ' * 10_000}c]\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "zero bytes": b"rules:\x00\x00\n",
    "control character": "rules: [\x07]\n",
    "utf-16": "rules: []\n".encode("utf-16"),
    "tabs": "rules:\n\t- id: a\n",
    "only tabs": "\t\t\t\n\t",
    "huge value": RULES.replace("residual-code", "x" * 200_000),
    "huge text": RULES.replace("{code} er en restkode.", "x" * 200_000),
    "huge key": "x" * 200_000 + ": 1\n",
    "huge number": RULES.replace("[A29, A99]", "9" * 100_000),
    "huge date": RULES.replace("source: moede", f"source: moede\n    from: {'9' * 100_000}-01-01"),
    "double keys": "rules: []\n" * 1_000,
    "one key twice": "rules: []\nrules: []\n",
    "several documents": "---\nrules: []\n---\nrules: []\n",
    "empty": "",
    "only a comment": "# regler\n",
    "only a scalar": "regler\n",
    "only a list": "- rules\n",
    "null": "rules:\n",
    "unknown directive": "%YAML 9.9\n---\nrules: []\n",
    "open quotation mark": 'rules: ["åben\n' + "x\n" * 1_000,
    "mapping for a key": "{rules: []}: []\n",
    "list for a key": "? [rules]\n: []\n",
    "character beyond Unicode": 'rules: "\\UFFFFFFFF"\n',
    "character beyond Unicode with an anchor": 'rules: [&a "\\U00110000"]\n',
    "half a character": 'rules: "\\ud83d"\n',
    "half a character for a key": '"\\ud83d": []\n',
    "reserved character": "rules: @regler\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_yaml_gives_a_problem(what: str, folder: RuleFolder) -> None:
    folder.write("general.yaml", HOSTILE[what])
    problems = folder.problems()
    lines = list(map(str, problems))
    assert problems
    assert {problem.place.file for problem in problems} == {str(folder.path("general.yaml"))}
    assert max(map(len, lines)) < LONGEST


@pytest.mark.parametrize("what", ["billion laughs", "picture", "deep indentation", "empty", "several documents"])
def test_a_hostile_head_gives_a_problem(what: str, folder: RuleFolder) -> None:
    folder.write("pack.yaml", HOSTILE[what])
    assert folder.problems()


@pytest.mark.soak
@pytest.mark.parametrize("name", ["general.yaml", "pack.yaml"])
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_yaml_is_read_in_two_seconds(what: str, name: str, folder: RuleFolder) -> None:
    folder.write(name, HOSTILE[what])
    started = time.process_time()
    assert folder.problems()
    assert time.process_time() - started < SECONDS


def test_a_character_that_yaml_forbids_is_reported_at_its_line(folder: RuleFolder) -> None:
    folder.write("general.yaml", "rules: []\n# ok\n# \x07\n")
    (problem,) = folder.problems()
    assert (problem.place.line, problem.place.column) == (3, 3)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('rules: []\n# ok\ncourses: "\\UFFFFFFFF"\n', 3, 13),
        ('rules: []  # & *\ncourses: {"a\\U00110000": 1}\n', 2, 15),
        ('rules: []\ncourses: {"en \\ud83d\\ude00": 1}\n', 2, 11),
    ],
)
def test_an_invalid_escape_is_reported_in_danish_at_its_place(text: str, line: int, column: int, folder: RuleFolder) -> None:
    folder.write("general.yaml", text)
    problem = folder.problems()[0]
    assert (problem.id, problem.place.line, problem.place.column) == ("yaml", line, column)
    assert "et tegn, som er skrevet med omvendt skråstreg" in problem.text


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "---\n", "%YAML 1.2\n---\n"])
def test_a_byte_order_mark_and_any_line_endings_are_read(start: str, end: str, folder: RuleFolder) -> None:
    before = folder.release()
    folder.write("general.yaml", (start + RULES).replace("\n", end))
    assert folder.release() == before
