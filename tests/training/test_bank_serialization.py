"""A bank is equal after a round trip through JSON."""

import pytest

from tests.training.case_folder import CaseFolder
from validator.training.bank_serialization import CompiledBankError, dump_bank, restore_bank
from validator.training.case_bank import Bank


def test_shipped_bank_round_trip(bank: Bank) -> None:
    assert restore_bank(dump_bank(bank)) == bank
    assert dump_bank(restore_bank(dump_bank(bank))) == dump_bank(bank)


def test_optional_fields_round_trip(folder: CaseFolder) -> None:
    folder.edit("rationale:", "phase: 3\nrelease: ekm-2025-06\nrationale:")
    bank = folder.read().bank
    assert bank is not None
    assert restore_bank(dump_bank(bank)) == bank


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 0}', '{"version": 2, "cases": [{}], "scoring": {}}'])
def test_other_text_is_rejected(text: str) -> None:
    with pytest.raises(CompiledBankError):
        restore_bank(text)
