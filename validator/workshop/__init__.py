"""What an owner does with a rulebook, on top of the judging."""

from validator.workshop.examples import Report, Unreached, Wrong, run_examples

__all__ = ["Report", "Unreached", "Wrong", "run_examples"]
