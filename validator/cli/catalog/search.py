"""`kodevagt catalog search`: search codes by a clinician's words.

The hits are the same as over HTTP.
"""

import click

from validator.catalogue.search.hospital_codes import bridged_rubrics, search_codes
from validator.catalogue.search.query import clean_query
from validator.cli.messages import print_text
from validator.cli.output import TABLE_OR_JSON, print_json, print_table
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.texts import LANGUAGES

_COLUMNS = ("code", "title", "term")


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--physiotherapy", is_flag=True, help="Det, som fysioterapeuter koder, står først blandt det, der passer lige godt.")
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True, help="Så mange koder vises højst.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Titlernes sprog; ellers dansk.")
@TABLE_OR_JSON
def search(words: tuple[str, ...], physiotherapy: bool, limit: int, language: str, output_format: str) -> None:
    """Find koder med WORDS: en kode, også fra ICD-10 eller SKS, eller ord på dansk, engelsk eller svensk, også ufærdige og
    stavet forkert."""
    catalogue, query = installed_catalogue(read_settings()), clean_query(" ".join(words))
    hits = search_codes(catalogue, query, physiotherapy=physiotherapy)
    items = [hit.to_json(language) for hit in hits[:limit]]
    if output_format == "json":
        print_json({"items": items, "total": len(hits)})
    elif not hits:
        is_hospital_code = bridged_rubrics(catalogue, query) is not None
        print_text("catalog.search.no-bridge" if is_hospital_code else "catalog.search.none", code=query)
    else:
        print_table("catalog.search", _COLUMNS, ([item[name] for name in _COLUMNS] for item in items))
        if len(hits) > limit:
            print_text("catalog.search.more", limit=limit, total=len(hits))
