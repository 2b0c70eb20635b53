"""Coding cases: a vignette, an answer in codes, and what the rules in force say about it."""
