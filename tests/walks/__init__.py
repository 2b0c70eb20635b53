"""EKM's change, from nothing to live and back, with the mistakes that a clinician is likely to make on the way."""
