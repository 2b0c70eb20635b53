"""Editions of code systems: read from distributions, compared, placed on a timeline and exported."""
