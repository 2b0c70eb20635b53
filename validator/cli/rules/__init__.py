"""`kodevagt rules`: the commands for the owner of the rule files."""
