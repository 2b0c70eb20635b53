"""`kodevagt catalog`: what is in the catalogue of codes.

Exit codes: 0 where it is done, 2 where the call itself is bad.
"""

import click

from validator.cli_catalog_search import search


@click.group()
def catalog() -> None:
    """Kataloget: find en kode."""


for command in (search,):
    catalog.add_command(command)
