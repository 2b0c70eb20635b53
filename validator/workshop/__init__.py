"""What the owner of a rulebook does with it, on top of judging: check, explain, timeline, differences, impact, schema."""
