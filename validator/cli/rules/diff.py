"""`kodevagt rules diff`: what changed between two releases, in sentences."""

from itertools import groupby

import click

from validator.authoring.compare.release_differences import Difference, find_differences
from validator.cli.common import Refused
from validator.cli.output import TEXT_OR_JSON, print_json
from validator.cli.rules.release_lookup import find_release, is_release_folder

_HEADINGS = {"release": "Udgaven", "specialty": "Specialer", "source": "Kilder", "course": "Forløb", "rule": "Regler"}


@click.command()
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@TEXT_OR_JSON
def diff(old: str, new: str, form: str) -> None:
    """Vis, hvad der er ændret fra udgaven A til udgaven B, forløb for forløb og regel for regel.

    A og B er navne på udgaver (ekm-2024-11) eller mapper (rules/dk/ekm-2025-06). Ved siden af en mappe er et navn den udgivne.
    """
    before, _ = find_release(old, form, published_first=is_release_folder(new))
    after, _ = find_release(new, form, published_first=is_release_folder(old))
    if before.pack != after.pack:
        raise Refused(
            f"{before.name} er af pakken {before.pack} og {after.name} af pakken {after.pack}; sammenlign udgaver af samme pakke"
        )
    found = find_differences(before, after)
    if form == "json":
        names = [{"pack": release.pack, "release": release.name} for release in (before, after)]
        print_json({"from": names[0], "to": names[1], "differences": found}, indent=2)
        return
    click.echo(f"Fra {before.pack}/{before.name} til {after.pack}/{after.name}:" if found else "Der er ingen forskel.")
    for subject, group in groupby(found, key=lambda item: item.subject):
        click.echo(f"\n{_HEADINGS[subject]}")
        _print(list(group))


def _print(group: list[Difference]) -> None:
    for (name, title), items in groupby(group, key=lambda item: (item.id, item.title)):
        click.echo(f"  {name}" if name == title else f"  {name} – {title}")
        for item in items:
            click.echo(f"    - {item.text}")
