"""A small release to edit, for the tests of rule files."""

from pathlib import Path

import pytest

from tests.rulebook.rule_folder import RuleFolder
from validator.catalogue.catalogue import Catalogue


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> RuleFolder:
    return RuleFolder(tmp_path / "rules", catalogue)
