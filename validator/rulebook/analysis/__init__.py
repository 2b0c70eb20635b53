"""Static analysis of rules: contradictions, rules that never fire or are covered by others, and suggestions."""
