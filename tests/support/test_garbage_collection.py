"""Garbage collection is off during imports and on again afterwards, also after an error."""

import gc
from collections.abc import Iterator

import pytest

from validator.support.garbage_collection import gc_deferred, gc_paused


@pytest.fixture(autouse=True)
def _unfreeze() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_loaded_objects_are_frozen() -> None:
    with gc_paused():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1000


def test_collection_is_enabled_again_after_a_failed_import() -> None:
    with pytest.raises(KeyError), gc_paused():
        raise KeyError
    assert gc.isenabled()


def test_collection_is_deferred_and_nothing_is_frozen() -> None:
    frozen = gc.get_freeze_count()
    with gc_deferred():
        assert not gc.isenabled()
        with gc_deferred():
            pass
        assert not gc.isenabled()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)


def test_collection_is_enabled_again_after_failed_work() -> None:
    with pytest.raises(KeyError), gc_deferred():
        raise KeyError
    assert gc.isenabled()
