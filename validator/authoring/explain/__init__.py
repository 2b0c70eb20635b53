"""Why a rule finds something in a contact, or does not."""
