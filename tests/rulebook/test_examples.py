"""What the author of a rule says of it: every example of every rule that ships is judged, and says the truth.

An example is a fragment of a contact. What it leaves out is a day with everything in force and the specialty of its course,
51 by default.
"""

from collections.abc import Iterator
from typing import Any

from validator import Validator, read_request
from validator.catalogue import Catalogue
from validator.rulebook import Release, Rule
from validator.rulebook.rule import Example

DATE = "2027-06-01"


def rules_with_examples(releases: list[Release]) -> Iterator[tuple[Release, Rule, Example]]:
    return ((release, rule, example) for release in releases for rule in release.rules for example in rule.examples)


def completed(release: Release, fragment: Any) -> dict[str, Any]:
    course = release.courses.get(fragment.get("course"))
    specialty = course.specialty if course else "51"
    return {"jurisdiction": release.pack, "date": DATE, "specialty": specialty, "diagnoses": [], **fragment}


def test_every_example_says_the_truth(releases: list[Release], catalogue: Catalogue) -> None:
    validators = {release.name: Validator(release, catalogue) for release in releases}
    wrong = []
    for release, rule, example in rules_with_examples(releases):
        submission = read_request({"encounter": completed(release, example.encounter)})
        verdict = validators[release.name].validate(submission.encounter, unknown_fields=submission.unknown_fields)
        found = {finding.hit.rule for finding in verdict.findings}
        if (rule.id in found) is not example.finds or "core.unknown-field" in found:
            wrong.append(f"{release.name} {rule.id} {'finds' if example.finds else 'passes'} {example.encounter}: {sorted(found)}")
    assert wrong == []


def test_every_rule_has_an_example_of_each_sort(releases: list[Release]) -> None:
    lacking = [
        f"{release.name} {rule.id}"
        for release in releases
        for rule in release.rules
        if {e.finds for e in rule.examples} != {True, False}
    ]
    assert lacking == []


def test_every_rule_that_ships_was_tried(releases: list[Release]) -> None:
    """So that neither test above is empty."""
    tried = {rule.id for _, rule, _ in rules_with_examples(releases)}
    assert tried == {rule.id for release in releases for rule in release.rules}
    assert len(tried) > 10
