"""The HTTP layer: thin views over the library."""
