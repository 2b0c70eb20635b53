"""Judging a contact: built-in checks, the rules in force, suggestions, overrides and the rendered findings."""
