"""`kodevagt catalog`: what is in the catalogue of codes, and its editions, taken in, listed, withdrawn and written out.

Exit codes: 0 where it is done, 2 where the file or the call itself is bad.
"""

import click

from validator.cli.catalog.check import check
from validator.cli.catalog.editions import editions, withdraw
from validator.cli.catalog.export import export
from validator.cli.catalog.import_edition import import_
from validator.cli.catalog.search import search


@click.group(commands=[check, editions, export, import_, search, withdraw])
def catalog() -> None:
    """Kataloget: find en kode, og tag udgaver af kodesystemer ind."""
