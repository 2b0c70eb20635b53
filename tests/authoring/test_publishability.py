"""`check`, `test`, `publish` and their routes never disagree about whether a draft can be published."""

import datetime
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from api import create_app
from tests.authoring.acceptable_cases import BASE_COURSE, CASES, CHANGED, HEAD, NAME, NEW_SOURCE, AcceptableCase, with_source
from tests.each import naming
from tests.rulebook.rule_folder import RULES, RuleFolder
from validator import Settings
from validator.authoring.checks.release_check import check_folder
from validator.authoring.draft import Draft
from validator.authoring.drafts import check_draft
from validator.authoring.publishing import try_draft, try_folder
from validator.catalogue.catalogue import Catalogue
from validator.cli.main import main
from validator.rulebook.yaml.problem_texts import ACCEPTABLE

ONLY_IN_A_FOLDER = ("file-not-read", "stays-draft")
WRONG_EXAMPLE = RULES.replace("[A29, A99]", "[A99]")
FIXED = (
    *CASES,
    AcceptableCase("in order", {"courses.yaml": CHANGED.replace("2026-09-01", "9999-01-01")}, ("", 0)),
    AcceptableCase("wrong example", {"general.yaml": WRONG_EXAMPLE}, ("", 0)),
    AcceptableCase(
        "unknown code",
        {"pack.yaml": HEAD.replace("published", "draft") + NEW_SOURCE, "courses.yaml": CHANGED.replace("[L86]", "[L8E]")},
        ("", 0),
    ),
)
# What may be written in a draft, by file: pieces that are in order, and pieces that are not.
PIECES = {
    "pack.yaml": (HEAD, HEAD + NEW_SOURCE, HEAD.replace("published", "draft") + NEW_SOURCE, with_source("2019-01-01")),
    "courses.yaml": (
        None,
        CHANGED,
        BASE_COURSE,
        BASE_COURSE.replace("2025-10-01", "2031-01-01"),
        BASE_COURSE.replace("L84, L86", "L03"),
        CHANGED.replace("  laenderyg:", "  laenderygge:"),
        CHANGED.replace("[L86]", "[L21]"),
    ),
    "general.yaml": (None, RULES, WRONG_EXAMPLE, RULES.replace("er en restkode", "er en rest"), "rules: 1\n"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", FIXED, ids=lambda case: case.id)
def test_the_commands_and_the_route_agree(case: AcceptableCase, folder: RuleFolder, tmp_path: Path) -> None:
    """`publish` is last, since it stores the release."""
    settings = Settings(rules=folder.root, database=tmp_path / "kodevagt.db", cases=tmp_path / "cases")
    draft = case.write(folder)
    client = create_app(settings).test_client()
    files = {path.name: path.read_text("utf-8") for path in draft.glob("*.yaml")}
    env = {"KODEVAGT_RULES": str(folder.root), "KODEVAGT_DATABASE": str(settings.database), "KODEVAGT_CASES": str(tmp_path)}

    def run(command: str, *words: str) -> bool:
        result = CliRunner().invoke(main, ["rules", command, str(draft), *words], env=env)
        assert result.exit_code in (0, 1), result.output
        return result.exit_code == 0

    for accept in ([], list(ACCEPTABLE)):
        options = [word for id in accept for word in ("--accept", id)]
        answers = [run("check", *options), run("test", *options), run("publish", "--note", "Prøve", *options)]
        if case.id not in ONLY_IN_A_FOLDER:
            answers.append(client.post("/v1/rules/check", json={"files": files, "accept": accept}).get_json()["publishable"])
            sent = client.post("/v1/releases", json={"files": files, "accept": accept, "note": "Prøve"})
            answers.append(sent.status_code in (200, 201))
        assert set(answers) == {answers[0]}, (accept, answers)


def test_generated_drafts_are_judged_alike_by_every_door(tmp_path: Path, catalogue: Catalogue) -> None:
    chance, seen = random.Random(15), set()
    for number in range(60):
        folder = RuleFolder(tmp_path / str(number) / "rules", catalogue)
        base = folder.release()
        files = {file: text for file, choices in PIECES.items() if (text := chance.choice(choices)) is not None}
        accept = chance.sample(ACCEPTABLE, chance.choice([0, 2, len(ACCEPTABLE)]))
        for file, text in files.items():
            folder.write(f"dk/{NAME}/{file}", text)
        place = folder.path(f"dk/{NAME}/pack.yaml").parent
        content = {file: text.encode() for file, text in files.items()}
        draft = Draft("dk", content, {base.name: base}, base, (*accept, *ONLY_IN_A_FOLDER))
        today = datetime.date.today()
        with naming((number, files, accept)):
            in_folder = check_folder(place, catalogue, today, accept)
            assert try_folder(place, catalogue, (), accept).passed is in_folder.publishable
            assert try_draft(draft, catalogue, ()).passed is check_draft(draft, catalogue, today)["publishable"]
            if not set(in_folder.unaccepted) & set(ONLY_IN_A_FOLDER):
                assert check_draft(draft, catalogue, today)["publishable"] is in_folder.publishable
        seen.add(in_folder.publishable)
    assert seen == {True, False}
