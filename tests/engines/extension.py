"""A fake of the C extension of durable-rules that records the rulesets and states it creates and deletes."""

from collections.abc import Callable
from typing import Any

import durable_rules_engine
import pytest

from validator.engines import durable


class Extension:
    """Passes calls on to the C extension, except those of `replaced` functions."""

    def __init__(self, **replaced: Callable[..., Any]) -> None:
        self.replaced = replaced
        self.definitions: list[str] = []
        self.handles: list[int] = []
        self.states_deleted = 0

    def __getattr__(self, name: str) -> Any:
        return self.replaced.get(name) or getattr(durable_rules_engine, name)

    def create_ruleset(self, name: str, definition: str) -> int:
        handle: int = self.replaced.get("create_ruleset", durable_rules_engine.create_ruleset)(name, definition)
        self.definitions.append(definition)
        self.handles.append(handle)
        return handle

    def delete_ruleset(self, handle: int) -> None:
        self.handles.remove(handle)
        durable_rules_engine.delete_ruleset(handle)

    def delete_state(self, handle: int, sid: str) -> None:
        self.states_deleted += 1
        self.replaced.get("delete_state", durable_rules_engine.delete_state)(handle, sid)


@pytest.fixture
def extension(monkeypatch: pytest.MonkeyPatch) -> Extension:
    """The extension that durable engines use in a test, with no functions replaced yet."""
    extension = Extension()
    monkeypatch.setattr(durable, "load_extension", lambda: extension)
    return extension
