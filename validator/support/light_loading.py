"""Loads modules without the work that nothing here needs: a quarter of a start, before the first answer can be given."""

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Of their expressions (an e-mail address, every letter that YAML may hold) most processes use none.
_LATER = ("marshmallow.validate", "yaml.reader")


class _Expression:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, *arguments: Any) -> None:
        self._arguments = arguments

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what a class asks of everything in it
            raise AttributeError(name)
        return getattr(re.compile(*self._arguments), name)  # which keeps what it has compiled


@contextmanager
def light_loading() -> Iterator[None]:
    """What is loaded inside is looked through for garbage neither then nor later."""
    gc.disable()
    _load_log()
    compile_now = re.compile

    def compile_later(pattern: Any, flags: Any = 0) -> Any:
        later = sys._getframe(1).f_globals.get("__name__") in _LATER
        return _Expression(pattern, flags) if later else compile_now(pattern, flags)

    re.compile = compile_later
    try:
        yield
    finally:
        re.compile = compile_now
        gc.freeze()
        gc.enable()


def _load_log() -> None:
    """structlog without rich, which it brings along for tracebacks in colours: none is ever printed here."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        return
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
