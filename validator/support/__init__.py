"""Helpers independent of coding: CPR numbers, JSON Pointers, files, addresses."""
