"""Fixtures for the tests of the engines."""

from tests.engines.extension import extension

__all__ = ["extension"]
