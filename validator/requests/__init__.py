"""Requests: JSON read into an encounter, and what is answered when it cannot be read."""
