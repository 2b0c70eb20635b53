"""The rules of a release as plain data.

They are conditions, rules, courses and the vocabulary these use.
"""
