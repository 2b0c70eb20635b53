"""`kodevagt catalog import`: show what an edition in a file changes, and import it.

Without `--yes` nothing is imported.
"""

import datetime
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from validator.authoring.checks.edition_warnings import LackingCode, lacking_codes
from validator.catalogue.code_systems import NAMES, SYSTEMS
from validator.catalogue.editions.edition import Edition
from validator.catalogue.editions.edition_changes import EditionChanges, compare_editions
from validator.catalogue.editions.edition_import import PreparedEdition, edition_name, import_file
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.formats.csv_format import parse_columns
from validator.catalogue.editions.formats.distribution import Question
from validator.catalogue.editions.formats.table_text import ENCODINGS, TableOptions
from validator.catalogue.editions.supplement import complete_supplement
from validator.catalogue.loader import load_catalogue
from validator.cli.catalog.import_map import import_map
from validator.cli.catalog.import_store import import_store, other_editions, print_dry_run
from validator.cli.catalog.lacking_codes import current_releases, days_text, lacking_json, print_lacking
from validator.cli.common import CREATE_OPTION
from validator.cli.input import Day
from validator.cli.limited_work import run_limited
from validator.cli.messages import CommandError, print_text
from validator.cli.output import TEXT_OR_JSON, counted, print_json, printable
from validator.settings import read_settings
from validator.store.audit import COMMAND_LINE
from validator.store.editions import add_edition
from validator.texts import danish_text

_MAX_ROWS = 10  # of each kind of change, in text
_LANGUAGE = re.compile(r"[a-z]{2}")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--from", "start", type=Day(), default=None, help="Den første dag, udgaven gælder for; altid med PATH.")
@click.option(
    "--map",
    "map_path",
    type=click.Path(path_type=Path),
    default=None,
    help="Brug i stedet et kort fra ICD-10 til ICPC-2 for Kodevagts broer.",
)
@click.option("--name", default=None, help="Udgavens navn; ellers det i filen, eller filens navn, hvor intet står.")
@click.option(
    "--title", default=None, help="Udgavens titel, som den vises ved fund; ellers den i filen, eller filens navn, hvor intet står."
)
@click.option(
    "--system", type=click.Choice(SYSTEMS), default=None, help="Kodesystemet, når det ikke fremgår af filen; ellers icpc-2."
)
@click.option("--language", default="da", help="Titlernes sprog, hvor filen ikke siger det; ellers da.")
@click.option("--encoding", type=click.Choice(ENCODINGS), default=None, help="En tabels tegnkodning; ellers utf-8.")
@click.option("--columns", default=None, help="En tabels kolonner, fx code=KODE,title_da=TEKST; andre kolonner læses ikke.")
@click.option("--accept", "accepted", multiple=True, help="Godkend en advarsel om filen, fx draft for en kladde; kan gentages.")
@click.option("--yes", is_flag=True, help="Tag udgaven ind. Uden vises kun, hvad der ville blive ændret.")
@CREATE_OPTION
@TEXT_OR_JSON
def import_(
    path: Path | None,
    start: datetime.date | None,
    map_path: Path | None,
    name: str | None,
    title: str | None,
    system: str | None,
    language: str,
    encoding: str | None,
    columns: str | None,
    accepted: tuple[str, ...],
    yes: bool,
    create: bool,
    output_format: str,
) -> None:
    """Vis, hvad udgaven i PATH ændrer, og tag den ind med --yes: alt eller intet.

    PATH er npm-pakken @navikt/diagnosekoder (.tgz eller mappe), en CSV-fil, SKScomplete.txt, en CodeSystem fra FHIR (JSON) eller
    KiAP's Access-fil.
    Udgaven gælder for kontakter fra sin første dag til dagen før den næste udgave af samme system. Kontakter før den dag bedømmes
    som hidtil.

    Med --map er filen et kort: en ConceptMap fra FHIR eller en CSV-fil med kolonnerne icd10,icpc2 og den foretrukne kode først.
    Kortet bruges i stedet for Kodevagts broer for alle kontakter, til det tages ud af brug med kodevagt catalog withdraw.
    """
    if map_path is not None:
        if path or start or system or encoding or columns:
            raise CommandError("catalog.import.map-alone")
        import_map(map_path, edition_name(name, map_path.stem), title, output_format, write=yes, create=create)
        return
    if path is None or start is None:
        raise CommandError("catalog.import.path-and-day")
    if not _LANGUAGE.fullmatch(language):
        raise CommandError("catalog.import.bad-language", language=language)
    options = TableOptions(encoding or "", parse_columns(columns) if columns else None)
    settings = read_settings()
    prepared: PreparedEdition = run_limited(import_file, path, language, name, title, system, start, options, file=path)
    if yes:
        _require_answers(path, prepared, accepted)
    base = load_catalogue(settings.catalog)
    if prepared.edition.name == base.edition:
        raise CommandError("catalog.import.shipped-name", name=base.edition)
    with import_store(settings, write=yes, create=create) as database:
        own = prepared.edition
        in_use = other_editions(database, own.name)
        if prepared.supplement_lines is not None:
            prepared = complete_supplement(path, prepared, base, in_use, own_title=title is not None)
        edition = prepared.edition
        catalogue, with_edition = add_editions(base, in_use), add_editions(base, [*in_use, edition])
        changed = compare_editions(catalogue, with_edition, edition)
        lacking = lacking_codes(current_releases(settings, with_edition, database), edition, in_use, with_edition)
        imported = add_edition(database, edition, actor=COMMAND_LINE) if yes and database else None
    if output_format == "json":
        print_json(_json(prepared, changed, lacking, written=imported is True))
    else:
        _print_edition(prepared)
        if prepared.supplemented:
            _print_supplement(prepared.supplemented, own)
        _print_changes(changed)
        print_lacking(lacking)
        if imported is None:
            print_dry_run(settings, "catalog.import.dry-run", create=create)
        else:
            print_text("catalog.import.done" if imported else "catalog.import.unchanged", name=edition.name)


