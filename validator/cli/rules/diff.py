"""`kodevagt rules diff`: list in sentences what changed between two releases."""

from itertools import groupby

import click

from validator.authoring.compare.release_differences import find_differences
from validator.cli.messages import print_text
from validator.cli.output import TEXT_OR_JSON, print_json
from validator.cli.rules.release_lookup import find_release, full_name, is_release_folder, require_same_pack
from validator.texts import danish_text


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
    found = find_differences(before, after)
    if output_format == "json":
        names = [{"pack": release.pack, "release": release.name} for release in (before, after)]
        print_json({"from": names[0], "to": names[1], "differences": found}, indent=2)
        return
    print_text("rules.diff.heading" if found else "rules.diff.none", before=full_name(before), after=full_name(after))
    for subject, group in groupby(found, key=lambda item: item.subject):
        click.echo(f"\n{danish_text(f'rules.diff.{subject}')}")
        for (name, title), items in groupby(group, key=lambda item: (item.id, item.title)):
            click.echo(f"  {name}" if name == title else f"  {name} – {title}")
            for item in items:
                click.echo(f"    - {item.text}")
