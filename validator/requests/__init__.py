"""Read JSON requests into encounters, and describe the problems of refused requests."""
