"""What changed between two releases, in Danish sentences, by course and rule."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from validator.authoring.compare.course_differences import course_changes, listed, specialty_change, text_change
from validator.contract.verdict import Source
from validator.rulebook.condition_text import render_condition
from validator.rulebook.course import Course
from validator.rulebook.release import Release
from validator.rulebook.rule import Proposal, Rule, Texts
from validator.texts import written_date

Subject = Literal["release", "specialty", "source", "course", "rule"]
Change = Literal["added", "removed", "changed"]
Thing = TypeVar("Thing")
_DA = "da"


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence about one thing: its id, what it is called, and what changed."""

    subject: Subject
    id: str
    title: str
    change: Change
    text: str

    def to_json(self) -> dict[str, str]:
        return {"subject": self.subject, "id": self.id, "title": self.title, "change": self.change, "text": self.text}


def differences(old: Release, new: Release) -> list[Difference]:
    """Everything in which two releases of a pack judge or speak otherwise; their names, status and examples are left out."""
    return [*_of_release(old, new), *_of_courses(old, new), *_of_rules(old, new)]


def _of_release(old: Release, new: Release) -> Iterator[Difference]:
    def changed(text: str) -> Difference:
        return Difference("release", new.name, new.name, "changed", text)

    if old.start != new.start:
        yield changed(f"Udgaven taler om tiden fra {_day(new.start)} i stedet for fra {_day(old.start)}.")
    if old.languages != new.languages:
        yield changed(f"Sprogene er {listed(new.languages)} i stedet for {listed(old.languages)}.")
    if old.owner != new.owner:
        yield changed(f"Ejeren er {_text(new.owner, new)} i stedet for {_text(old.owner, old)}.")
    yield from _table("specialty", old.specialties, new.specialties, lambda title: _text(title, new), _name_changes)
    yield from _table("source", old.sources, new.sources, lambda source: source.title, _source_changes)


def _of_courses(old: Release, new: Release) -> Iterator[Difference]:
    def changes(before: Course, after: Course) -> Iterator[str]:
        return course_changes(before, after, old.sources, new.sources)

    yield from _table("course", old.courses, new.courses, lambda course: _text(course.title, new), changes)


def _of_rules(old: Release, new: Release) -> Iterator[Difference]:
    before, after = ({rule.id: rule for rule in release.rules} for release in (old, new))
    yield from _table("rule", before, after, lambda rule: _text(rule.message, new), _rule_changes)


def _table(
    subject: Subject,
    old: Mapping[str, Thing],
    new: Mapping[str, Thing],
    title: Callable[[Thing], str],
    changes: Callable[[Thing, Thing], Iterable[str]],
) -> Iterator[Difference]:
    """The differences between two tables of things by their names, in the order of the new one."""
    for name, thing in new.items():
        if name not in old:
            yield Difference(subject, name, title(thing), "added", f"{_NOUNS[subject]} er {_NEW[subject]}.")
        elif thing != old[name]:
            yield from (Difference(subject, name, title(thing), "changed", text) for text in changes(old[name], thing))
    for name, thing in old.items():
        if name not in new:
            yield Difference(subject, name, title(thing), "removed", f"{_NOUNS[subject]} er slettet.")


_NOUNS: dict[Subject, str] = {
    "release": "Udgaven",
    "specialty": "Specialet",
    "source": "Kilden",
    "course": "Forløbet",
    "rule": "Reglen",
}
_NEW: dict[Subject, str] = {"release": "ny", "specialty": "nyt", "source": "ny", "course": "nyt", "rule": "ny"}


def _name_changes(old: Texts, new: Texts) -> Iterator[str]:
    yield from _text_changes("Navnet", old, new)


def _source_changes(old: Source, new: Source) -> Iterator[str]:
    for what, before, after in (
        ("Titlen", old.title, new.title),
        ("Datoen", old.date, new.date),
        ("Adressen", old.url, new.url),
        ("Status", old.status, new.status),
    ):
        if before != after:
            yield f"{what} er {after or 'ingen'} i stedet for {before or 'ingen'}."


def _rule_changes(old: Rule, new: Rule) -> Iterator[str]:
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties)
    if old.when != new.when:
        yield f"Betingelsen er nu: {render_condition(new.when)}. Før: {render_condition(old.when)}."
    for what, before, after in (
        ("Fundtypen", old.kind, new.kind),
        ("Alvoren", str(old.severity), str(new.severity)),
        ("Stedet", old.each or old.at or "kontakten", new.each or new.at or "kontakten"),
        ("Undtagelsen (unless)", listed(old.unless), listed(new.unless)),
        ("Første dag", _day(old.valid_from), _day(new.valid_from)),
        ("Sidste dag", _day(old.valid_to), _day(new.valid_to)),
        ("Kilden", old.source, new.source),
        ("Forslagene", listed(_proposals(old.suggest)), listed(_proposals(new.suggest))),
    ):
        if before != after:
            yield f"{what} er {after} i stedet for {before}."
    yield from _text_changes("Beskeden", old.message, new.message)
    yield from _text_changes("Forklaringen", old.explanation, new.explanation)


def _proposals(proposals: tuple[Proposal, ...]) -> list[str]:
    return [f"{proposal.action} {proposal.code or proposal.table}" for proposal in proposals]


def _text_changes(what: str, old: Texts, new: Texts) -> Iterator[str]:
    for language in dict.fromkeys((*old, *new)):
        before, after = old.get(language), new.get(language)
        if before != after:
            yield text_change(f'{what} på "{language}" er', before, after)


def _day(date: datetime.date | None) -> str:
    return "ingen" if date is None else written_date(date, _DA)


def _text(texts: Texts, release: Release) -> str:
    return texts.get(_DA) or texts.get(release.language) or next(iter(texts.values()), "")
