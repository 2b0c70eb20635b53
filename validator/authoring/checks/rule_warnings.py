"""Warnings about rules that are well-formed but cannot do what their author probably wants."""

from collections.abc import Iterator

from validator.authoring.checks.source_places import SourcePlaces
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.analysis.rule_analysis import AnalysedRule, analyse_rules, covers, never_reason
from validator.rulebook.analysis.suggestion_analysis import first_rejection, is_always_present, is_found_by
from validator.rulebook.condition_text import render_branch
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import Problem
from validator.texts import alternatives, danish_text


def rule_warnings(release: Release, catalogue: Catalogue, places: SourcePlaces) -> Iterator[Problem]:
    """Yield warnings about the effect, placeholders and suggestions of rules.

    They are about rules without any effect, placeholders that can be empty, and suggestions that help nobody.
    """
    rules = analyse_rules(release, catalogue)
    for analysed in rules:
        if analysed.reachable:
            yield from _branch_warnings(analysed, places)
            other = next((other for other in rules if other is not analysed and covers(other, analysed)), None)
            if other is not None:
                yield Problem("rule-covered", places.rule(analysed.rule.id), {"rule": analysed.rule.id, "other": other.rule.id})
            yield from _placeholder_warnings(analysed, places)
            yield from _suggestion_warnings(analysed, rules, places)
        else:
            values = {"rule": analysed.rule.id, "why": danish_text(f"authoring.never.{never_reason(analysed)}")}
            yield Problem("rule-never-fires", places.rule(analysed.rule.id, "when"), values)


def _branch_warnings(analysed: AnalysedRule, places: SourcePlaces) -> Iterator[Problem]:
    for branch, contact in zip(analysed.branches, analysed.contacts, strict=True):
        if contact is None:
            yield Problem("branch-never-fires", places.rule(analysed.rule.id, "when"), {"branch": render_branch(branch)})


def _placeholder_warnings(analysed: AnalysedRule, places: SourcePlaces) -> Iterator[Problem]:
    can_be_empty = {
        "course": any(setting.course is None for setting in analysed.settings),
        "codes": any(setting.course is None or not setting.course.main_diagnosis for setting in analysed.settings),
    }
    for key, texts in (("message", analysed.rule.message), ("explanation", analysed.rule.explanation)):
        for language, text in texts.items():
            for name, is_empty in can_be_empty.items():
                if is_empty and f"{{{name}}}" in text:
                    values = {"name": name, "when": danish_text(f"authoring.empty.{name}")}
                    yield Problem("placeholder-empty", places.rule(analysed.rule.id, key, language), values)


def _suggestion_warnings(analysed: AnalysedRule, rules: list[AnalysedRule], places: SourcePlaces) -> Iterator[Problem]:
    """Yield warnings about useless suggested codes.

    A rule finds such a code again, a course rejects it, or the contact has it already.
    """
    for number, proposal in enumerate(analysed.rule.suggest):
        if proposal.code is None:
            continue
        place = places.rule(analysed.rule.id, "suggest", number)
        if is_always_present(analysed, proposal):
            yield Problem("suggestion-there", place, {"code": proposal.code})
            continue
        rejected = first_rejection(analysed, proposal)
        if rejected is not None:
            since, codes = rejected
            values = {
                "code": proposal.code,
                "since": danish_text("authoring.date.from", date=since),
                "codes": alternatives(codes, "da"),
            }
            yield Problem("suggestion-refused", place, values)
        other = next((other for other in rules if is_found_by(other, analysed, proposal)), None)
        if other is not None:
            yield Problem("suggestion-found", place, {"code": proposal.code, "other": other.rule.id})
