"""How settled a code or a source is may be written in English or in Danish, in every file."""

import pytest

from tests.rulebook.rule_folder import RuleFolder

WORDS = [
    ("decided", "decided"),
    ("afgjort", "decided"),
    ("afklaret", "decided"),
    ("undecided", "undecided"),
    ("under afklaring", "undecided"),
    ("unconfirmed", "unconfirmed"),
    ("ubekræftet", "unconfirmed"),
]


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_the_status_of_a_code(word: str, status: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "status: undecided", f"status: {word}")
    (entry,) = folder.release().courses["laenderyg"].main_diagnosis
    assert entry.status == status


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_the_status_of_a_source(word: str, status: str, folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "status: unconfirmed", f"status: {word}")
    assert folder.release().sources["moede"].status == status


def test_a_code_under_afklaring_needs_a_note(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "status: undecided", "status: under afklaring")
    folder.edit("courses.yaml", '        note: {da: "Under afklaring.", en: "Undecided."}\n', "")
    assert [(problem.id, problem.values) for problem in folder.problems()] == [("missing-key", {"key": "note"})]
