"""What is doubtful about a release's rules though nothing is wrong with how they are written."""

from collections.abc import Iterator

from validator.authoring.checks.source_places import Places
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.analysis.rule_analysis import AnalysedRule, NeverReason, analyse_rules, covers, never_reason
from validator.rulebook.analysis.suggestion_analysis import is_found_by, is_there_already, refused_since
from validator.rulebook.condition_text import render_branch
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Problem

_WHY: dict[NeverReason, str] = {
    "no-setting": "intet forløb eller speciale i udgaven passer",
    "no-code": "ingen kode i kataloget opfylder alle testene på diagnosen",
    "no-code-in-block": 'ingen kode i kataloget opfylder testene under "diagnosis:"',
    "contradiction": "testene modsiger hinanden",
    "no-common-setting": "forløbet og diagnoserne kan ikke stå sammen",
}


def rule_warnings(release: Release, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Rules that find nothing, or nothing of their own, placeholders that stay empty, and suggestions that lead nowhere."""
    rules = analyse_rules(release, catalogue)
    for one in rules:
        if one.live:
            yield from _idle_branches(one, places)
            other = next((other for other in rules if other is not one and covers(other, one)), None)
            if other is not None:
                yield Problem("rule-covered", places.rule(one.rule.id), {"rule": one.rule.id, "other": other.rule.id})
            yield from _empty_placeholders(one, places)
            yield from _suggestions(one, rules, places)
        else:
            values = {"rule": one.rule.id, "why": _WHY[never_reason(one)]}
            yield Problem("rule-never-fires", places.rule(one.rule.id, "when"), values)


def _idle_branches(one: AnalysedRule, places: Places) -> Iterator[Problem]:
    for branch, contact in zip(one.branches, one.contacts, strict=True):
        if contact is None:
            yield Problem("branch-never-fires", places.rule(one.rule.id, "when"), {"branch": render_branch(branch)})


def _empty_placeholders(one: AnalysedRule, places: Places) -> Iterator[Problem]:
    without_codes = [setting for setting in one.settings if setting.course is None or not setting.course.main_diagnosis]
    lacking = {
        "course": ("kontakten ikke hører til et forløb", any(setting.course is None for setting in one.settings)),
        "codes": ("kontakten ikke hører til et forløb med koder", bool(without_codes)),
    }
    for key, texts in (("message", one.rule.message), ("explanation", one.rule.explanation)):
        for language, text in texts.items():
            for name, (what, empty) in lacking.items():
                if empty and f"{{{name}}}" in text:
                    yield Problem("placeholder-empty", places.rule(one.rule.id, key, language), {"name": name, "when": what})


def _suggestions(one: AnalysedRule, rules: list[AnalysedRule], places: Places) -> Iterator[Problem]:
    """Suggestions that would be refused in their turn: found by a rule, outside the course's set, or there already."""
    for number, proposal in enumerate(one.rule.suggest):
        if proposal.code is None:
            continue
        place = places.rule(one.rule.id, "suggest", number)
        if is_there_already(one, proposal):
            yield Problem("suggestion-there", place, {"code": proposal.code})
            continue
        refused = refused_since(one, proposal)
        if refused is not None:
            since, codes = refused
            values = {"code": proposal.code, "since": f"fra {since}", "codes": " eller ".join(codes)}
            yield Problem("suggestion-refused", place, values)
        other = next((other for other in rules if is_found_by(other, one, proposal)), None)
        if other is not None:
            yield Problem("suggestion-found", place, {"code": proposal.code, "other": other.rule.id})
