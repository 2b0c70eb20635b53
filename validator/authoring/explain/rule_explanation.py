"""The explanation of one rule on one contact.

It shows whether the rule is in force, how its conditions turn out, and what it finds.
"""

from dataclasses import dataclass, field
from typing import Any

from validator.authoring.explain.condition_steps import ConditionStep, explain_condition, explain_exceptions, role_text
from validator.authoring.explain.course_explanation import cite_source, course_reasons, course_rules, course_steps
from validator.catalogue.catalogue import Catalogue
from validator.contract.encounter import Encounter
from validator.contract.verdict import Finding
from validator.judging.contact_coder import ContactCoder
from validator.judging.validator import Validator
from validator.rulebook.course import Course
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.overview import CORE_KINDS
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule
from validator.texts import FINDINGS, danish_text, written_date

_DA = "da"


class UnknownRuleError(LookupError):
    """The release has no rule of that name; `known` are the names that it has."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """The result of a rule for the contact or one of its diagnoses.

    A rule without steps was not evaluated.
    """

    path: str
    about: str
    finds: bool
    steps: tuple[ConditionStep, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "about": self.about, "finds": self.finds, "steps": [step.to_json() for step in self.steps]}


@dataclass(frozen=True)
class RuleExplanation:
    """Why a rule finds something or not; `reasons` say in Danish why it is in force or not."""

    rule: str
    origin: str
    release: Release
    meaning: str
    source: str
    in_force: bool
    reasons: tuple[str, ...]
    answers: tuple[RuleAnswer, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def finds(self) -> bool:
        return bool(self.findings)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that the rule uses and the contact does not have, each once."""
        return tuple(dict.fromkeys(field for answer in self.answers for step in answer.steps for field in step.missing))

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "origin": self.origin,
            "pack": self.release.pack,
            "release": self.release.name,
            "meaning": self.meaning,
            "source": self.source,
            "in_force": self.in_force,
            "reasons": self.reasons,
            "finds": self.finds,
            "not_given": self.missing,
            "asked": [answer.to_json() for answer in self.answers],
            "findings": [finding.to_json() for finding in self.findings],
        }


def explain_rule(name: str, encounter: Encounter, release: Release, catalogue: Catalogue) -> RuleExplanation:
    """Explain the rule of that name on a contact.

    The rule may come from the course table or be built in. Raises UnknownRuleError where no rule has the name.
    """
    coder = ContactCoder(catalogue, release, 0)
    verdict = Validator(release, catalogue, cache_size=0).validate(encounter, language=_DA)
    findings = tuple(finding for finding in verdict.findings if finding.hit.rule == name)
    rule = next((rule for rule in release.rules if rule.id == name), None)
    if rule is not None:
        return _explain_written_rule(rule, encounter, coder, catalogue, findings)
    courses = course_rules(release)
    if name in courses:
        course, columns = courses[name]
        in_force, reasons = course_reasons(course, columns, encounter, release.sources)
        steps = course_steps(course, columns, encounter, coder)
        answer = RuleAnswer("/encounter/course", danish_text("authoring.explain.contact"), bool(findings), steps)
        source = _cite_sources(release, columns, course)
        title = course.title.get(_DA) or course.title[release.language]
        return RuleExplanation(name, "course", release, title, source, in_force, reasons, (answer,), findings)
    kind = name.removeprefix("core.")
    if name.startswith("core.") and kind in CORE_KINDS:
        source, reasons = danish_text("authoring.explain.core-source"), (danish_text("authoring.reason.core"),)
        return RuleExplanation(name, "core", release, FINDINGS[_DA][kind][1], source, True, reasons, (), findings)
    raise UnknownRuleError(name, [*(rule.id for rule in release.rules), *courses, *(f"core.{kind}" for kind in CORE_KINDS)])


def _explain_written_rule(
    rule: Rule, encounter: Encounter, coder: ContactCoder, catalogue: Catalogue, findings: tuple[Finding, ...]
) -> RuleExplanation:
    release = coder.release
    coded, facts = coder.code(encounter), coder.facts(encounter)
    paths = {finding.hit.path for finding in findings}
    answers: list[RuleAnswer] = []
    if rule.each is None:
        steps = explain_condition(rule.when, facts, facts.encounter)
        answers.append(RuleAnswer("/encounter", danish_text("authoring.explain.contact"), bool(paths), steps))
    else:
        read = {pair[0].index: pair for pair in zip(coded.reading.diagnoses, facts.diagnoses, strict=True)}
        for index, submitted in enumerate(encounter.diagnoses):
            path = f"/encounter/diagnoses/{index}/code"
            if index not in read:
                answers.append(RuleAnswer(path, danish_text("authoring.explain.skipped", code=submitted.code), False))
                continue
            diagnosis, values = read[index]
            condition = explain_condition(rule.when, facts, {**facts.encounter, **values})
            steps = (*explain_exceptions(rule.unless, values), *condition)
            answers.append(RuleAnswer(path, _diagnosis_text(diagnosis, catalogue), path in paths, steps))
    meaning = rule.message.get(_DA) or rule.message[release.language]
    source = cite_source(release.sources[rule.source])
    specialty = coded.placement.specialty
    in_force = rule.applies(specialty, encounter.date)
    reasons = (_date_reason(rule, encounter), _specialty_reason(rule, encounter, specialty, release))
    return RuleExplanation(rule.id, "rule", release, meaning, source, in_force, reasons, tuple(answers), findings)


def _diagnosis_text(diagnosis: ResolvedDiagnosis, catalogue: Catalogue) -> str:
    title = catalogue.title(diagnosis.code, _DA, diagnosis.system)
    return f"{diagnosis.code}{f' {title}' if title else ''}, {role_text(diagnosis.role)}"


def _date_reason(rule: Rule, encounter: Encounter) -> str:
    day = written_date(encounter.date, _DA)
    if rule.valid_from and encounter.date < rule.valid_from:
        return danish_text("authoring.reason.not-yet", date=written_date(rule.valid_from, _DA), day=day)
    if rule.valid_to and encounter.date > rule.valid_to:
        return danish_text("authoring.reason.ended", date=written_date(rule.valid_to, _DA), day=day)
    return danish_text("authoring.reason.on-date" if rule.valid_from or rule.valid_to else "authoring.reason.any-date", day=day)


def _specialty_reason(rule: Rule, encounter: Encounter, specialty: str | None, release: Release) -> str:
    if not rule.specialties:
        return danish_text("authoring.reason.any-specialty")
    if specialty in rule.specialties:
        return danish_text("authoring.reason.specialty", specialty=specialty)
    unknown = danish_text("authoring.reason.unknown-specialty", specialty=encounter.specialty, release=release.name)
    return danish_text("authoring.reason.other-specialty", wanted=", ".join(rule.specialties), specialty=specialty or unknown)


def _cite_sources(release: Release, columns: tuple[str, ...], course: Course) -> str:
    names = dict.fromkeys(entry.source for column in columns for entry in getattr(course, column))
    return "; ".join(cite_source(release.sources[name]) for name in names)
