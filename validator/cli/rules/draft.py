"""`kodevagt rules draft`: begin a draft that extends a release."""

import datetime
from pathlib import Path

import click

from validator.authoring.draft_template import draft_of
from validator.cli.input import relative_path
from validator.cli.messages import CommandError, print_text
from validator.cli.rules.draft_folder import require_new_folder, write_draft
from validator.cli.rules.release_lookup import find_release
from validator.rulebook.yaml.value_reader import is_identifier


@click.command()
@click.argument("name")
@click.option(
    "--from", "base_name", required=True, help="Den udgave, kladden bygger på, fx ekm-2024-11; den kan stå i databasen alene."
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Mappen til kladden, som hedder NAME og ikke findes; ellers ./NAME.",
)
def draft(name: str, base_name: str, folder: Path | None) -> None:
    """Begynd kladden NAME til en ny udgave: den mindste mappe, der ændrer noget, med kilden og de forløb, der er under afklaring.

    Ret i den, og slet det, der ikke ændres. En udgivet udgave rettes aldrig selv.
    """
    folder = folder or Path(name)
    if not is_identifier(name) or folder.resolve().name != name:
        raise CommandError("rules.draft.name", name=name, folder=folder)
    require_new_folder(folder)
    base, _ = find_release(base_name, "text", published_first=True)
    if base.name == name:
        raise CommandError("rules.draft.same-name", name=name)
    files = draft_of(base, name, datetime.date.today())
    write_draft(folder, files)
    for file in sorted(files):
        click.echo(relative_path(folder) / file)
    print_text("rules.draft.done", err=True, folder=relative_path(folder), base=base.name)
