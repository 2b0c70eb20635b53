"""Releases carried between installations: signed files and the keys that sign them."""
