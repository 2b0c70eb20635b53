"""`kodevagt catalog`: the commands for code systems and their editions."""
