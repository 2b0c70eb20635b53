"""`kodevagt rules export`, `import` and `signing-key`: exchange releases.

A release is exchanged as one signed file, the course table as an Excel workbook.
"""

from pathlib import Path
from typing import BinaryIO

import click

from validator.authoring.excel.workbook_writer import write_workbook
from validator.authoring.publishing import try_release
from validator.cli.common import CREATE_OPTION, open_store, writing_store
from validator.cli.input import InputFile
from validator.cli.limited_work import run_limited
from validator.cli.messages import CommandError, print_text
from validator.cli.output import TEXT_OR_JSON, print_json, write_output
from validator.cli.rules.excel import find_base, import_workbook, read_head
from validator.cli.rules.release_lookup import find_release
from validator.cli.rules.trial_output import print_published, try_or_exit
from validator.exchange.release_file import read_release_file, write_release_file
from validator.exchange.signing import create_signing_key, load_signing_key, read_trusted_keys
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.published_releases import compiled_release, get_release
from validator.store.releases import publish_release
from validator.texts import danish_text

_MAX_BYTES = 2**26
_EXCEL_SUFFIX = ".xlsx"
_ZIP_SIGNATURE = b"PK"  # the first bytes of a workbook


@click.command()
@click.argument("name")
@click.argument("file")
@TEXT_OR_JSON
def export(name: str, file: str, output_format: str) -> None:
    """Skriv udgaven NAME til FILE ("-" er standardoutput).

    Ender FILE på .xlsx, skrives forløbstabellen som et Excel-ark, der kan rettes og læses ind igen med kodevagt rules import; NAME
    kan da også være en kladde eller en mappe. Ellers skrives den udgivne udgave, underskrevet, så en anden installation kan tage
    den ind.

    Med --format json siger standardoutput, hvad der er skrevet; er FILE "-", står det på standardfejl.
    """
    if file.lower().endswith(_EXCEL_SUFFIX):
        release, catalogue = find_release(name, "text", published_first=True)
        pack, release_name, digest, key = release.pack, release.name, release.digest(catalogue.identity), None
        write_output(file, write_workbook(release, catalogue.identity))
    else:
        settings = read_settings()
        signing_key = load_signing_key(settings.signing_key)
        if signing_key is None:
            raise CommandError("rules.export.no-key")
        with open_store(settings) as database:
            published, text = get_release(database, name), compiled_release(database, name)
        pack, release_name, digest, key = published.pack, published.name, published.digest, signing_key.public
        write_output(file, write_release_file(published, text, signing_key).encode())
    if output_format == "json":
        written = {"file": file, "pack": pack, "release": release_name, "digest": digest, "signed": key is not None, "key": key}
        print_json(written, err=file == "-")
    else:
        print_text("rules.export.signed" if key else "rules.export.workbook", err=True, name=name, file=file, public_key=key)


@click.command("import")
@click.argument("file", type=InputFile("rb"))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Mappen, som et Excel-ark bliver til en kladde i; den må ikke findes.",
)
@CREATE_OPTION
@TEXT_OR_JSON
def import_(file: BinaryIO, folder: Path | None, create: bool, output_format: str) -> None:
    """Tag udgaven i FILE ind ("-" er standardinput).

    Er FILE et Excel-ark fra kodevagt rules export, bliver det, der er rettet i det, til en kladde i mappen --to. Problemer vises
    med cellens navn, og er der fejl, skrives intet.

    Ellers skal FILE være underskrevet med en nøgle, som KODEVAGT_TRUSTED kender. Udgavens eksempler prøves først. Den bliver ikke
    gældende, før den tages i brug med kodevagt rules activate.
    """
    content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise CommandError("rules.import.too-large", limit=_MAX_BYTES)
    if folder is not None:
        file_name = Path(getattr(file, "name", "-")).name
        head = read_head(content, file_name)
        base, catalogue = find_base(head, folder, output_format)
        import_workbook(content, head, file_name, base, catalogue, folder, output_format)
        return
    if content.startswith(_ZIP_SIGNATURE):
        raise CommandError("rules.import.workbook-without-folder")
    settings = read_settings()
    received = run_limited(read_release_file, content, read_trusted_keys(settings.trusted), file=getattr(file, "name", "-"))
    tried, _ = try_or_exit(settings, try_release, received.release, received.release.name, output_format)
    with writing_store(settings, create=create) as database:
        published, new = publish_release(
            database,
            received.release,
            edition=received.edition,
            note=received.note or danish_text("rules.import.no-note"),
            actor=COMMAND_LINE,
            author=received.author,
            action="release.import",
            detail={"from": "file", "key": received.key},
        )
    if output_format == "json":
        print_json({**published.to_json(), "new": new, "cases": [case.to_json() for case in tried.broken_cases]})
    else:
        print_published("rules.import.done" if new else "rules.import.unchanged", published, tried)


@click.command("signing-key")
def signing_key() -> None:
    """Vis den offentlige nøgle, som denne installations udgaver underskrives med; den laves, hvis der ingen er.

    Den skrives hos modtageren i filen, som KODEVAGT_TRUSTED peger på. Den private nøgle bliver i filen KODEVAGT_SIGNING_KEY.
    """
    path = read_settings().signing_key
    key = load_signing_key(path)
    if key is None:
        key = create_signing_key(path)
        print_text("rules.signing-key.created", err=True, path=path)
    click.echo(key.public)
