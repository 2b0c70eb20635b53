"""Explanations of why a rule finds something in a contact or not."""
