"""A draft for every warning that has to be accepted before it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.rulebook.rule_folder import COURSES, RuleFolder

NAME = "kladde-2026"
AS_OF = "2026-06-01"
HEAD = f"pack: dk\nrelease: {NAME}\nstatus: published\nextends: lille-2025\n"
NEW_SOURCE = 'sources:\n  nyt: {title: "Nyt møde", date: 2026-03-01, url: null, status: decided}\n'
BASE_COURSE = COURSES.partition("  parkinson:")[0]
PERIOD = "      - {from: 2026-09-01, codes: [L86], status: decided, source: nyt}\n"
SAME_AGAIN = BASE_COURSE[BASE_COURSE.index("      - from") :].replace("2025-10-01", "2026-05-01").replace("moede", "brev")
MOVED = BASE_COURSE.replace("2025-10-01", "2026-09-01").replace("source: moede", "source: nyt")
CHANGED = BASE_COURSE + PERIOD


@dataclass(frozen=True)
class AcceptableCase:
    """A draft of the small release with one such warning, which is reported at a line of a file."""

    id: str
    files: Mapping[str, str]
    place: tuple[str, int]
    base: tuple[str, str] | None = None  # an edit of `general.yaml` in the base

    def write(self, folder: RuleFolder) -> Path:
        """Write the draft, and return its folder."""
        if self.base is not None:
            folder.edit("general.yaml", *self.base)
        for file, text in {"pack.yaml": HEAD + NEW_SOURCE, **self.files}.items():
            folder.write(f"dk/{NAME}/{file}", text)
        return folder.path(f"dk/{NAME}/pack.yaml").parent


def with_source(date: str) -> str:
    return HEAD + NEW_SOURCE + f'  brev: {{title: "Brev", date: {date}, url: null, status: decided}}\n'


L84_ON_COURSE = (
    "      - passes: {diagnoses: [{code: L84, role: main}]}\n",
    "      - passes: {diagnoses: [{code: L84, role: main}]}\n"
    "      - passes: {course: laenderyg, date: 2026-10-01, diagnoses: [{code: L84, role: main}]}\n",
)

CASES = (
    AcceptableCase(
        "example-changed",
        {"courses.yaml": BASE_COURSE.replace('specialty: "51"', 'specialty: "62"')},
        ("general.yaml", 16),
        L84_ON_COURSE,
    ),
    AcceptableCase("past-verdicts-changed", {"courses.yaml": MOVED}, ("courses.yaml", 6)),
    AcceptableCase("nothing-changed", {"pack.yaml": HEAD}, ("pack.yaml", 1)),
    AcceptableCase("nearly-same-course", {"courses.yaml": CHANGED.replace("  laenderyg:", "  laenderygge:")}, ("courses.yaml", 3)),
    AcceptableCase("file-not-read", {"courses.yaml": CHANGED, "courses.yaml.txt": "courses: {}\n"}, ("courses.yaml.txt", 1)),
    AcceptableCase("source-in-future", {"courses.yaml": CHANGED, "pack.yaml": with_source("2026-06-02")}, ("pack.yaml", 7)),
    AcceptableCase("source-old", {"courses.yaml": CHANGED, "pack.yaml": with_source("2021-05-31")}, ("pack.yaml", 7)),
    AcceptableCase(
        "period-before-source",
        {
            "courses.yaml": BASE_COURSE + SAME_AGAIN,
            "pack.yaml": with_source("2026-05-15"),
        },
        ("courses.yaml", 14),
    ),
    AcceptableCase(
        "stays-draft", {"courses.yaml": CHANGED, "pack.yaml": HEAD.replace("published", "draft") + NEW_SOURCE}, ("pack.yaml", 3)
    ),
)
