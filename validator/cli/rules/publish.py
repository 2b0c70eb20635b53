"""`kodevagt rules publish`, `activate` and `releases`: a draft becomes a release, and a release becomes the current one.

Exit codes: 0 where it is done, 1 where the draft has errors or an example is wrong, 2 where the call itself is bad.
"""

import json
import sys
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from validator.authoring.checks.report_formats import problem_json
from validator.authoring.publishing import Tried, try_folder, try_in_sandbox
from validator.cli.common import EXIT_FINDINGS, Refused, catalogue, open_store, release_refused, settings, who
from validator.cli.rules.rules_common import FORM, cases_of, counted, folder_of, tell_broken, tell_problems
from validator.cli.rules.test import tell_examples, unreached_json, wrong_json
from validator.sandbox.sandbox import Sandbox
from validator.settings import Settings
from validator.store.audit import COMMAND_LINE
from validator.store.errors import ReleaseError
from validator.store.published_releases import list_releases
from validator.store.releases import activate_release, publish_release

_COLUMNS = ("Udgave", "Pakke", "Gældende", "Udgivet (UTC)", "Af", "Efter", "Note")


@click.command()
@click.argument("draft", metavar="PATH_OR_NAME")
@click.option("--note", required=True, help="Hvad udgaven ændrer, og hvorfor; står i listen over udgaver.")
@click.option("--author", default=None, help="Hvem der har besluttet den; står ved udgaven, også hos dem, der tager den ind.")
@FORM
def publish(draft: str, note: str, author: str | None, form: str) -> None:
    """Udgiv en udgave: dens mappe, eller dens navn i de indstillede regler.

    Først kontrolleres filerne, alle eksempler prøves, og regelmotoren gøres klar. Er der fejl, udgives intet. En udgivet udgave kan
    ikke ændres. Den bliver ikke gældende, før den tages i brug med kodevagt rules activate. De cases, som den afviser svaret på,
    bliver nævnt; de trækkes tilbage, når den bliver gældende.
    """
    used = settings()
    folder = folder_of(draft, used.rules)
    sandbox = start_sandbox(used)
    held = catalogue(used)
    try:
        tried = try_in_sandbox(sandbox, try_folder, folder, held, cases_of(used, held))
        if not tried.passed or tried.release is None:
            tell_tried(tried, folder.name, form)
            sys.exit(EXIT_FINDINGS)
        with open_store(used) as database:
            made, new = publish_release(
                database, tried.release, edition=held.identity, note=note, actor=COMMAND_LINE, author=author
            )
    except ReleaseError as error:
        raise release_refused(error) from error
    if form == "json":
        click.echo(json.dumps({**made.to_json(), "new": new, **_tried_json(tried)}, ensure_ascii=False))
        return
    tell_problems(tried.problems)
    tell_broken(made.name, tried.broken)
    click.echo(f"{made.name} er udgivet ({made.digest})." if new else f"{made.name} var allerede udgivet; intet er ændret.")
    if not made.current:
        click.echo(f"Den bliver gældende med: kodevagt rules activate {made.name}", err=True)


@click.command()
@click.argument("name")
@FORM
def activate(name: str, form: str) -> None:
    """Gør den udgivne udgave NAME gældende, også en tidligere. En tjeneste, der kører, bruger den fra den næste forespørgsel."""
    try:
        with open_store(settings()) as database:
            made, before = activate_release(database, name, actor=COMMAND_LINE)
    except ReleaseError as error:
        raise release_refused(error) from error
    if form == "json":
        click.echo(json.dumps({**made.to_json(), "before": before}, ensure_ascii=False))
    elif before == name:
        click.echo(f"{name} var allerede gældende for {made.pack}.")
    else:
        click.echo(f"{name} er nu gældende for {made.pack}{f' i stedet for {before}' if before else ''}.")


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="Tabel til mennesker, JSON til scripts."
)
def releases(form: str) -> None:
    """Vis de udgivne udgaver, den ældste først, og hvilke der er gældende."""
    with open_store(settings()) as database:
        every = list_releases(database)
    if form == "json":
        click.echo(json.dumps({"items": [one.to_json() for one in every], "total": len(every)}, ensure_ascii=False))
        return
    table = Table()
    for heading in _COLUMNS:
        table.add_column(heading, overflow="fold", no_wrap=heading in ("Udgave", "Pakke"))
    for one in every:
        current = "ja" if one.current else ""
        row = (one.name, one.pack, current, f"{one.at:%Y-%m-%d %H:%M}", who(one.author), one.parent or "", one.note)
        table.add_row(*map(escape, row))
    Console().print(table)


def start_sandbox(used: Settings) -> Sandbox:
    """A sandbox that imports what a trial needs while the catalogue is read here."""
    sandbox = Sandbox(preload=try_in_sandbox.__module__, time_factor=used.sandbox_time_factor)
    sandbox.start()
    return sandbox


def tell_tried(tried: Tried, name: str, form: str) -> None:
    """Why a release is not published."""
    if form == "json":
        click.echo(json.dumps({"published": None, **_tried_json(tried)}, ensure_ascii=False))
        return
    tell_problems(tried.problems)
    tell_examples(name, tried.wrong, tried.unreached)
    if tried.release is None and not tried.errors:
        raise Refused("Mappen har flere udgaver. Angiv mappen med den ene, der skal udgives.")
    faults = counted(len(tried.errors) + len(tried.wrong) + len(tried.unreached), "fejl", "fejl")
    click.echo(f"{name} er ikke udgivet: {faults}.", err=True)


def _tried_json(tried: Tried) -> dict[str, Any]:
    return {
        "problems": list(map(problem_json, tried.problems)),
        "wrong": list(map(wrong_json, tried.wrong)),
        "unreached": list(map(unreached_json, tried.unreached)),
        "cases": [broken.to_json() for broken in tried.broken],
    }
