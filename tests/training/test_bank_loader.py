"""A service loads the valid part of a bank and says in its log what was left out."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.training.case_folder import CaseFolder
from validator.catalogue.catalogue import Catalogue
from validator.sandbox.sandbox import Sandbox
from validator.store.database import Database
from validator.training.bank_loader import BankLoader
from validator.training.errors import BankMissingError

BROKEN_SET = "  nyt: {title: {da: Nyt, en: New}, cases: [trappen, trapper]}\nunclear: {answers: 10, exact: 60}"


@pytest.fixture
def loader(folder: CaseFolder, tmp_path: Path) -> BankLoader:
    return BankLoader(Database(tmp_path / "kodevagt.db"), folder.root, Sandbox())


def test_a_set_with_a_case_that_is_not_there_leaves_out_that_set_only(
    folder: CaseFolder, loader: BankLoader, catalogue: Catalogue
) -> None:
    folder.edit("unclear: {answers: 10, exact: 60}", BROKEN_SET, "scoring.yaml")
    with capture_logs() as logged:
        bank = loader.bank(catalogue)
    assert (list(bank.cases), list(bank.scoring.sets)) == (["trappen"], ["saettet"])
    assert [line["event"] for line in logged] == ["case-not-read"]
    assert 'casen "trapper" findes ikke i mappen, så sættet "nyt" vises ikke.' in logged[0]["problem"]


@pytest.mark.parametrize("broken", ["5", "{title: {da: Nyt}, cases: 5}", "{cases: [trappen]}", "[]"])
def test_a_set_that_cannot_be_read_leaves_out_that_set_only(
    broken: str, folder: CaseFolder, loader: BankLoader, catalogue: Catalogue
) -> None:
    folder.edit("unclear: {answers: 10, exact: 60}", f"  nyt: {broken}\nunclear: {{answers: 10, exact: 60}}", "scoring.yaml")
    with capture_logs() as logged:
        assert list(loader.bank(catalogue).scoring.sets) == ["saettet"]
    assert logged


def test_without_weights_no_case_can_be_answered(folder: CaseFolder, loader: BankLoader, catalogue: Catalogue) -> None:
    folder.edit("exact: 100", "exact: 110", "scoring.yaml")
    with capture_logs(), pytest.raises(BankMissingError):
        loader.bank(catalogue)
