"""Helpers that know nothing of coding: CPR numbers, JSON Pointers, atomic files, garbage collection, addresses."""
