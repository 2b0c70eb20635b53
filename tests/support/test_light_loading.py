"""Modules are imported without garbage collection, which goes on afterwards, whatever came of it."""

import gc
from collections.abc import Iterator

import pytest

from validator.support.light_loading import light_loading


@pytest.fixture(autouse=True)
def _unfrozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_frozen() -> None:
    with light_loading():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000


def test_garbage_is_collected_again_after_an_import_that_failed() -> None:
    with pytest.raises(KeyError), light_loading():
        raise KeyError
    assert gc.isenabled()
