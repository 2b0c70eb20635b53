"""What a rulebook's owner does with it: check, explain, compare, try out and publish."""
