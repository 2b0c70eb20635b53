"""`kodevagt catalog export`: write codes or mappings for other programs.

The codes are those that are valid on a day; the mappings are to ICPC-2.
"""

import datetime

import click

from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.catalogue_export import (
    UnknownSystemError,
    export_code_system,
    export_concept_map,
    export_csv,
    export_spreadsheet,
)
from validator.cli.input import Day
from validator.cli.messages import CommandError
from validator.cli.output import format_option, write_output
from validator.serving.service import installed_catalogue
from validator.settings import read_settings

_CODES = {"csv": export_csv, "spreadsheet": export_spreadsheet, "codesystem": export_code_system}


@click.command()
@click.argument("file")
@format_option(
    *_CODES, "conceptmap", help="CSV til programmer eller til et dansk regneark, eller en CodeSystem eller ConceptMap fra FHIR."
)
@click.option("--system", default=ICPC, help="Kodesystemet: icpc-2, eller et, der er taget en udgave ind af.")
@click.option("--on", "date", type=Day(), default=None, help="Dagen, som koderne skal gælde på; ellers i dag.")
def export(file: str, output_format: str, system: str, date: datetime.date | None) -> None:
    """Skriv de koder, der gælder på en dag, til FILE ("-" er standardoutput).

    En ConceptMap har broerne fra ICD-10 og SKS til ICPC-2; de andre kan tages ind igen med kodevagt catalog import.
    """
    if output_format == "conceptmap" and system != ICPC:
        raise CommandError("catalog.export.no-mappings")
    day = date or datetime.date.today()
    catalogue = installed_catalogue(read_settings()).on(day)
    try:
        export_codes = _CODES.get(output_format)
        content = export_codes(catalogue, system, day) if export_codes else export_concept_map(catalogue, day)
    except UnknownSystemError as error:
        raise CommandError("catalog.export.unknown-system", system=system, day=day, known=error) from error
    write_output(file, content)
