"""The hits of the rules that fired, with what they suggest."""

from collections.abc import Iterator

from validator.contract.verdict import Hit, Suggestion
from validator.judging.coded_contact import CodedContact
from validator.judging.hits import contract_hit
from validator.judging.matcher import FiredRules
from validator.rulebook.analysis.release_cost import MAX_FINDINGS
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import PLACES


def rule_hits(coded: CodedContact, fired: FiredRules, release: Release) -> Iterator[Hit]:
    """Yield the hits of the rules that fired.

    Of more than MAX_FINDINGS, which no release published today can find, only the most serious are kept, and a hit says so.
    """
    omitted = len(fired) - MAX_FINDINGS
    if omitted > 0:
        ranks = [rule.severity.rank for rule in coded.matcher.rules]
        fired = tuple(sorted(fired, key=lambda item: ranks[item[0]])[:MAX_FINDINGS])
        yield contract_hit("findings-omitted", "/encounter/diagnoses", {"count": omitted, "limit": MAX_FINDINGS})
    for number, index in fired:
        rule = coded.matcher.rules[number]
        diagnosis = coded.reading.diagnoses[index] if rule.each else None
        values: dict[str, object] = {"code": diagnosis.code} if diagnosis else {}
        if coded.course is not None:
            values |= {"course": coded.course.id, "codes": coded.course_codes}
        yield Hit(
            rule.kind,
            rule.id,
            rule_pointer(rule, diagnosis),
            release.sources[rule.source],
            diagnosis=diagnosis.index if diagnosis else None,
            suggestions=tuple(_suggestions(rule, coded, diagnosis)),
            values=values,
            system=diagnosis.system if diagnosis else None,
        )


def rule_pointer(rule: Rule, diagnosis: ResolvedDiagnosis | None) -> str:
    """Return the pointer of a finding of a rule: the diagnosis that it found, else its place on the contact."""
    if diagnosis is not None:
        return f"/encounter/diagnoses/{diagnosis.index}/code"
    return f"/encounter{PLACES[rule.at] if rule.at else ''}"


def _suggestions(rule: Rule, coded: CodedContact, diagnosis: ResolvedDiagnosis | None) -> Iterator[Suggestion]:
    for proposal in rule.suggest:
        if proposal.code is not None:
            yield Suggestion(proposal.action, proposal.code)
        elif proposal.table == "course-set":
            yield from (Suggestion(proposal.action, code) for code in coded.course_codes)
        elif diagnosis is not None and (counterpart := coded.catalogue.counterparts.get(diagnosis.code)):
            yield Suggestion(proposal.action, counterpart)
