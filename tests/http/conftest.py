"""Fixtures of the tests of personal data."""

from collections.abc import Iterator

import pytest

from tests.http.personal import NUMBERS, leaks


@pytest.fixture
def nothing_leaks(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Assert that the requests of a test were logged, and that no line of output contains a CPR number."""
    yield
    printed = "".join(capsys.readouterr())
    assert "request_id=" in printed
    assert not any(leaks(number, printed) for number in NUMBERS)
