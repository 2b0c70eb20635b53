"""What the tests of engines share."""

from tests.engines.extension import extension

__all__ = ["extension"]
