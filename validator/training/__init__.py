"""Coding cases: a short story of a patient, an answer in codes, and what the rules in force say to it."""
