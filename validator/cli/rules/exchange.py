"""`kodevagt rules export`, `import` and `signing-key`: a release as one signed file, and the course table as an Excel workbook."""

import sys
from pathlib import Path
from typing import BinaryIO

import click

from validator.authoring.publishing import run_trial, try_release
from validator.cli.common import EXIT_FINDINGS, Refused, open_store
from validator.cli.input import InputFile
from validator.cli.output import TEXT_OR_JSON, print_json, write_output
from validator.cli.rules.excel import ENDING, import_workbook, workbook_of
from validator.cli.rules.publish import print_failed_trial, start_sandbox
from validator.cli.rules.test import print_broken_cases
from validator.exchange.release_file import read_release_file, write_release_file
from validator.exchange.signing import load_signing_key, make_signing_key, trusted_keys
from validator.serving.service import installed_catalogue
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.published_releases import compiled_release, get_release
from validator.store.releases import publish_release
from validator.training.bank_reader import read_cases

_LARGEST = 2**26  # bytes
_ZIP = b"PK"  # how a workbook begins
_NO_NOTE = "Taget ind fra en fil uden note"


@click.command()
@click.argument("name")
@click.argument("file")
@TEXT_OR_JSON
def export(name: str, file: str, form: str) -> None:
    """Skriv udgaven NAME til FILE ("-" er standardoutput).

    Ender FILE på .xlsx, skrives forløbstabellen som et Excel-ark, der kan rettes og læses ind igen med kodevagt rules import; NAME
    kan da også være en kladde eller en mappe. Ellers skrives den udgivne udgave, underskrevet, så en anden installation kan tage
    den ind.

    Med --format json siger standardoutput, hvad der er skrevet; er FILE "-", står det på standardfejl.
    """
    if file.lower().endswith(ENDING):
        release, digest, content = workbook_of(name)
        write_output(file, content)
        if form == "json":
            _print_written(file, release.pack, release.name, digest, None)
        else:
            click.echo(f"Forløbene i {name} er skrevet til {file}.", err=True)
        return
    used = read_settings()
    key = load_signing_key(used.signing_key)
    if key is None:
        raise Refused("Der er ingen nøgle at skrive under med. Lav en med kodevagt rules signing-key")
    with open_store(used) as database:
        published, text = get_release(database, name), compiled_release(database, name)
    write_output(file, write_release_file(published, text, key).encode())
    if form == "json":
        _print_written(file, published.pack, published.name, published.digest, key.public)
    else:
        click.echo(f"{name} er skrevet og underskrevet med {key.public}.", err=True)


def _print_written(file: str, pack: str, name: str, digest: str, key: str | None) -> None:
    """Print what was written and the key that signed it, if any; on standard error when the release itself is the output."""
    written = {"file": file, "pack": pack, "release": name, "digest": digest, "signed": key is not None, "key": key}
    print_json(written, err=file == "-")


@click.command("import")
@click.argument("file", type=InputFile("rb"))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Mappen, som et Excel-ark bliver til en kladde i; den må ikke findes.",
)
@TEXT_OR_JSON
def import_(file: BinaryIO, folder: Path | None, form: str) -> None:
    """Tag udgaven i FILE ind ("-" er standardinput).

    Er FILE et Excel-ark fra kodevagt rules export, bliver det, der er rettet i det, til en kladde i mappen --to. Problemer vises
    med cellens navn, og er der fejl, skrives intet.

    Ellers skal FILE være underskrevet med en nøgle, som KODEVAGT_TRUSTED kender. Udgavens eksempler prøves først. Den bliver ikke
    gældende, før den tages i brug med kodevagt rules activate.
    """
    content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise Refused(f"Filen er større end {_LARGEST} byte.")
    if folder is not None:
        import_workbook(content, Path(getattr(file, "name", "-")).name, folder, form)
        return
    if content.startswith(_ZIP):
        raise Refused("Et Excel-ark bliver til en kladde. Angiv dens mappe, fx --to rules/dk/ny-udgave.")
    used = read_settings()
    sandbox = start_sandbox(used)
    received = read_release_file(content, trusted_keys(used.trusted))
    catalogue = installed_catalogue(used)
    tried = run_trial(sandbox, try_release, received.release, catalogue, read_cases(used.cases, catalogue))
    if not tried.passed:
        print_failed_trial(tried, received.release.name, form)
        sys.exit(EXIT_FINDINGS)
    with open_store(used) as database:
        made, new = publish_release(
            database,
            received.release,
            edition=received.edition,
            note=received.note or _NO_NOTE,
            actor=COMMAND_LINE,
            author=received.author,
            action="release.import",
            detail={"from": "file", "key": received.key},
        )
    if form == "json":
        print_json({**made.to_json(), "new": new, "cases": [case.to_json() for case in tried.broken_cases]})
        return
    print_broken_cases(made.name, tried.broken_cases)
    click.echo(f"{made.name} er taget ind ({made.digest})." if new else f"{made.name} var her allerede; intet er ændret.")
    if not made.current:
        click.echo(f"Den bliver gældende med: kodevagt rules activate {made.name}", err=True)


@click.command("signing-key")
def signing_key() -> None:
    """Vis den offentlige nøgle, som denne installations udgaver underskrives med; den laves, hvis der ingen er.

    Den skrives hos modtageren i filen, som KODEVAGT_TRUSTED peger på. Den private nøgle bliver i filen KODEVAGT_SIGNING_KEY.
    """
    path = read_settings().signing_key
    key = load_signing_key(path)
    if key is None:
        key = make_signing_key(path)
        click.echo(f"Nøglen er lavet og ligger i {path}. Giv ikke filen fra dig.", err=True)
    click.echo(key.public)
