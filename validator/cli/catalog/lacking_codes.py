"""Warnings of `kodevagt catalog import` about codes that the current rules name and the edition lacks."""

import datetime
from collections.abc import Iterable
from typing import Any

from validator.authoring.checks.edition_warnings import LackingCode
from validator.catalogue.catalogue import Catalogue
from validator.cli.messages import print_text
from validator.rulebook.release import Release
from validator.rulebook.stored.load import load_release
from validator.rulebook.yaml.folder import read_folder
from validator.settings import Settings
from validator.store.database import Database
from validator.store.published_releases import compiled_release
from validator.store.snapshot import read_release_state
from validator.texts import danish_text, enumeration

_Limit = datetime.date | None


def current_releases(settings: Settings, catalogue: Catalogue, database: Database | None) -> list[Release]:
    """Return the current release of each pack: that of the store, if any, else of the rule folder. Raises UserError."""
    in_folder = read_folder(settings.rules, catalogue, drafts=False)
    current = {release.pack: release for release in in_folder if release.status == "current"}
    published = {}
    if database is not None:
        published = {pack: load_release(compiled_release(database, name)) for pack, name in read_release_state(database).current}
    return list({**current, **published}.values())


def lacking_json(lacking: Iterable[LackingCode]) -> list[dict[str, Any]]:
    """Return the codes as plain data."""
    return [
        {
            "code": item.code,
            "beginning": item.is_beginning,
            "valid": [{"from": first, "to": last} for first, last in item.valid],
            "courses": [{"id": name, "title": title} for name, title in item.courses.items()],
            "rules": list(item.rules),
        }
        for item in lacking
    ]


def print_lacking(lacking: Iterable[LackingCode]) -> None:
    """Print one warning for each code."""
    for item in lacking:
        key = f"catalog.import.{'beginning' if item.is_beginning else 'code'}-{'dated' if item.valid else 'lacking'}"
        days = enumeration(tuple(days_text(first, last) for first, last in item.valid), "da")
        named_by = (
            *(danish_text("catalog.import.course", title=title) for title in item.courses.values()),
            *(danish_text("catalog.import.rule", rule=rule) for rule in item.rules),
        )
        print_text(key, code=item.code, days=days, named_by=enumeration(named_by, "da"))


def days_text(first: _Limit, last: _Limit) -> str:
    """Return the days from the first to the last, such as "fra 2027-07-01"."""
    texts = [danish_text(f"catalog.import.{key}", day=day) for key, day in (("from", first), ("to", last)) if day]
    return " ".join(texts)
