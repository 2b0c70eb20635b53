"""`kodevagt rules schema`: the JSON Schema of rule files, and the reference page."""

import click

from validator.authoring.schema.json_schema import rule_schema
from validator.authoring.schema.language_reference import render_reference
from validator.cli.output import print_json

_LANGUAGES = ("da", "en")


@click.command()
@click.option(
    "--reference", "language", type=click.Choice(_LANGUAGES), default=None, help="Opslagssiden som Markdown i stedet for skemaet."
)
def schema(language: str | None) -> None:
    """Skriv regelfilernes JSON Schema, så en editor kan fuldføre og forklare hver nøgle, mens man skriver."""
    if language:
        click.echo(render_reference(language))
    else:
        print_json(rule_schema(), indent=2)
