"""Editions of code systems: import from distributions, comparison, timeline and export."""
