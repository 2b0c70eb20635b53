"""Changed copies of the shipped release and catalogue, and ways to judge by them."""

import datetime
from dataclasses import replace
from typing import Any

from validator import Validator, Verdict, read_request
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release

DEFAULTS = {"date": "2027-06-01", "specialty": "51", "diagnoses": []}


def with_mandate(release: Release, course: str, **values: Any) -> Release:
    """Return the release with other values in the first entry of a course's main diagnosis."""
    changed = release.courses[course]
    entry, *later = changed.main_diagnosis
    changed = replace(changed, main_diagnosis=(replace(entry, **values), *later))
    return replace(release, courses={**release.courses, course: changed})


def with_specialties(release: Release, course: str, *specialties: str) -> Release:
    """Return the release with a course that belongs to other specialties."""
    changed = replace(release.courses[course], specialties=specialties)
    return replace(release, courses={**release.courses, course: changed})


def with_validity(catalogue: Catalogue, code: str, start: str | None = None, end: str | None = None) -> Catalogue:
    """Return the catalogue with a code that is valid from `start` to `end`, both included."""
    first, last = (day and datetime.date.fromisoformat(day) for day in (start, end))
    rubrics = {**catalogue.rubrics, code: replace(catalogue.rubrics[code], valid_from=first or None, valid_to=last or None)}
    return Catalogue(
        rubrics.values(),
        edition=catalogue.edition,
        source=catalogue.source,
        bridges=catalogue.bridges,
        bridge_reasons=catalogue.bridge_reasons,
        counterparts=catalogue.counterparts,
        measures=catalogue.measures,
        icd10_se=catalogue.icd10_se,
    )


def verdict_by(validator: Validator, overrides: list[dict[str, Any]] | None = None, **encounter: Any) -> Verdict:
    """Return the verdict of a validator on a contact, with the defaults of the fixture `judge`."""
    submission = read_request({"encounter": {**DEFAULTS, **encounter}, "overrides": overrides})
    return validator.validate(submission.encounter, submission.overrides, unknown_fields=submission.unknown_fields)


def judge_by(release: Release, catalogue: Catalogue, **contact: Any) -> dict[str, Any]:
    """Return the answer to a contact by a release and a catalogue."""
    return verdict_by(Validator(release, catalogue), **contact).to_json()
