"""Where the command `kodevagt` begins; `python -m validator` does the same."""

from validator.support.light_loading import light_loading


def main() -> None:
    """Runs the command that was asked for."""
    with light_loading():
        from validator.cli.main import main as command

    command(prog_name="kodevagt")


if __name__ == "__main__":
    main()
