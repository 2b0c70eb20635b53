"""What a server process serves: the current validators, loaded again when the store changes."""