def _require_answers(path: Path, prepared: PreparedEdition, accepted: Sequence[str]) -> None:
    """Raise CommandError for the questions about a file that are not accepted."""
    if questions := [question for question in prepared.questions if question.name not in accepted]:
        text = " ".join(question.text for question in questions)
        raise CommandError("catalog.import.unanswered", file=path, text=text, options=_options(*questions))


def _options(*questions: Question) -> str:
    return " ".join(f"--accept {shlex.quote(question.name)}" for question in questions)


def _json(
    prepared: PreparedEdition, changed: EditionChanges, lacking: Sequence[LackingCode], *, written: bool
) -> dict[str, object]:
    edition = prepared.edition
    courses = {item.code: list(item.courses.values()) for item in lacking}
    later = [{"code": row.code, "title": row.title, "from": row.first, "to": row.last} for row in changed.dated]
    gone = [{"code": code, "title": title} for code, title in changed.removed]
    return {
        "name": edition.name,
        "system": edition.system,
        "title": edition.title,
        "from": edition.start,
        "verified": edition.verified,
        "codes": len(edition.concepts),
        "digest": edition.digest,
        "skipped": prepared.skipped,
        "notes": prepared.notes,
        "supplements": prepared.supplemented,
        "questions": [{"accept": question.name, "text": question.text} for question in prepared.questions],
        "added": [{"code": code, "title": title} for code, title in changed.added],
        "gone": [{**row, "courses": courses.get(row["code"], [])} for row in gone],
        "later": [{**row, "courses": courses.get(str(row["code"]), [])} for row in later],
        "retitled": [row._asdict() for row in changed.retitled],
        "lacking": lacking_json(lacking),
        "written": written,
    }


def _print_edition(prepared: PreparedEdition) -> None:
    edition = prepared.edition
    click.echo(printable(f"{edition.name}: {edition.title}"))
    system, codes = NAMES.get(edition.system, edition.system), counted(len(edition.concepts), "code")
    click.echo(printable(danish_text("catalog.import.edition", system=system, codes=codes, start=edition.start)))
    if not edition.verified:
        print_text("catalog.import.unverified")
    for question in prepared.questions:
        click.echo(printable(danish_text("catalog.import.question", text=question.text, options=_options(question))))
    for reason, codes_left_out in prepared.skipped.items():
        examples = ", ".join(codes_left_out[:_MAX_ROWS]) + (" …" if len(codes_left_out) > _MAX_ROWS else "")
        print_text("catalog.import.skipped", number=len(codes_left_out), reason=reason, codes=examples)
    for note in prepared.notes:
        click.echo(printable(note))


def _print_supplement(supplemented: str, titles: Edition) -> None:
    languages = ", ".join(sorted({language for concept in titles.concepts for language in concept.titles}))
    codes = counted(len(titles.concepts), "code")
    click.echo(printable(danish_text("catalog.import.supplement", edition=supplemented, languages=languages, codes=codes)))


def _print_changes(changed: EditionChanges) -> None:
    if not changed.has_previous:
        print_text("catalog.import.first-edition")
        return
    _print_rows("added", [f"{code} {title}" for code, title in changed.added])
    _print_rows("gone", [f"{code} {title}" for code, title in changed.removed])
    if changed.dated:
        _print_rows("later", [f"{row.code} {row.title} ({days_text(row.first, row.last)})" for row in changed.dated])
    _print_rows("retitled", [f"{row.code} ({row.language}): {row.before} → {row.after}" for row in changed.retitled])


def _print_rows(key: str, rows: Sequence[str]) -> None:
    print_text(f"catalog.import.{key}", number=len(rows) or danish_text("count.none"))
    for row in rows[:_MAX_ROWS]:
        click.echo(printable(f"  {row}"))
    if len(rows) > _MAX_ROWS:
        print_text("catalog.import.more", number=len(rows) - _MAX_ROWS)
