"""`kodevagt catalog`: search the catalogue of codes, and manage its editions.

Editions are imported, listed, withdrawn and exported.

Exit codes: 0 for success, 2 for a file or a call that cannot be used.
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
