"""Read `rules:`: each rule with its condition, texts, source and examples."""

from collections.abc import Collection, Hashable, Sequence
from functools import partial
from typing import cast

from validator.catalogue.code_systems import ICPC
from validator.contract.finding_kinds import BUILT_IN_KINDS, KINDS, Severity
from validator.contract.verdict import Action
from validator.requests.code_system_check import require_known_systems
from validator.requests.errors import RequestError
from validator.requests.request import read_request
from validator.rulebook.analysis.field_values import fields_of_code
from validator.rulebook.analysis.single_rule import can_apply_together, impossible_field, rule_question, still_found_after
from validator.rulebook.conditions import Condition
from validator.rulebook.normal_form import MAX_BRANCHES, Branch, branches_of, count_branches
from validator.rulebook.rule import Example, Proposal, Rule, Table, example_request
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES
from validator.rulebook.yaml.condition_reader import read_condition
from validator.rulebook.yaml.file_keys import keys_of
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import Place, hint
from validator.rulebook.yaml.value_hints import suggestion_example
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.texts import danish_text, problem_text

ACTIONS = ("replace", "add", "make-main", "remove", "restore")
TABLES = ("sex-pairs", "course-set")
_CONTACT_ACTIONS = ("add", "restore")  # other actions change the diagnosis found
_DIAGNOSIS_PLACEHOLDERS = ("code", "title")


def read_rules(
    reader: NodeReader, node: Located, places: dict[str, Place], earlier: Collection[Rule]
) -> list[tuple[Rule, Located]]:
    """Read the rules of a file without problems.

    `places` has all ids, `earlier` the rules of previous files.
    """
    rules: list[tuple[Rule, Located]] = []
    by_question: dict[Hashable, list[Rule]] = {}
    for known in earlier:
        by_question.setdefault(rule_question(known), []).append(known)
    for item in reader.items(node, empty=True, example='"- id: dk.min-regel"'):
        noted = reader.noted
        rule = _rule(reader, item, places)
        if rule is None or reader.noted > noted:
            continue
        others = by_question.setdefault(rule_question(rule), [])
        twin = next((other for other in others if can_apply_together(rule, other)), None)
        if twin is not None:
            reader.note("same-rule", item.place, rule=rule.id, other=twin.id)
        others.append(rule)
        rules.append((rule, item))
    return rules


def _rule(reader: NodeReader, node: Located, places: dict[str, Place]) -> Rule | None:
    row = reader.row(node, *keys_of("rule"))
    if "id" in row and (name := reader.text(row["id"])) and reader.identifier(name, row["id"].place):
        if name in places:
            reader.note("double-rule", row["id"].place, rule=name, first=places[name])
        places.setdefault(name, row["id"].place)
        if name.startswith("core.") or any(f".{specialty}." in name for specialty in reader.specialties or ()):
            reader.note("reserved-id", row["id"].place, rule=name)
    else:
        name = None
    each = _each_or_at(reader, node, row)
    kind, severity = _kind(reader, row)
    when = read_condition(reader, row["when"], each=each) if "when" in row else None
    branches = _branches(reader, row["when"], when) if when is not None else ()
    unless = reader.one_or_several(row["unless"], partial(reader.choice, allowed=EXCEPTIONS)) if "unless" in row else ()
    proposed = (
        [
            (_proposal(reader, item, each=each), item)
            for item in reader.items(row["suggest"], example=suggestion_example(row["suggest"].value, row["suggest"].written()))
        ]
        if "suggest" in row
        else []
    )
    suggest = tuple(proposal for proposal, _ in proposed if proposal)
    message = reader.texts(row["message"], message=True) if "message" in row else {}
    if not each and "message" in row:
        _check_placeholders(reader, row["message"])
    explanation = reader.texts(row["explanation"]) if "explanation" in row else {}
    source = reader.source(row["source"]) if "source" in row else None
    specialties = reader.one_or_several(row["specialty"], reader.specialty) if "specialty" in row else ()
    start = reader.date(row["from"]) if "from" in row else None
    end = reader.date(row["to"]) if "to" in row else None
    if start and end and end < start:
        reader.note("ends-before-start", row["to"].place, start=start, end=end)
    examples = _examples(reader, row)
    if each and branches and not unless:
        _check_suggestions(reader, proposed, branches)
    if name is None or kind is None or when is None or source is None:
        return None
    return Rule(
        name,
        kind,
        severity,
        when,
        message,
        explanation,
        source,
        each="diagnosis" if each else None,
        at=None if each or "at" not in row else str(row["at"].value),
        unless=unless,
        suggest=suggest,
        specialties=specialties,
        valid_from=start,
        valid_to=end,
        examples=examples,
    )


