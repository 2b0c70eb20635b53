"""The explanation of one rule on one contact: whether it was in force, what it asked, and what it found."""

from dataclasses import dataclass, field
from typing import Any

from validator.authoring.explain.condition_steps import Step, exceptions, explained, role_of
from validator.authoring.explain.course_explanation import cited, course_reasons, course_rules, course_steps
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
from validator.texts import FINDINGS, written_date

_DA = "da"


class UnknownRuleError(LookupError):
    """No rule of the release has that name; `known` are those there are."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What a rule was asked about, such as a diagnosis, and every step of the answer; without steps it was not asked."""

    path: str
    about: str
    finds: bool
    steps: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "about": self.about, "finds": self.finds, "steps": [step.to_json() for step in self.steps]}


@dataclass(frozen=True)
class Explanation:
    """Why a rule found something or nothing; `reasons` say in Danish why it was in force or not."""

    rule: str
    origin: str
    release: Release
    meaning: str
    source: str
    in_force: bool
    reasons: tuple[str, ...]
    asked: tuple[RuleAnswer, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def finds(self) -> bool:
        return bool(self.findings)

    @property
    def missing(self) -> tuple[str, ...]:
        """What the rule asked for and the contact did not say."""
        return tuple(dict.fromkeys(field for item in self.asked for step in item.steps for field in step.missing))

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "origin": self.origin,
            "pack": self.release.pack,
            "release": self.release.name,
            "meaning": self.meaning,
            "source": self.source,
            "in_force": self.in_force,
            "reasons": list(self.reasons),
            "finds": self.finds,
            "not_given": list(self.missing),
            "asked": [item.to_json() for item in self.asked],
            "findings": [finding.to_json() for finding in self.findings],
        }


def explain(name: str, encounter: Encounter, release: Release, catalogue: Catalogue) -> Explanation:
    """The explanation of a rule by its name. Raises UnknownRuleError."""
    coder = ContactCoder(catalogue, release, 0)
    verdict = Validator(release, catalogue, cache_size=0).validate(encounter, language=_DA)
    findings = tuple(finding for finding in verdict.findings if finding.hit.rule == name)
    rule = next((rule for rule in release.rules if rule.id == name), None)
    if rule is not None:
        return _of_rule(rule, encounter, coder, catalogue, findings)
    courses = course_rules(release)
    if name in courses:
        course, columns = courses[name]
        in_force, reasons = course_reasons(course, columns, encounter, release.sources)
        asked = (RuleAnswer("/encounter/course", "kontakten", bool(findings), course_steps(course, columns, encounter, coder)),)
        title = course.title.get(_DA) or course.title[release.language]
        return Explanation(name, "course", release, title, _sources(release, columns, course), in_force, reasons, asked, findings)
    kind = name.removeprefix("core.")
    if name.startswith("core.") and kind in CORE_KINDS:
        meaning = FINDINGS[_DA][kind][1]
        reasons = ("Kontrollen er indbygget og gælder altid.",)
        return Explanation(name, "core", release, meaning, "Kodevagt, kontrakt v1", True, reasons, (), findings)
    raise UnknownRuleError(name, [*(rule.id for rule in release.rules), *courses, *(f"core.{kind}" for kind in CORE_KINDS)])


def _of_rule(
    rule: Rule, encounter: Encounter, coder: ContactCoder, catalogue: Catalogue, findings: tuple[Finding, ...]
) -> Explanation:
    release = coder.release
    coded, facts = coder.code(encounter), coder.facts(encounter)
    reasons = tuple(_reasons(rule, encounter, coded.placement.specialty, release))
    in_force = rule.applies(coded.placement.specialty, encounter.date)
    found = {finding.hit.path for finding in findings}
    asked: list[RuleAnswer] = []
    if rule.each is None:
        steps = explained(rule.when, facts, facts.encounter)
        asked.append(RuleAnswer("/encounter", "kontakten", bool(found), steps))
    else:
        read = {diagnosis.index: (diagnosis, facts.diagnoses[place]) for place, diagnosis in enumerate(coded.reading.diagnoses)}
        for index, given in enumerate(encounter.diagnoses):
            path = f"/encounter/diagnoses/{index}/code"
            if index not in read:
                about = f"{given.code}: spørges ikke, fordi koden ikke kan læses eller står to gange"
                asked.append(RuleAnswer(path, about, False))
                continue
            diagnosis, values = read[index]
            steps = (*exceptions(rule.unless, values), *explained(rule.when, facts, {**facts.encounter, **values}))
            asked.append(RuleAnswer(path, _name(diagnosis, catalogue), path in found, steps))
    meaning = rule.message.get(_DA) or rule.message[release.language]
    source = cited(release.sources[rule.source])
    return Explanation(rule.id, "rule", release, meaning, source, in_force, reasons, tuple(asked), findings)


def _name(diagnosis: ResolvedDiagnosis, catalogue: Catalogue) -> str:
    title = catalogue.title(diagnosis.code, _DA, diagnosis.system)
    return f"{diagnosis.code}{f' {title}' if title else ''}, {role_of(diagnosis.role)}"


def _reasons(rule: Rule, encounter: Encounter, specialty: str | None, release: Release) -> list[str]:
    """Why the rule was in force or not, in sentences."""
    day = written_date(encounter.date, _DA)
    reasons = []
    if rule.valid_from and encounter.date < rule.valid_from:
        reasons.append(f"Reglen gælder først fra {written_date(rule.valid_from, _DA)}; kontakten er fra {day}.")
    elif rule.valid_to and encounter.date > rule.valid_to:
        reasons.append(f"Reglen gjaldt kun til {written_date(rule.valid_to, _DA)}; kontakten er fra {day}.")
    elif rule.valid_from or rule.valid_to:
        reasons.append(f"Reglen gælder på kontaktens dato, {day}.")
    else:
        reasons.append("Reglen gælder på alle datoer.")
    if not rule.specialties:
        reasons.append("Den gælder alle specialer.")
    elif specialty in rule.specialties:
        reasons.append(f"Den gælder kontaktens speciale, {specialty}.")
    else:
        given = specialty or f'"{encounter.specialty}", som ikke kendes i {release.name}'
        reasons.append(f"Den gælder kun speciale {', '.join(rule.specialties)}; kontaktens er {given}.")
    return reasons


def _sources(release: Release, columns: tuple[str, ...], course: Course) -> str:
    names = dict.fromkeys(entry.source for column in columns for entry in getattr(course, column))
    return "; ".join(cited(release.sources[name]) for name in names)
