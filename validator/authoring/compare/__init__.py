"""What changes between two releases, in sentences and in verdicts."""