def _each_or_at(reader: NodeReader, node: Located, row: Row) -> bool:
    """Read `each` and `at`; return whether the rule is evaluated once per diagnosis."""
    each = "each" in row and reader.choice(row["each"], ("diagnosis",)) is not None
    if "each" in row and "at" in row:
        reader.note("each-and-at", row["at"].place)
    elif "at" in row:
        field = reader.text(row["at"], "course")
        if field is not None and field not in PLACES:
            reader.note("unknown-field", row["at"].place, field=field, hint=hint(field, PLACES))
    elif "each" not in row:
        reader.note("no-place", node.place)
    if "unless" in row and not each:
        reader.note("unless-without-each", node.keys["unless"])
    return each


def _kind(reader: NodeReader, row: Row) -> tuple[str | None, Severity]:
    kind = reader.text(row["kind"]) if "kind" in row else None
    severity = reader.choice(row["severity"], tuple(Severity)) if "severity" in row else None
    if kind is not None and kind not in KINDS:
        reader.note("unknown-kind", row["kind"].place, kind=kind, hint=hint(kind, set(KINDS)))
        kind = None
    if kind in BUILT_IN_KINDS:
        reader.note("built-in-kind", row["kind"].place, kind=kind)
    if kind and severity and KINDS[kind].severity != severity:
        reader.note("wrong-severity", row["severity"].place, kind=kind, severity=KINDS[kind].severity)
    return kind, KINDS[kind].severity if kind else Severity.ERROR


def _branches(reader: NodeReader, node: Located, when: Condition) -> Sequence[Branch]:
    """Return the branches of a condition.

    None are returned where there are too many, which would take minutes.
    """
    if count_branches(when) > MAX_BRANCHES:
        reader.note("too-many-branches", node.place, limit=MAX_BRANCHES)
        return ()
    branches = branches_of(when)
    if field := impossible_field(branches):
        reader.note("never-fires", node.keys.get(field, node.place), field=field)
    return branches


def _check_placeholders(reader: NodeReader, node: Located) -> None:
    """Note placeholders of a diagnosis in a rule without `each`."""
    for item in reader.mapping(node).values():
        for name in _DIAGNOSIS_PLACEHOLDERS:
            if f"{{{name}}}" in str(item.value):
                reader.note("placeholder-without-each", item.place, name=name)


def _proposal(reader: NodeReader, node: Located, *, each: bool) -> Proposal | None:
    row = reader.row(node, *keys_of("suggestion"))
    action = reader.choice(row["action"], ACTIONS) if "action" in row else None
    code = reader.code(row["code"]) if "code" in row else None
    table = reader.choice(row["table"], TABLES) if "table" in row else None
    if isinstance(node.value, dict) and ("code" in row) == ("table" in row):
        reader.note("code-or-table", node.place)
    elif not each and action is not None and action not in _CONTACT_ACTIONS:
        reader.note("suggestion-without-each", node.place, given=f"action: {action}")
    elif not each and table == "sex-pairs":
        reader.note("suggestion-without-each", node.place, given="table: sex-pairs")
    return None if action is None else Proposal(cast(Action, action), code, cast(Table | None, table))


def _examples(reader: NodeReader, row: Row) -> tuple[Example, ...]:
    """Read the examples: at least one that the rule finds and one that it passes."""
    examples: list[Example] = []
    for item in reader.items(row["examples"], empty=True, example='"- finds: …"') if "examples" in row else []:
        for key, value in reader.row(item, *keys_of("example")).items():
            if reader.mapping(value):
                examples.append(Example(key == "finds", value.plain()))
                _check_example(reader, value, examples[-1])
    if "examples" in row and {example.finds for example in examples} != {True, False}:
        reader.note("no-examples", row["examples"].place)
    return tuple(examples)


def _check_example(reader: NodeReader, node: Located, example: Example) -> None:
    """Note an example that is not a valid contact; `example_request` has its defaults."""
    try:
        submission = read_request(example_request(example))
        require_known_systems(submission.encounter, reader.catalogue)
    except RequestError as error:
        fault = error.faults[0]
        path, reason = fault.path, problem_text(fault.key, "da", fault.values)
    else:
        if not submission.unknown_fields:
            return
        path, reason = submission.unknown_fields[0], danish_text("rules.unknown-field")
    reader.note("bad-example", node.place, path=path.removeprefix("/encounter/"), reason=reason)


def _check_suggestions(reader: NodeReader, proposed: list[tuple[Proposal | None, Located]], branches: Sequence[Branch]) -> None:
    """Note suggestions of codes that the rule itself would find."""
    for proposal, item in proposed:
        if proposal is None or proposal.code is None or proposal.action != "replace":
            continue
        rubric = reader.catalogue.get(proposal.code) if reader.system == ICPC else None
        if still_found_after(branches, fields_of_code(proposal.code, rubric)):
            reader.note("suggests-itself", item.place, code=proposal.code)
