"""`kodevagt catalog import`: a distribution of a code system becomes an edition, once it has been shown what that changes."""

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

import click

from validator.catalogue.code_systems import ICPC, NAMES, SYSTEMS
from validator.catalogue.editions.edition_changes import DatedCode, EditionChanges, compare_editions
from validator.catalogue.editions.edition_import import PreparedEdition, build_edition
from validator.catalogue.editions.formats import read_distribution
from validator.catalogue.loader import load_catalogue
from validator.cli.common import Refused, open_store, service_of
from validator.cli.input import Day
from validator.cli.output import TEXT_OR_JSON, counted, print_json, printable
from validator.settings import Settings, read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.editions import add_edition, read_editions
from validator.store.snapshot import read_release_state

_SHOWN = 10  # of each kind of change, in text
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LANGUAGE = re.compile(r"[a-z]{2}")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "start", type=Day(), required=True, help="Den første dag, udgaven gælder for.")
@click.option("--name", default=None, help="Udgavens navn; ellers det, filen selv har.")
@click.option("--title", default=None, help="Udgavens titel, som den vises ved fund; ellers filens egen.")
@click.option(
    "--system", type=click.Choice(SYSTEMS), default=None, help="Kodesystemet; ellers det, filen selv siger, eller icpc-2."
)
@click.option("--language", default="da", help="Titlernes sprog, hvor filen ikke siger det; ellers da.")
@click.option("--yes", is_flag=True, help="Tag udgaven ind. Uden vises kun, hvad der ville blive ændret.")
@TEXT_OR_JSON
def import_(
    path: Path,
    start: datetime.date,
    name: str | None,
    title: str | None,
    system: str | None,
    language: str,
    yes: bool,
    form: str,
) -> None:
    """Vis, hvad udgaven i PATH ændrer, og tag den ind med --yes: alt eller intet.

    PATH er npm-pakken @navikt/diagnosekoder (.tgz eller mappe), en CSV-fil, en CodeSystem fra FHIR (JSON) eller KiAP's Access-fil.
    Udgaven gælder for kontakter fra sin første dag til dagen før den næste udgave af samme system. Kontakter før den dag bedømmes
    som hidtil.
    """
    if not _LANGUAGE.fullmatch(language):
        raise Refused(f'"{language}" er ikke et sprog. Skriv det med to små bogstaver, fx da')
    used = read_settings()
    distribution = read_distribution(path, language)
    prepared = build_edition(
        distribution,
        name=_named(name or _fitting(distribution.name)),
        title=" ".join((title or distribution.title).split()),
        system=_system(system, distribution.system),
        start=start,
    )
    base = load_catalogue(used.catalog)
    if prepared.edition.name == base.edition:
        raise Refused(f"{base.edition} er navnet på det katalog, Kodevagt leveres med. Vælg et andet med --name")
    with open_store(used) as database:
        kept = read_editions(database, [one for one in read_release_state(database).editions if one != prepared.edition.name])
        changed = compare_editions(base, kept, prepared.edition)
        named = _named_by_courses(used, changed) if prepared.edition.system == ICPC else {}
        new = add_edition(database, prepared.edition, actor=COMMAND_LINE) if yes else None
    if form == "json":
        print_json(_json(prepared, changed, named, new))
    else:
        _print(prepared, changed, named, new)


def _named_by_courses(used: Settings, changed: EditionChanges) -> dict[str, list[str]]:
    """Of the codes that go, those that a course of the current rules names, with the titles of the courses."""
    going = [*(code for code, _ in changed.removed), *(one.code for one in changed.dated)]
    if not going:
        return {}
    releases = [validator.release for validator in service_of(used).current.values()]
    found = {
        code: [course.title[rules.language] for rules in releases for course in rules.courses_with_code(code)] for code in going
    }
    return {code: titles for code, titles in found.items() if titles}


