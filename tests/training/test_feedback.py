"""The latest feedback is repeated by the release that judged the answer, until the case has a new version."""

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
from validator.training.case_training import Training, UnknownCaseError


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> CaseFolder:
    monkeypatch.setattr(Sandbox, "run", lambda _, work, *arguments, seconds: work(*arguments) if seconds else None)
    return CaseFolder(tmp_path / "cases", catalogue)


def make_training(folder: CaseFolder, service: Service) -> Training:
    database = Database(folder.root.parent / "kodevagt.db")
    assert list_keys(database) == []  # creates the tables
    return Training(database, BankLoader(database, folder.root, Sandbox()), lambda: service)


def test_latest_feedback_is_repeated(folder: CaseFolder, service: Service) -> None:
    training = make_training(folder, service)
    assert training.latest_feedback(None, "trappen") is None
    code = training.submit_answer(None, "trappen", (Diagnosis("L92", role="main"),)).code
    first = training.submit_answer(code, "trappen", (Diagnosis(" l15 ", role="main"),), language="da")
    again = training.latest_feedback(code, "trappen", language="da")
    assert again is not None
    assert {**again.to_json("da"), "verdict": None} == {**first.to_json("da"), "verdict": None}
    assert [finding.hit.kind for finding in again.verdict.findings] == ["main-not-in-course-set"]
    assert training.latest_feedback("2222-2222-2222", "trappen") is None
    with pytest.raises(UnknownCaseError):
        training.latest_feedback(code, "nix")


def test_no_feedback_after_the_case_has_changed(folder: CaseFolder, service: Service) -> None:
    code = make_training(folder, service).submit_answer(None, "trappen", ()).code
    folder.edit("version: 1", "version: 2")
    assert make_training(folder, service).latest_feedback(code, "trappen") is None
