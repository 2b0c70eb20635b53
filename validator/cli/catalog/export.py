"""`kodevagt catalog export`: the codes that are valid on a day, or the bridges to them, for other programs."""

import datetime

import click

from validator.catalogue.code_systems import ICPC
from validator.catalogue.editions.catalogue_export import UnknownSystemError, export_code_system, export_concept_map, export_csv
from validator.cli.common import Refused
from validator.cli.input import Day
from validator.cli.output import write_output
from validator.serving.service import installed_catalogue
from validator.settings import read_settings

_FORMS = ("csv", "codesystem", "conceptmap")


@click.command()
@click.argument("file")
@click.option(
    "--format", "form", type=click.Choice(_FORMS), default="csv", help="CSV, eller en CodeSystem eller ConceptMap fra FHIR."
)
@click.option("--system", default=ICPC, help="Kodesystemet: icpc-2, eller et, der er taget en udgave ind af.")
@click.option("--on", "date", type=Day(), default=None, help="Dagen, som koderne skal gælde på; ellers i dag.")
def export(file: str, form: str, system: str, date: datetime.date | None) -> None:
    """Skriv de koder, der gælder på en dag, til FILE ("-" er standardoutput).

    En ConceptMap har broerne fra ICD-10 og SKS til ICPC-2; de to andre kan tages ind igen med kodevagt catalog import.
    """
    if form == "conceptmap" and system != ICPC:
        raise Refused("Der er kun broer til icpc-2")
    day = date or datetime.date.today()
    catalogue = installed_catalogue(read_settings()).on(day)
    try:
        if form == "conceptmap":
            written = export_concept_map(catalogue, day)
        else:
            written = (export_csv if form == "csv" else export_code_system)(catalogue, system, day)
    except UnknownSystemError as error:
        raise Refused(f'der er ingen koder fra "{system}" den {day}. Kodesystemer: {error}') from error
    write_output(file, written.encode())
