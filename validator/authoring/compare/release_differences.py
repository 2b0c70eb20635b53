"""The differences between two releases of a pack, in sentences by course and rule."""

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
from validator.texts import release_text, written_date

Subject = Literal["release", "specialty", "source", "course", "rule"]
Change = Literal["added", "removed", "changed"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence about one item of a release: the item's id and title, and what changed."""

    subject: Subject
    id: str
    title: str
    change: Change
    text: str


def find_differences(old: Release, new: Release, language: str) -> list[Difference]:
    """Return all differences between two releases, in a language.

    Names, statuses and examples are excluded, since they change neither findings nor texts.
    """
    old_rules, new_rules = ({rule.id: rule for rule in release.rules} for release in (old, new))
    return [
        *(Difference("release", new.name, new.name, "changed", text) for text in _release_changes(old, new, language)),
        *_table_differences(
            "specialty", old.specialties, new.specialties, lambda title: _text(title, new, language), _name_changes, language
        ),
        *_table_differences("source", old.sources, new.sources, lambda source: source.title, _source_changes, language),
        *_table_differences(
            "course",
            old.courses,
            new.courses,
            lambda course: _text(course.title, new, language),
            lambda before, after, language: course_changes(before, after, old.sources, new.sources, language),
            language,
        ),
        *_table_differences("rule", old_rules, new_rules, lambda rule: _text(rule.message, new, language), _rule_changes, language),
    ]


def difference_lines(old: Release, new: Release, found: Iterable[Difference], language: str) -> Iterator[str]:
    """Yield the differences as text, item by item under the headings of their subjects."""
    found = list(found)
    names = {"before": f"{old.pack}/{old.name}", "after": f"{new.pack}/{new.name}"}
    yield release_text("heading" if found else "no-difference", language, **names)
    for subject, group in groupby(found, key=lambda item: item.subject):
        yield ""
        yield release_text(f"heading.{subject}", language)
        for (name, title), items in groupby(group, key=lambda item: (item.id, item.title)):
            yield f"  {name}" if name == title else f"  {name} – {title}"
            yield from (f"    - {item.text}" for item in items)


def _table_differences(
    subject: Subject,
    old: Mapping[str, Item],
    new: Mapping[str, Item],
    title: Callable[[Item], str],
    changes: Callable[[Item, Item, str], Iterable[str]],
    language: str,
) -> Iterator[Difference]:
    """Yield the differences between two tables of items by name, in the order of the new one."""
    for name, item in new.items():
        if name not in old:
            yield Difference(subject, name, title(item), "added", release_text(f"change.added.{subject}", language))
        elif item != old[name]:
            yield from (Difference(subject, name, title(item), "changed", text) for text in changes(old[name], item, language))
    for name, item in old.items():
        if name not in new:
            yield Difference(subject, name, title(item), "removed", release_text(f"change.removed.{subject}", language))


def _release_changes(old: Release, new: Release, language: str) -> Iterator[str]:
    if old.start != new.start:
        yield release_text("change.start", language, new=_day(new.start, language), old=_day(old.start, language))
    if old.languages != new.languages:
        yield value_change("languages", language, join(old.languages, language), join(new.languages, language))
    if old.owner != new.owner:
        yield value_change("owner", language, _text(old.owner, old, language), _text(new.owner, new, language))


def _name_changes(old: Texts, new: Texts, language: str) -> Iterator[str]:
    yield from _text_changes("name-text", old, new, language)


def _source_changes(old: Source, new: Source, language: str) -> Iterator[str]:
    for name in ("title", "date", "url", "status"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            none = release_text("none", language)
            yield value_change(name, language, before or none, after or none)


def _rule_changes(old: Rule, new: Rule, language: str) -> Iterator[str]:
    if old.specialties != new.specialties:
        yield specialty_change(old.specialties, new.specialties, language)
    if old.when != new.when:
        new_text, old_text = render_condition(new.when), render_condition(old.when)
        yield release_text("change.condition", language, new=new_text, old=old_text)
    before, after = _value_texts(old, language), _value_texts(new, language)
    yield from (value_change(key, language, before[key], text) for key, text in after.items() if text != before[key])
    yield from _text_changes("message-text", old.message, new.message, language)
    yield from _text_changes("explanation-text", old.explanation, new.explanation, language)


def _value_texts(rule: Rule, language: str) -> dict[str, str]:
    return {
        "kind": rule.kind,
        "severity": str(rule.severity),
        "place": rule.each or rule.at or release_text("contact", language),
        "unless": join(rule.unless, language),
        "valid_from": _day(rule.valid_from, language),
        "valid_to": _day(rule.valid_to, language),
        "source": rule.source,
        "suggest": join((f"{proposal.action} {proposal.code or proposal.table}" for proposal in rule.suggest), language),
    }


def _text_changes(key: str, old: Texts, new: Texts, language: str) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield text_change(release_text(f"change.{key}", language, language=name), language, before, after)


def _day(date: datetime.date | None, language: str) -> str:
    return written_date(date, language) if date else release_text("none", language)


def _text(texts: Texts, release: Release, language: str) -> str:
    return texts.get(language) or texts.get(release.language) or next(iter(texts.values()), "")
