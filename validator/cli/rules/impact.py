"""`kodevagt rules impact`: list the contacts of a file that a draft judges differently."""

import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click
from rich.console import Console

from validator.authoring.compare.impact import BadLine, ChangedContact, ImpactTotals, VerdictStatus
from validator.authoring.compare.impact_workers import measure_impact
from validator.cli.input import InputFile, read_lines
from validator.cli.messages import EXIT_BAD_FILE, CommandError
from validator.cli.output import TEXT_OR_JSON, counted, escape_markup, print_json, print_table, status_name
from validator.cli.rules.release_lookup import find_release, find_release_of_pack, full_name, require_same_pack
from validator.settings import read_settings
from validator.texts import danish_text

_MAX_CONTACTS = 20
_COLUMNS = ("rule", "kind", "came", "gone", "altered")
_CHANGES = ("gone", "came", "altered")


@click.command()
@click.argument("draft")
@click.option(
    "--on",
    "file",
    type=InputFile("rb"),
    default=lambda: _sample_file(),
    help='Kontakterne som NDJSON ("-" er standardinput); ellers stikprøven, KODEVAGT_SAMPLE.',
)
@click.option("--against", default=None, help="Den udgave, der sammenlignes med; ellers pakkens gældende.")
@click.option(
    "--show",
    "limit",
    type=click.IntRange(0),
    default=_MAX_CONTACTS,
    help=f"Så mange kontakter vises enkeltvis (ellers {_MAX_CONTACTS}).",
)
@TEXT_OR_JSON
def impact(draft: str, file: BinaryIO, against: str | None, limit: int, output_format: str) -> None:
    """Vis, hvilke kontakter der bedømmes anderledes efter DRAFT end efter den gældende udgave.

    DRAFT er en udgaves navn eller mappe. Som JSON skrives en linje for hver kontakt, der ændrer sig, og til sidst summerne.
    """
    new, catalogue = find_release(draft, output_format)
    old = find_release(against, output_format)[0] if against else find_release_of_pack(None, new.pack, None, output_format)[0]
    require_same_pack(old, new)
    console, totals, printed = Console(highlight=False), ImpactTotals(), 0
    for items, sums in measure_impact(read_lines(file), old, new, catalogue):
        totals.add(sums)
        for item in items:
            printed += isinstance(item, ChangedContact)
            if output_format == "json":
                print_json(item)
            elif isinstance(item, BadLine) or printed <= limit:
                console.print("\n".join(_lines(item)), soft_wrap=True)
    if output_format == "json":
        print_json({"summary": {"from": full_name(old), "to": full_name(new), **totals.to_json()}})
    else:
        _print_sums(console, totals, limit)
    sys.exit(EXIT_BAD_FILE if totals.bad else 0)


def _sample_file() -> str:
    """Return the file of stored contacts to try drafts on.

    Raises CommandError where it does not exist.
    """
    sample = read_settings().sample
    if not sample.is_file():
        raise CommandError("rules.impact.no-sample", sample=sample)
    return str(sample)


def _lines(item: ChangedContact | BadLine) -> Iterator[str]:
    """Yield the lines on one contact, or on one line that cannot be read, in rich's markup."""
    line = f"[bold]{danish_text('rules.impact.line', line=item.line)}[/]"
    if isinstance(item, BadLine):
        faults = "; ".join(f"{fault['path'] or '/'}: {fault['message']}" for fault in item.problem["errors"])
        yield danish_text("rules.impact.unreadable", line=line, reason=escape_markup(faults or item.problem["detail"]))
        return
    name = f" ({escape_markup(item.id)})" if item.id else ""
    yield f"{line}{name}: {_verdict(item.before)} → {_verdict(item.after)}"
    for change in _CHANGES:
        for finding in getattr(item, change):
            yield f"  {danish_text(f'rules.impact.finding-{change}')}: {_finding(finding)}"


def _verdict(verdict: VerdictStatus) -> str:
    status = status_name(verdict.status)
    return status if verdict.savable else danish_text("rules.impact.not-savable", status=status)


def _finding(finding: dict[str, Any]) -> str:
    suggestions = finding["suggestions"]
    codes = ", ".join(str(item.get("code") or item.get("course")) for item in suggestions)
    key = "replace" if all(item["action"] == "replace" for item in suggestions) else "suggest"
    suggested = danish_text(f"rules.impact.{key}", codes=codes) if codes else ""
    return escape_markup(f"{finding['path']} {finding['message']}{suggested} – {finding['rule']}")


def _print_sums(console: Console, totals: ImpactTotals, limit: int) -> None:
    if totals.changed > limit:
        more = danish_text("rules.impact.more", contacts=_contacts(totals.changed - limit), all=totals.changed)
        console.print(more)
    sums = totals.to_json()
    if sums["rules"]:
        rows = ([row[column] or None for column in _COLUMNS] for row in sums["rules"])
        print_table("rules.impact", _COLUMNS, rows, title=danish_text("rules.impact.title"), numbers=_CHANGES)
    for row in sums["status"]:
        if row["before"] != row["after"]:
            console.print(f"{status_name(row['before'])} → {status_name(row['after'])}: {_contacts(row['contacts'])}")
    sentences = [danish_text("rules.impact.changed", changed=_contacts(totals.changed), contacts=totals.contacts)]
    if totals.other_packs:
        sentences.append(danish_text("rules.impact.other-packs", contacts=_contacts(totals.other_packs)))
    if totals.bad:
        sentences.append(danish_text("rules.impact.bad-lines", lines=counted(totals.bad, "line")))
    console.print(" ".join(sentences))


def _contacts(number: int) -> str:
    return counted(number, "contact", none="0")
