"""Search for codes by a clinician's words."""
