"""Fixtures: the shipped bank, and a bank of one case that tests can edit."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.training.case_folder import CaseFolder
from validator.catalogue.catalogue import Catalogue
from validator.training.bank_reader import read_bank
from validator.training.case_bank import Bank


@pytest.fixture(scope="session")
def bank(catalogue: Catalogue) -> Bank:
    bank = read_bank(ROOT / "cases", catalogue).bank
    assert bank is not None
    return bank


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> CaseFolder:
    return CaseFolder(tmp_path / "cases", catalogue)
