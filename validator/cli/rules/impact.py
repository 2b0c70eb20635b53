"""`kodevagt rules impact`: which contacts of a file would be judged otherwise by a draft."""

import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click
from rich.console import Console

from validator.authoring.compare.impact import BadLine, ChangedContact, ImpactTotals, VerdictStatus
from validator.authoring.compare.impact_workers import measure_impact
from validator.cli.common import EXIT_BAD_FILE, Refused
from validator.cli.input import InputFile, read_lines
from validator.cli.output import STATUS_WORDS, TEXT_OR_JSON, counted, escaped, print_json, print_table
from validator.cli.rules.release_lookup import find_release, find_release_of_pack
from validator.settings import read_settings

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
@TEXT_OR_JSON
def impact(draft: str, file: BinaryIO, against: str | None, most: int, form: str) -> None:
    """Vis, hvilke kontakter der bedømmes anderledes efter DRAFT end efter den gældende udgave.

    DRAFT er en udgaves navn eller mappe. Som JSON skrives en linje for hver kontakt, der ændrer sig, og til sidst summerne.
    """
    new, catalogue = find_release(draft, form)
    old = find_release(against, form)[0] if against else find_release_of_pack(None, new.pack, None, form)[0]
    if old.pack != new.pack:
        raise Refused(f"{old.name} er af pakken {old.pack} og {new.name} af pakken {new.pack}; sammenlign udgaver af samme pakke")
    console, tally, printed = Console(), ImpactTotals(), 0
    for items, sums in measure_impact(read_lines(file), old, new, catalogue):
        tally.add(sums)
        for item in items:
            printed += isinstance(item, ChangedContact)
            if form == "json":
                print_json(item)
            elif isinstance(item, BadLine) or printed <= most:
                console.print("\n".join(_lines(item)), highlight=False, soft_wrap=True)
    if form == "json":
        names = {"from": f"{old.pack}/{old.name}", "to": f"{new.pack}/{new.name}"}
        print_json({"summary": {**names, **tally.to_json()}})
    else:
        _print_sums(console, tally, most)
    sys.exit(EXIT_BAD_FILE if tally.bad else 0)


def _sample() -> str:
    """The contacts that are kept to try drafts on."""
    sample = read_settings().sample
    if not sample.is_file():
        raise Refused(f"Angiv kontakterne med --on FIL, eller gem et udvalg af dem som {sample} (KODEVAGT_SAMPLE)")
    return str(sample)


def _lines(item: ChangedContact | BadLine) -> Iterator[str]:
    """One contact, or one line that holds none."""
    if isinstance(item, BadLine):
        faults = "; ".join(f"{fault['path'] or '/'}: {fault['message']}" for fault in item.problem["errors"])
        yield f"[bold]Linje {item.line}[/] kan ikke læses: {escaped(faults or item.problem['detail'])}"
        return
    name = f" ({escaped(item.id)})" if item.id else ""
    yield f"[bold]Linje {item.line}[/]{name}: {_verdict(item.before)} → {_verdict(item.after)}"
    for way, word in _WAYS.items():
        for finding in getattr(item, way):
            yield f"  {word}: {_finding(finding)}"


def _verdict(verdict: VerdictStatus) -> str:
    status = STATUS_WORDS[verdict.status]
    return status if verdict.savable else f"{status}, ikke klar til at sendes"


def _finding(finding: dict[str, Any]) -> str:
    suggestions = finding["suggestions"]
    codes = ", ".join(str(item.get("code") or item.get("course")) for item in suggestions)
    word = "i stedet" if all(item["action"] == "replace" for item in suggestions) else "forslag"
    suggested = f" ({word}: {codes})" if codes else ""
    return escaped(f"{finding['path']} {finding['message']}{suggested} – {finding['rule']}")


def _print_sums(console: Console, tally: ImpactTotals, most: int) -> None:
    if tally.changed > most:
        console.print(f"… og {_contacts(tally.changed - most)} mere (--show {tally.changed} viser alle).", highlight=False)
    sums = tally.to_json()
    if sums["rules"]:
        ways = ("Nye", "Væk", "Andet forslag")
        rows = [(row["rule"], row["kind"], *(row[way] or None for way in ("came", "gone", "altered"))) for row in sums["rules"]]
        print_table(("Regel", "Fundtype", *ways), rows, title="Fund, regel for regel", numbers=ways)
    for row in sums["status"]:
        if row["before"] != row["after"]:
            words = f"{STATUS_WORDS[row['before']]} → {STATUS_WORDS[row['after']]}"
            console.print(f"{words}: {_contacts(row['contacts'])}", highlight=False)
    end = f"{_contacts(tally.changed)} af {tally.contacts} bedømmes anderledes."
    if tally.other_packs:
        end += f" {_contacts(tally.other_packs)} hører til en anden pakke og er ikke talt med."
    if tally.bad:
        end += f" {counted(tally.bad, 'linje', 'linjer')} kunne ikke læses."
    console.print(end, highlight=False)


def _contacts(number: int) -> str:
    return counted(number, "kontakt", "kontakter", none="0")
