"""Reasons for file errors: in Danish where there is one, else as the system words them."""

import errno

from validator.texts.file_errors import file_error_reason


def test_a_full_disk_has_a_danish_reason() -> None:
    assert file_error_reason(OSError(errno.ENOSPC, "No space left on device")) == "disken er fuld"


def test_a_reason_without_a_danish_text_is_the_systems_own() -> None:
    assert file_error_reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"
    assert file_error_reason(OSError()) == "OSError"
