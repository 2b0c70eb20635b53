"""`kodevagt rules explain`: explain why a rule gives a finding for a contact, or none."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
from rapidfuzz import process

from validator.authoring.explain.condition_steps import ConditionStep
from validator.authoring.explain.rule_explanation import RuleExplanation, UnknownRuleError, explain_rule
from validator.cli.input import RELEASE_OPTION, RULES_OPTION, InputFile
from validator.cli.messages import CommandError
from validator.cli.output import TEXT_OR_JSON, print_json
from validator.cli.rules.release_lookup import find_release_of_pack, full_name
from validator.contract.encounter import JURISDICTIONS
from validator.requests.errors import RequestError
from validator.requests.ndjson import MAX_LINE_LENGTH
from validator.requests.problem_details import request_problem
from validator.requests.request import read_body
from validator.rulebook.yaml.problems import nearest_hint
from validator.texts import danish_text

_MAX_NAME_LENGTH, _MAX_NAMES = 60, 5
_MARKS = {True: "✓", False: "✗", None: "?"}


@click.command()
@click.argument("rule", metavar="ID")
@click.option("--encounter", "file", type=InputFile("rb"), required=True, help='Kontakten som JSON ("-" er standardinput).')
@RELEASE_OPTION
@RULES_OPTION
@TEXT_OR_JSON
def explain(rule: str, file: BinaryIO, release: str | None, path: Path | None, output_format: str) -> None:
    """Forklar reglen ID på én kontakt: hvilke betingelser er opfyldt, hvilke ikke, og hvad er ikke oplyst.

    ID kan også være en regel fra forløbstabellen (dk.51.laenderyg) eller en indbygget kontrol (core.unknown-code).
    """
    content = file.read(MAX_LINE_LENGTH + 1)
    if len(content) > MAX_LINE_LENGTH:
        raise CommandError("rules.explain.too-large", limit=MAX_LINE_LENGTH)
    try:
        encounter = read_body(content).encounter
        used, catalogue = find_release_of_pack(path, encounter.jurisdiction, release, output_format)
        explanation = explain_rule(rule, encounter, used, catalogue)
    except RequestError as error:
        faults = request_problem(error, "da")["errors"]
        reasons = "; ".join(f"{fault['path'] or '/'}: {fault['message'].rstrip('.')}" for fault in faults)
        raise CommandError("rules.explain.unreadable", reasons=reasons) from error
    except UnknownRuleError as error:
        raise CommandError("rules.explain.unknown-rule", rule=rule, name=full_name(used), hint=_hint(error)) from error
    if output_format == "json":
        print_json(explanation.to_json(), indent=2)
    else:
        click.echo("\n".join(_lines(explanation)))


def _hint(error: UnknownRuleError) -> str:
    """Return the name that was probably meant, or the most similar ones.

    For a rule of another pack, return that it needs a contact of that pack.
    """
    pack = error.name.partition(".")[0]
    if pack in JURISDICTIONS and not any(name.startswith(f"{pack}.") for name in error.known):
        return danish_text("rules.explain.other-pack", pack=pack)
    near = nearest_hint(error.name, error.known)
    if near:
        return near
    similar = process.extract(error.name[:_MAX_NAME_LENGTH], error.known, limit=_MAX_NAMES)
    return danish_text("rules.explain.similar", names=", ".join(name for name, _, _ in similar))


def _lines(explanation: RuleExplanation) -> Iterator[str]:
    yield f"{explanation.rule} ({explanation.release.pack}/{explanation.release.name})"
    yield explanation.meaning
    yield danish_text("rules.explain.source", source=explanation.source)
    yield ""
    yield f"{_MARKS[explanation.in_force]} {' '.join(explanation.reasons)}"
    if explanation.in_force:
        for item in explanation.answers:
            yield ""
            yield f"{item.path} – {item.about}"
            for step in item.steps:
                yield from _step_lines(step, 1)
    yield ""
    if explanation.in_force and explanation.missing:
        yield danish_text("rules.explain.missing", fields=", ".join(explanation.missing))
    if not explanation.findings:
        yield danish_text("rules.explain.no-finding")
    for finding in explanation.findings:
        yield danish_text("rules.explain.finding", kind=finding.hit.kind, path=finding.hit.path, message=finding.message)


def _step_lines(step: ConditionStep, depth: int) -> Iterator[str]:
    value = f" – {step.contact_value}" if step.contact_value else ""
    yield f"{'  ' * depth}{_MARKS[step.holds]} {step.condition}{value}"
    for part in step.parts:
        yield from _step_lines(part, depth + 1)
