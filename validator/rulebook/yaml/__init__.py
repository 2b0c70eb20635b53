"""Rule files: YAML read into a release, with the place of every problem."""
