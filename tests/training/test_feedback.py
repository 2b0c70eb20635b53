"""What was said to an answer can be read again: by the release that it was judged by, and only while the case stands as it did."""

from pathlib import Path

import pytest

from tests.training.case_folder import CaseFolder
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Diagnosis
from validator.sandbox.sandbox import Sandbox
from validator.store.database import Database
from validator.store.keys import list_keys
from validator.training.bank_loader import BankLoader
from validator.training.training import Training, UnknownCaseError


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> CaseFolder:
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    return CaseFolder(tmp_path / "cases", catalogue)


def training(folder: CaseFolder, service: Service) -> Training:
    database = Database(folder.root.parent / "kodevagt.db")
    assert list_keys(database) == []  # it stands
    return Training(database, BankLoader(database, folder.root, Sandbox()), lambda: service)


def test_the_latest_answer_is_told_again_as_it_was(folder: CaseFolder, service: Service) -> None:
    held = training(folder, service)
    assert held.latest_feedback(None, "trappen") is None
    code = held.submit_answer(None, "trappen", (Diagnosis("L92", role="main"),)).code
    told = held.submit_answer(code, "trappen", (Diagnosis(" l15 ", role="main"),), language="da")
    again = held.latest_feedback(code, "trappen", language="da")
    assert again is not None
    assert {**again.to_json("da"), "verdict": None} == {**told.to_json("da"), "verdict": None}
    assert [finding.hit.kind for finding in again.verdict.findings] == ["main-not-in-course-set"]
    assert held.latest_feedback("2222-2222-2222", "trappen") is None
    with pytest.raises(UnknownCaseError):
        held.latest_feedback(code, "nix")


def test_of_a_case_that_was_changed_nothing_is_told(folder: CaseFolder, service: Service) -> None:
    code = training(folder, service).submit_answer(None, "trappen", ()).code
    folder.edit("version: 1", "version: 2")
    assert training(folder, service).latest_feedback(code, "trappen") is None
