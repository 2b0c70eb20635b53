"""Where the command `kodevagt` begins; `python -m validator` does the same."""

from validator.support.garbage_collection import gc_paused


def main() -> None:
    """Runs the command that was asked for."""
    with gc_paused():
        from validator.cli.main import main as command

    command(prog_name="kodevagt")


if __name__ == "__main__":
    main()
