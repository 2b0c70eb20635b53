"""`kodevagt rules impact`: which contacts of a file would be judged otherwise by a draft."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click
from rich.console import Console
from rich.table import Table

from validator.authoring.compare.impact import BadLine, Changed, Tally
from validator.authoring.compare.impact_workers import impact as impact_of
from validator.cli.common import EXIT_BAD_FILE, STATUS_WORDS, Refused, settings, shown, watched
from validator.cli.rules.release_lookup import chosen, named
from validator.cli.rules.rules_common import FORM, InputFile

_SHOWN = 20
_WAYS = {"gone": "væk", "came": "nyt", "altered": "andet forslag"}


@click.command()
@click.argument("draft")
@click.option(
    "--on",
    "file",
    type=InputFile("rb"),
    default=lambda: _sample(),
    help='Kontakterne som NDJSON ("-" er standardinput); ellers det gemte udvalg, KODEVAGT_SAMPLE.',
)
@click.option("--against", default=None, help="Den udgave, der sammenlignes med; ellers pakkens gældende.")
@click.option(
    "--show", "most", type=click.IntRange(0), default=_SHOWN, help=f"Så mange kontakter vises enkeltvis (ellers {_SHOWN})."
)
@FORM
def impact(draft: str, file: BinaryIO, against: str | None, most: int, form: str) -> None:
    """Vis, hvilke kontakter der bedømmes anderledes efter DRAFT end efter den gældende udgave.

    DRAFT er en udgaves navn eller mappe. Som JSON skrives en linje for hver kontakt, der ændrer sig, og til sidst summerne.
    """
    new, catalogue = named(draft, form)
    old = named(against, form)[0] if against else chosen(None, new.pack, None, form)[0]
    if old.pack != new.pack:
        raise Refused(f"{old.name} er af pakken {old.pack} og {new.name} af pakken {new.pack}; sammenlign udgaver af samme pakke")
    console, tally, told = Console(), Tally(), 0
    for items, sums in impact_of(watched(file), old, new, catalogue):
        tally.add(sums)
        for item in items:
            told += isinstance(item, Changed)
            if form == "json":
                click.echo(json.dumps(item.to_json(), ensure_ascii=False))
            elif isinstance(item, BadLine) or told <= most:
                console.print("\n".join(_lines(item)), highlight=False, soft_wrap=True)
    if form == "json":
        names = {"from": f"{old.pack}/{old.name}", "to": f"{new.pack}/{new.name}"}
        click.echo(json.dumps({"summary": {**names, **tally.to_json()}}, ensure_ascii=False))
    else:
        _sums(console, tally, most)
    sys.exit(EXIT_BAD_FILE if tally.bad else 0)


def _sample() -> str:
    """The contacts that are kept to try drafts on."""
    sample = settings().sample
    if not sample.is_file():
        raise Refused(f"Angiv kontakterne med --on FIL, eller gem et udvalg af dem som {sample} (KODEVAGT_SAMPLE)")
    return str(sample)


def _lines(item: Changed | BadLine) -> Iterator[str]:
    """One contact, or one line that holds none."""
    if isinstance(item, BadLine):
        faults = "; ".join(f"{fault['path'] or '/'}: {fault['message']}" for fault in item.problem["errors"])
        yield f"[bold]Linje {item.line}[/] kan ikke læses: {shown(faults or item.problem['detail'])}"
        return
    name = f" ({shown(item.id)})" if item.id else ""
    yield f"[bold]Linje {item.line}[/]{name}: {_verdict(*item.before)} → {_verdict(*item.after)}"
    for way, word in _WAYS.items():
        for finding in getattr(item, way):
            yield f"  {word}: {_finding(finding)}"


def _verdict(status: str, savable: bool) -> str:
    return STATUS_WORDS[status] if savable else f"{STATUS_WORDS[status]}, ikke klar til at sendes"


def _finding(finding: dict[str, Any]) -> str:
    suggestions = finding["suggestions"]
    codes = ", ".join(str(item.get("code") or item.get("course")) for item in suggestions)
    word = "i stedet" if all(item["action"] == "replace" for item in suggestions) else "forslag"
    suggested = f" ({word}: {codes})" if codes else ""
    return shown(f"{finding['path']} {finding['message']}{suggested} – {finding['rule']}")


def _sums(console: Console, tally: Tally, most: int) -> None:
    if tally.changed > most:
        console.print(f"… og {_contacts(tally.changed - most)} mere (--show {tally.changed} viser alle).", highlight=False)
    sums = tally.to_json()
    if sums["rules"]:
        table = Table(title="Fund, regel for regel", title_justify="left")
        for heading in ("Regel", "Fundtype"):
            table.add_column(heading, overflow="fold")
        for heading in ("Nye", "Væk", "Andet forslag"):
            table.add_column(heading, justify="right")
        for row in sums["rules"]:
            table.add_row(row["rule"], row["kind"], *(str(row[way] or "") for way in ("came", "gone", "altered")))
        console.print(table)
    for row in sums["status"]:
        if row["before"] != row["after"]:
            words = f"{STATUS_WORDS[row['before']]} → {STATUS_WORDS[row['after']]}"
            console.print(f"{words}: {_contacts(row['contacts'])}", highlight=False)
    end = f"{_contacts(tally.changed)} af {tally.contacts} bedømmes anderledes."
    if tally.other_packs:
        end += f" {_contacts(tally.other_packs)} hører til en anden pakke og er ikke talt med."
    if tally.bad:
        end += f" {tally.bad} {'linje' if tally.bad == 1 else 'linjer'} kunne ikke læses."
    console.print(end, highlight=False)


def _contacts(number: int) -> str:
    return f"{number} {'kontakt' if number == 1 else 'kontakter'}"
