"""Work on untrusted input in a subprocess with limits of time and memory."""
