"""What a rule can and cannot do: contradictions, rules that never fire, rules that others cover, where suggestions lead."""
