"""`kodevagt rules publish`, `activate` and `releases`: a draft becomes a release, and a release becomes the current one.

Exit codes: 0 where it is done, 1 where the draft has errors or an example is wrong, 2 where the call itself is bad.
"""

import sys
from typing import Any

import click

from validator.authoring.checks.report_formats import problem_json
from validator.authoring.publishing import TrialReport, run_trial, try_folder
from validator.cli.common import EXIT_FINDINGS, Refused, open_store
from validator.cli.output import (
    TABLE_OR_JSON,
    TEXT_OR_JSON,
    actor_name,
    counted,
    print_items,
    print_json,
    print_problems,
    print_table,
)
from validator.cli.rules.release_lookup import find_folder
from validator.cli.rules.test import print_broken_cases, print_examples, unreached_json, wrong_json
from validator.sandbox.sandbox import Sandbox
from validator.serving.service import installed_catalogue
from validator.settings import Settings, read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.published_releases import Published, list_releases
from validator.store.releases import activate_release, publish_release
from validator.training.bank_reader import read_cases

_COLUMNS = ("Udgave", "Pakke", "Gældende", "Udgivet (UTC)", "Af", "Efter", "Note")


@click.command()
@click.argument("draft", metavar="PATH_OR_NAME")
@click.option("--note", required=True, help="Hvad udgaven ændrer, og hvorfor; står i listen over udgaver.")
@click.option("--author", default=None, help="Hvem der har besluttet den; står ved udgaven, også hos dem, der tager den ind.")
@TEXT_OR_JSON
def publish(draft: str, note: str, author: str | None, form: str) -> None:
    """Udgiv en udgave: dens mappe, eller dens navn i de indstillede regler.

    Først kontrolleres filerne, alle eksempler prøves, og regelmotoren gøres klar. Er der fejl, udgives intet. En udgivet udgave kan
    ikke ændres. Den bliver ikke gældende, før den tages i brug med kodevagt rules activate. De cases, som den afviser svaret på,
    bliver nævnt; de trækkes tilbage, når den bliver gældende.
    """
    used = read_settings()
    folder = find_folder(draft, used.rules)
    sandbox = start_sandbox(used)
    catalogue = installed_catalogue(used)
    tried = run_trial(sandbox, try_folder, folder, catalogue, read_cases(used.cases, catalogue))
    if not tried.passed or tried.release is None:
        print_failed_trial(tried, folder.name, form)
        sys.exit(EXIT_FINDINGS)
    with open_store(used) as database:
        made, new = publish_release(
            database, tried.release, edition=catalogue.identity, note=note, actor=COMMAND_LINE, author=author
        )
    if form == "json":
        print_json({**made.to_json(), "new": new, **_tried_json(tried)})
        return
    print_problems(tried.problems)
    print_broken_cases(made.name, tried.broken_cases)
    click.echo(f"{made.name} er udgivet ({made.digest})." if new else f"{made.name} var allerede udgivet; intet er ændret.")
    if not made.current:
        click.echo(f"Den bliver gældende med: kodevagt rules activate {made.name}", err=True)


@click.command()
@click.argument("name")
@TEXT_OR_JSON
def activate(name: str, form: str) -> None:
    """Gør den udgivne udgave NAME gældende, også en tidligere. En tjeneste, der kører, bruger den fra den næste forespørgsel."""
    with open_store(read_settings()) as database:
        made, before = activate_release(database, name, actor=COMMAND_LINE)
    if form == "json":
        print_json({**made.to_json(), "before": before})
    elif before == name:
        click.echo(f"{name} var allerede gældende for {made.pack}.")
    else:
        click.echo(f"{name} er nu gældende for {made.pack}{f' i stedet for {before}' if before else ''}.")


@click.command()
@TABLE_OR_JSON
def releases(form: str) -> None:
    """Vis de udgivne udgaver, den ældste først, og hvilke der er gældende."""
    with open_store(read_settings()) as database:
        every = list_releases(database)
    if form == "json":
        print_items([one.to_json() for one in every])
    else:
        print_table(_COLUMNS, map(_row, every), whole=("Udgave", "Pakke"))


def _row(one: Published) -> tuple[object, ...]:
    current, at, author = "ja" if one.current else None, f"{one.at:%Y-%m-%d %H:%M}", actor_name(one.author)
    return one.name, one.pack, current, at, author, one.parent, one.note


def start_sandbox(used: Settings) -> Sandbox:
    """A sandbox that imports what a trial needs while the catalogue is read here."""
    sandbox = Sandbox(preload=run_trial.__module__, time_factor=used.sandbox_time_factor)
    sandbox.start()
    return sandbox


def print_failed_trial(tried: TrialReport, name: str, form: str) -> None:
    """Print why a release is not published."""
    if form == "json":
        print_json({"published": None, **_tried_json(tried)})
        return
    print_problems(tried.problems)
    print_examples(name, tried.wrong, tried.unreached)
    if tried.release is None and not tried.errors:
        raise Refused("Mappen har flere udgaver. Angiv mappen med den ene, der skal udgives.")
    faults = counted(len(tried.errors) + len(tried.wrong) + len(tried.unreached), "fejl", "fejl")
    click.echo(f"{name} er ikke udgivet: {faults}.", err=True)


def _tried_json(tried: TrialReport) -> dict[str, Any]:
    return {
        "problems": list(map(problem_json, tried.problems)),
        "wrong": list(map(wrong_json, tried.wrong)),
        "unreached": list(map(unreached_json, tried.unreached)),
        "cases": [broken.to_json() for broken in tried.broken_cases],
    }
