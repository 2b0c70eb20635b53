"""`kodevagt rules explain`: why a rule finds something in a contact, or nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
from rapidfuzz import process

from validator.authoring.explain.condition_steps import Step
from validator.authoring.explain.rule_explanation import Explanation, UnknownRuleError
from validator.authoring.explain.rule_explanation import explain as explained
from validator.cli.common import Refused
from validator.cli.input import RULES_OPTION, InputFile
from validator.cli.output import TEXT_OR_JSON, print_json
from validator.cli.rules.release_lookup import find_release_of_pack
from validator.contract.encounter import JURISDICTIONS
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH
from validator.requests.problem_details import request_problem
from validator.requests.request import Submission, read_body
from validator.rulebook.yaml.problems import hint

_LONGEST_NAME, _ALIKE = 60, 5
_MARKS = {True: "✓", False: "✗", None: "?"}


@click.command()
@click.argument("rule", metavar="ID")
@click.option("--encounter", "file", type=InputFile("rb"), required=True, help='Kontakten som JSON ("-" er standardinput).')
@click.option("--release", default=None, help="En anden udgave end den gældende, også en kladde.")
@RULES_OPTION
@TEXT_OR_JSON
def explain(rule: str, file: BinaryIO, release: str | None, path: Path | None, form: str) -> None:
    """Forklar reglen ID på én kontakt: hvilke betingelser er opfyldt, hvilke ikke, og hvad er ikke oplyst.

    ID kan også være en regel fra forløbstabellen (dk.51.laenderyg) eller en indbygget kontrol (core.unknown-code).
    """
    submission = _submission(file)
    used, catalogue = find_release_of_pack(path, submission.encounter.jurisdiction, release, form)
    try:
        explanation = explained(rule, submission.encounter, used, catalogue)
    except RequestError as error:
        raise _refused(error) from error
    except UnknownRuleError as error:
        raise Refused(f'reglen "{rule}" findes ikke i {used.pack}/{used.name}. {_meant(error)}') from error
    if form == "json":
        print_json(explanation.to_json(), indent=2)
    else:
        click.echo("\n".join(_lines(explanation)))


def _submission(file: BinaryIO) -> Submission:
    content = file.read(MAX_LINE_LENGTH + 1)
    try:
        if len(content) > MAX_LINE_LENGTH:
            raise Refused(f"en kontakt må højst fylde {MAX_LINE_LENGTH} byte")
        return read_body(content)
    except RequestError as error:
        raise _refused(error) from error


def _meant(error: UnknownRuleError) -> str:
    """The name that was probably meant, or those that are most like it; a rule of another pack asks for a contact of that."""
    pack = error.name.partition(".")[0]
    if pack in JURISDICTIONS and not any(name.startswith(f"{pack}.") for name in error.known):
        return f'En regel i pakken {pack} kan kun forklares på en kontakt med "jurisdiction": "{pack}"'
    near = hint(error.name, error.known)
    if near.startswith("Mente"):
        return near
    alike = process.extract(error.name[:_LONGEST_NAME], error.known, limit=_ALIKE)
    return f"De navne, der ligner mest, er: {', '.join(name for name, _, _ in alike)}"


def _refused(error: RequestError) -> Refused:
    faults = request_problem(error, "da")["errors"]
    reasons = "; ".join(f"{fault['path'] or '/'}: {fault['message'].rstrip('.')}" for fault in faults)
    return Refused(f"kontakten kan ikke læses: {reasons}")


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"{explanation.rule} ({explanation.release.pack}/{explanation.release.name})"
    yield explanation.meaning
    yield f"Kilde: {explanation.source}"
    yield ""
    yield f"{_MARKS[explanation.in_force]} {' '.join(explanation.reasons)}"
    if explanation.in_force:
        for item in explanation.asked:
            yield ""
            yield f"{item.path} – {item.about}"
            for step in item.steps:
                yield from _step(step, 1)
    yield ""
    if explanation.in_force and explanation.missing:
        yield f"Ikke oplyst: {', '.join(explanation.missing)}."
    if not explanation.findings:
        yield "Reglen finder intet ved kontakten."
    for finding in explanation.findings:
        yield f"Reglen finder {finding.hit.kind} ({finding.hit.path}): {finding.message}"


def _step(step: Step, depth: int) -> Iterator[str]:
    given = f" – {step.given}" if step.given else ""
    yield f"{'  ' * depth}{_MARKS[step.holds]} {step.written}{given}"
    for part in step.parts:
        yield from _step(part, depth + 1)
