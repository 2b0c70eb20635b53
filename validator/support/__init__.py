"""Helpers without any knowledge of coding: CPR numbers, JSON Pointers, atomic files, a bounded cache."""
