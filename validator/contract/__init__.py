"""Request and response as plain data: the encounter, the verdict and the kinds of finding."""