def _json(prepared: PreparedEdition, changed: EditionChanges, named: dict[str, list[str]], new: bool | None) -> dict[str, object]:
    edition = prepared.edition
    return {
        "name": edition.name,
        "system": edition.system,
        "title": edition.title,
        "from": edition.start,
        "verified": edition.verified,
        "codes": len(edition.concepts),
        "digest": edition.digest(),
        "skipped": prepared.skipped,
        "added": [{"code": code, "title": title} for code, title in changed.added],
        "gone": [{"code": code, "title": title, "courses": named.get(code, [])} for code, title in changed.removed],
        "later": [
            {
                "code": one.code,
                "title": one.title,
                "from": one.first,
                "to": one.last,
                "courses": named.get(one.code, []),
            }
            for one in changed.dated
        ],
        "retitled": [one._asdict() for one in changed.retitled],
        "written": new is True,
    }


def _print(prepared: PreparedEdition, changed: EditionChanges, named: dict[str, list[str]], new: bool | None) -> None:
    edition = prepared.edition
    name = NAMES.get(edition.system, edition.system)
    click.echo(printable(f"{edition.name}: {edition.title}"))
    click.echo(printable(f"{name}, {counted(len(edition.concepts), 'kode', 'koder')}, gælder fra {edition.start}."))
    if not edition.verified:
        click.echo("Ubekræftet: læsningen er aldrig prøvet på en rigtig fil af denne slags. Se tallene og titlerne efter.")
    for reason, codes in prepared.skipped.items():
        click.echo(f"Springes over: {len(codes)} {reason} ({_few(codes)}).")
    if not changed.has_previous:
        click.echo("Det er den første udgave af dette kodesystem.")
    else:
        _print_some("Kommer til", [f"{code} {title}" for code, title in changed.added])
        _print_some("Udgår", [f"{code} {title}" for code, title in changed.removed])
        if changed.dated:
            _print_some("Begynder eller ophører senere", [f"{one.code} {one.title} ({_days(one)})" for one in changed.dated])
        days = {one.code: f"gælder kun {_days(one)}" for one in changed.dated}
        for code, courses in named.items():
            what = days.get(code, "udgår")
            click.echo(f"Advarsel: {code} {what}, men står i forløbet {', '.join(courses)}. Ret reglerne, før udgaven gælder.")
        _print_some("Ny titel", [f"{one.code} ({one.language}): {one.before} → {one.after}" for one in changed.retitled])
    if new is None:
        click.echo("Intet er skrevet. Kør kommandoen igen med --yes for at tage udgaven ind.", err=True)
    else:
        click.echo(f"{edition.name} er taget ind." if new else f"{edition.name} var allerede taget ind; intet er ændret.")


def _print_some(heading: str, lines: list[str]) -> None:
    click.echo(f"{heading}: {len(lines) or 'ingen'}.")
    for line in lines[:_SHOWN]:
        click.echo(printable(f"  {line}"))
    if len(lines) > _SHOWN:
        click.echo(f"  … og {len(lines) - _SHOWN} til; alle står i --format json.")


def _days(one: DatedCode) -> str:
    return " ".join([*([f"fra {one.first}"] if one.first else []), *([f"til {one.last}"] if one.last else [])])


def _few(codes: Iterable[str]) -> str:
    every = list(codes)
    return ", ".join(every[:_SHOWN]) + (" …" if len(every) > _SHOWN else "")


def _system(wanted: str | None, own: str | None) -> str:
    """The code system of a file. What it says itself is not overruled: its codes would pass for those of another system."""
    if wanted and own and wanted != own:
        raise Refused(f"Filen siger selv, at kodesystemet er {NAMES.get(own, own)}. Kør kommandoen uden --system")
    return own or wanted or ICPC


def _fitting(name: str) -> str:
    """What a file calls itself, as a name that can be typed."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._")[:80]


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Refused("Navnet skal være på 1 til 80 bogstaver, cifre, punktummer og bindestreger. Vælg et med --name")
    return name
