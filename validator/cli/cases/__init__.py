"""`kodevagt cases`: the commands for authors of coding cases."""
