"""The sample that ships: made-up contacts that every course and both packs meet, so that `rules impact` works at once."""

import json
from collections import Counter

from tests.authoring.sample_contacts import FILE, sample_lines
from validator import Service
from validator.requests.request import read_body
from validator.settings import Settings
from validator.support.personal_data import has_cpr

LINES = FILE.read_text(encoding="utf-8").splitlines()


def test_the_file_is_what_the_rules_make() -> None:
    assert list(sample_lines()) == LINES
    assert Settings().sample.samefile(FILE)


def test_it_has_no_personal_data_and_every_line_can_be_judged(service: Service) -> None:
    for line in LINES:
        assert not has_cpr(line)
        service.judge(read_body(line.encode()))
    assert len({json.loads(line)["encounter"]["id"] for line in LINES}) == len(LINES)


def test_it_meets_every_course_before_and_after_its_mandate(service: Service) -> None:
    met = Counter(
        (encounter["course"], encounter["date"] >= str(course.mandate_start))
        for line in LINES
        if "course" in (encounter := json.loads(line)["encounter"])
        if (course := service.current["dk"].release.courses.get(encounter["course"]))
    )
    for name, course in service.current["dk"].release.courses.items():
        assert met[name, True], name
        assert met[name, False] or course.mandate_start.isoformat() < "2025-02-15", name


def test_it_shows_what_most_rules_find(service: Service) -> None:
    found = {finding.hit.kind for line in LINES for finding in service.judge(read_body(line.encode())).findings}
    rules = {rule.kind for validator in service.current.values() for rule in validator.release.rules}
    assert len(rules & found) >= len(rules) * 0.7, sorted(rules - found)
