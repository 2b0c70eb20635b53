"""`kodevagt catalog search`: codes by the words of a clinician, as over HTTP."""

import json

import click
from rich.console import Console
from rich.table import Table

from validator.catalogue.search.hospital_codes import search_codes
from validator.cli.common import catalogue, settings, shown
from validator.texts import LANGUAGES

_COLUMNS = ("Kode", "Titel", "Fundet som")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--physiotherapy", is_flag=True, help="Det, som fysioterapeuter koder, står først blandt det, der passer lige godt.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="Så mange koder vises højst.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Titlernes sprog; ellers dansk.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
def search(words: tuple[str, ...], physiotherapy: bool, limit: int, language: str, form: str) -> None:
    """Find koder med WORDS: en kode, også fra ICD-10 eller SKS, eller ord på dansk, engelsk eller svensk, også ufærdige og
    stavet forkert."""
    hits = search_codes(catalogue(settings()), " ".join(words).strip(), physiotherapy=physiotherapy)
    items = [hit.to_json(language) for hit in hits[:limit]]
    if form == "json":
        click.echo(json.dumps({"items": items, "total": len(hits)}, ensure_ascii=False))
        return
    if not hits:
        click.echo("Intet fundet.")
        return
    table = Table()
    for heading in _COLUMNS:
        table.add_column(heading, overflow="fold")
    for item in items:
        table.add_row(*(shown(item[name] or "") for name in ("code", "title", "term")))
    Console().print(table)
    if len(hits) > limit:
        click.echo(f"De første {limit} af {len(hits)}.")
