"""Static analysis of rules.

It finds contradictions and rules that never fire or are covered by others, and analyses suggestions.
"""
