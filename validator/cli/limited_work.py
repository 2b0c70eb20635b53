"""Work of a command on files, in the sandbox, with a Danish sentence about the limit that was met."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from validator.cli.messages import CommandError
from validator.sandbox.sandbox import (
    MAX_MEMORY,
    MAX_OUTPUT,
    BusyError,
    ChildDiedError,
    MemoryLimitError,
    OutputLimitError,
    Sandbox,
    SandboxError,
    TimeLimitError,
)
from validator.settings import read_settings

_SECONDS = 60.0  # of processor time
_MEGABYTE = 2**20


def command_sandbox() -> Sandbox:
    """Return the sandbox of this process; its subprocess has the same working directory."""
    return _sandbox(Path.cwd(), read_settings().sandbox_time_factor)


def run_limited(work: Callable[..., Any], *arguments: Any, file: object) -> Any:
    """Return `work(*arguments)`, which reads `file`.

    Raises CommandError at a limit, UserError with the sentence of a UserError that `work` raised.
    """
    try:
        return command_sandbox().run(work, *arguments, seconds=_SECONDS)
    except TimeLimitError as error:
        raise CommandError("limit.time", file=file, seconds=round(error.seconds)) from error
    except MemoryLimitError as error:
        raise CommandError("limit.memory", file=file, limit=MAX_MEMORY // _MEGABYTE) from error
    except OutputLimitError as error:
        raise CommandError("limit.output", file=file, limit=MAX_OUTPUT // _MEGABYTE) from error
    except (BusyError, ChildDiedError) as error:
        raise CommandError("limit.interrupted", file=file) from error
    except SandboxError as error:
        raise CommandError("limit.failed", file=file, error=error) from error


@lru_cache(maxsize=1)
def _sandbox(_folder: Path, time_factor: int) -> Sandbox:
    return Sandbox(time_factor=time_factor)
