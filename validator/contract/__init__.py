"""What is submitted and what is answered, as plain data: the encounter, the verdict and the kinds of finding."""
