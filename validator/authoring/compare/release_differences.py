"""The differences between two releases of a pack, in Danish sentences by course and rule."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeVar

from validator.authoring.compare.course_differences import course_changes, join, specialty_change, text_change, value_change
from validator.contract.verdict import Source
from validator.rulebook.condition_text import render_condition
from validator.rulebook.release import Release
from validator.rulebook.rule import Rule, Texts
from validator.texts import danish_text, written_date

Subject = Literal["release", "specialty", "source", "course", "rule"]
Change = Literal["added", "removed", "changed"]
Item = TypeVar("Item")
_DA = "da"


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence about one item of a release: the item's id and title, and what changed."""

    subject: Subject
    id: str
    title: str
    change: Change
    text: str


def find_differences(old: Release, new: Release) -> list[Difference]:
    """Return all differences between two releases.

    Names, statuses and examples are excluded, since they change neither findings nor texts.
    """
    old_rules, new_rules = ({rule.id: rule for rule in release.rules} for release in (old, new))
    return [
        *(Difference("release", new.name, new.name, "changed", text) for text in _release_changes(old, new)),
        *_table_differences("specialty", old.specialties, new.specialties, lambda title: _text(title, new), _name_changes),
        *_table_differences("source", old.sources, new.sources, lambda source: source.title, _source_changes),
        *_table_differences(
            "course",
            old.courses,
            new.courses,
            lambda course: _text(course.title, new),
            lambda before, after: course_changes(before, after, old.sources, new.sources),
        ),
        *_table_differences("rule", old_rules, new_rules, lambda rule: _text(rule.message, new), _rule_changes),
    ]


def difference_lines(old: Release, new: Release, found: Iterable[Difference]) -> Iterator[str]:
    """Yield the differences as text, item by item under the headings of their subjects."""
    found = list(found)
    names = {"before": f"{old.pack}/{old.name}", "after": f"{new.pack}/{new.name}"}
    yield danish_text("rules.diff.heading" if found else "rules.diff.none", **names)
    for subject, group in groupby(found, key=lambda item: item.subject):
        yield ""
        yield danish_text(f"rules.diff.{subject}")
        for (name, title), items in groupby(group, key=lambda item: (item.id, item.title)):
            yield f"  {name}" if name == title else f"  {name} – {title}"
            yield from (f"    - {item.text}" for item in items)


def _table_differences(
    subject: Subject,
    old: Mapping[str, Item],
    new: Mapping[str, Item],
    title: Callable[[Item], str],
    changes: Callable[[Item, Item], Iterable[str]],
) -> Iterator[Difference]:
    """Yield the differences between two tables of items by name, in the order of the new one."""
    for name, item in new.items():
        if name not in old:
            yield Difference(subject, name, title(item), "added", danish_text(f"authoring.change.added.{subject}"))
        elif item != old[name]:
            yield from (Difference(subject, name, title(item), "changed", text) for text in changes(old[name], item))
    for name, item in old.items():
        if name not in new:
            yield Difference(subject, name, title(item), "removed", danish_text(f"authoring.change.removed.{subject}"))


def _release_changes(old: Release, new: Release) -> Iterator[str]:
    if old.start != new.start:
        yield danish_text("authoring.change.start", new=_day(new.start), old=_day(old.start))
    if old.languages != new.languages:
        yield value_change("languages", join(old.languages), join(new.languages))
    if old.owner != new.owner:
        yield value_change("owner", _text(old.owner, old), _text(new.owner, new))


def _name_changes(old: Texts, new: Texts) -> Iterator[str]:
    yield from _text_changes("name-text", old, new)


def _source_changes(old: Source, new: Source) -> Iterator[str]:
    for name in ("title", "date", "url", "status"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            none = danish_text("authoring.value.none")
            yield value_change(name, before or none, after or none)


def _rule_changes(old: Rule, new: Rule) -> Iterator[str]:
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties)
    if old.when != new.when:
        yield danish_text("authoring.change.condition", new=render_condition(new.when), old=render_condition(old.when))
    before = _value_texts(old)
    yield from (value_change(key, before[key], text) for key, text in _value_texts(new).items() if text != before[key])
    yield from _text_changes("message-text", old.message, new.message)
    yield from _text_changes("explanation-text", old.explanation, new.explanation)


def _value_texts(rule: Rule) -> dict[str, str]:
    return {
        "kind": rule.kind,
        "severity": str(rule.severity),
        "place": rule.each or rule.at or danish_text("authoring.explain.contact"),
        "unless": join(rule.unless),
        "valid_from": _day(rule.valid_from),
        "valid_to": _day(rule.valid_to),
        "source": rule.source,
        "suggest": join(f"{proposal.action} {proposal.code or proposal.table}" for proposal in rule.suggest),
    }


def _text_changes(key: str, old: Texts, new: Texts) -> Iterator[str]:
    for language in dict.fromkeys((*old, *new)):
        before, after = old.get(language), new.get(language)
        if before != after:
            yield text_change(danish_text(f"authoring.change.{key}", language=language), before, after)


def _day(date: datetime.date | None) -> str:
    return written_date(date, _DA) if date else danish_text("authoring.value.none")


def _text(texts: Texts, release: Release) -> str:
    return texts.get(_DA) or texts.get(release.language) or next(iter(texts.values()), "")
