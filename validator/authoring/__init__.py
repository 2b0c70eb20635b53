"""Tools for rule authors: check, explain, compare, try and publish releases."""
