"""Where the command `kodevagt` begins; `python -m validator` does the same."""

import gc
import sys


def main() -> None:
    """Loads what every command needs, and runs the command that was asked for."""
    # A tenth of a start each: nothing that is loaded is garbage that one could look for, and structlog brings rich along for
    # tracebacks in colours, which are never printed here.
    gc.disable()
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]
    from validator.cli import main as command

    gc.freeze()
    gc.enable()
    command(prog_name="kodevagt")


if __name__ == "__main__":
    main()
