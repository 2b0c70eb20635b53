"""Judge a contact by the built-in checks and the rules in force.

Suggestions, overrides and the rendering of findings are here too.
"""
