"""`kodevagt rules diff`: list in sentences what changed between two releases."""

import click

from validator.authoring.compare.release_differences import difference_lines, find_differences
from validator.cli.output import TEXT_OR_JSON, print_json
from validator.cli.rules.release_lookup import find_release, is_release_folder, require_same_pack

_DA = "da"


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@TEXT_OR_JSON
def diff(old: str, new: str, output_format: str) -> None:
    """Vis, hvad der er ændret fra udgaven A til udgaven B, forløb for forløb og regel for regel.

    A og B er navne på udgaver (ekm-2024-11) eller mapper (rules/dk/ekm-2025-06). Ved siden af en mappe er et navn den udgivne.
    """
    before, _ = find_release(old, output_format, published_first=is_release_folder(new))
    after, _ = find_release(new, output_format, published_first=is_release_folder(old))
    require_same_pack(before, after)
    found = find_differences(before, after, _DA)
    if output_format == "json":
        names = [{"pack": release.pack, "release": release.name} for release in (before, after)]
        print_json({"from": names[0], "to": names[1], "differences": found}, indent=2)
        return
    for line in difference_lines(before, after, found, _DA):
        click.echo(line)
