"""Search for codes by words."""
