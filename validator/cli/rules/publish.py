"""`kodevagt rules publish`, `activate` and `releases`: publish and activate releases.

Exit codes: 0 for success, 1 for errors in the draft or a wrong example, 2 for a call that cannot be done.
"""

from functools import partial
from typing import cast

import click

from validator.authoring.publishing import try_folder
from validator.cli.common import CREATE_OPTION, open_store, writing_store
from validator.cli.output import ACCEPT, TABLE_OR_JSON, TEXT_OR_JSON, actor_name, print_json, print_list, print_result
from validator.cli.rules.release_lookup import find_folder, other_releases, shipped_release
from validator.cli.rules.trial_output import print_published, trial_json, try_or_exit
from validator.rulebook.release import Release
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.database import Database
from validator.store.published_releases import PublishedRelease, list_releases
from validator.store.releases import activate_release, import_release, publish_release
from validator.texts import danish_text

_COLUMNS = ("name", "pack", "current", "published", "author", "parent", "note")


@click.command()
@click.argument("draft", metavar="PATH_OR_NAME")
@click.option("--note", required=True, help="Hvad udgaven ændrer, og hvorfor; står i listen over udgaver.")
@click.option("--author", default=None, help="Hvem der har besluttet den; står ved udgaven, også hos dem, der tager den ind.")
@ACCEPT
@CREATE_OPTION
@TEXT_OR_JSON
def publish(draft: str, note: str, author: str | None, accept: tuple[str, ...], create: bool, output_format: str) -> None:
    """Udgiv en udgave: dens mappe, eller dens navn i de indstillede regler.

    Først kontrolleres filerne som af kodevagt rules check. Er der fejl eller advarsler, som ikke er godtaget, udgives intet. En
    udgivet udgave kan ikke ændres. Den bliver ikke gældende, før den tages i brug med kodevagt rules activate. De cases, som den
    afviser svaret på, bliver nævnt; de trækkes tilbage, når den bliver gældende.
    """
    settings = read_settings()
    folder = find_folder(draft)
    trial = partial(try_folder, others=other_releases(folder))
    tried, catalogue = try_or_exit(settings, trial, folder, folder.name, output_format, accept)
    release = cast(Release, tried.release)  # there is one, since the trial passed
    with writing_store(settings, create=create) as database:
        published, new = publish_release(
            database, release, edition=catalogue.identity, note=note, actor=COMMAND_LINE, author=author
        )
    if output_format == "json":
        print_json({**published.to_json(), "new": new, **trial_json(tried)})
    else:
        print_published("rules.publish.done" if new else "rules.publish.unchanged", published, tried)


@click.command()
@click.argument("name")
@TEXT_OR_JSON
def activate(name: str, output_format: str) -> None:
    """Gør den udgivne udgave NAME gældende, også en tidligere. En tjeneste, der kører, bruger den fra den næste forespørgsel.

    En udgave, der følger med Kodevagt, kommer i databasen, hvis den ikke er der.
    """
    with writing_store(read_settings()) as database:
        if all(release.name != name for release in list_releases(database)):
            _add_shipped(database, name)
        release, before = activate_release(database, name, actor=COMMAND_LINE)
    key = "unchanged" if before == name else "replaced" if before else "done"
    print_result(
        output_format, {**release.to_json(), "before": before}, f"rules.activate.{key}", name=name, pack=release.pack, before=before
    )


def _add_shipped(database: Database, name: str) -> None:
    """Add a release that ships, as a service does at its start; a store that a command made has none of them."""
    release, catalogue = shipped_release(name)
    if release is not None:
        import_release(database, release, edition=catalogue.identity)


@click.command()
@TABLE_OR_JSON
def releases(output_format: str) -> None:
    """Vis de udgivne udgaver, den ældste først, og hvilke der er gældende."""
    with open_store(read_settings()) as database:
        every = list_releases(database)
    items = [release.to_json() for release in every]
    print_list(output_format, items, "rules.releases", _COLUMNS, map(_row, every), unbroken=("name", "pack"))


def _row(release: PublishedRelease) -> tuple[object, ...]:
    current = danish_text("answer.yes") if release.current else None
    return release.name, release.pack, current, release.at, actor_name(release.author), release.parent, release.note
