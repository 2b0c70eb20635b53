"""The digest of a release changes with its rules and texts, and with nothing else."""

import pytest

from tests.rulebook.rule_folder import COURSES, PACK, RULES, RuleFolder

EDITION = "kodevagt-2026-11-30"
CHANGES = {
    "rule text": ("general.yaml", "{code} er en restkode.", "{code} er en rest."),
    "English text": ("general.yaml", "is a leftover code", "is a rest"),
    "explanation": ("general.yaml", "Vælg en mere præcis kode.", "Vælg en anden kode."),
    "code of a rule": ("general.yaml", "[A29, A99]", "[A29, L29]"),
    "operator": ("general.yaml", "role: main\n    message", "role: {not: main}\n    message"),
    "block": ("general.yaml", "role: main\n    message", "no_diagnosis: {role: main}\n    message"),
    "suggestion": ("general.yaml", "code: L84}]\n    source", "code: L86}]\n    source"),
    "date of a rule": ("general.yaml", "    source: moede", "    source: moede\n    from: 2025-01-01"),
    "end of a rule": ("general.yaml", "    source: moede", "    source: moede\n    to: 2025-01-01"),
    "specialty of a rule": ("general.yaml", "    source: moede", '    source: moede\n    specialty: "51"'),
    "exception": ("general.yaml", "    each: diagnosis", "    each: diagnosis\n    unless: course-names-code"),
    "kind": ("general.yaml", "kind: residual-code", "kind: symptom-persisting"),
    "example": ("general.yaml", "[{code: A29, role: main}]", "[{code: A99, role: main}]"),
    "code of a course": ("courses.yaml", "[L84, L86]", "[L84, L03]"),
    "order of codes": ("courses.yaml", "[L84, L86]", "[L86, L84]"),
    "date of a course": ("courses.yaml", "2025-10-01", "2025-10-02"),
    "end of a course": ("courses.yaml", "status: undecided", "status: undecided\n        to: 2026-01-01"),
    "status of a mandate": ("courses.yaml", "status: undecided", "status: decided"),
    "several": ("courses.yaml", "status: undecided", "status: undecided\n        several: true"),
    "codes for a start": ("courses.yaml", "status: undecided", "status: undecided\n        start_codes: [L03]"),
    "running": ("courses.yaml", "status: undecided", "status: undecided\n        running: ask"),
    "note": ("courses.yaml", "Under afklaring.", "Uafklaret."),
    "title of a course": ("courses.yaml", "Smerter i lænderyg", "Lænderyg"),
    "referral": ("courses.yaml", "[DG20]", "[DG20, DG21]"),
    "phases": ("courses.yaml", "range: [1, 5]", "range: [1, 4]"),
    "services": ("courses.yaml", "[individual, video]", "[video]"),
    "title of a source": ("pack.yaml", '"Møde"', '"Mødet"'),
    "status of a source": ("pack.yaml", "status: unconfirmed", "status: decided"),
    "name of a specialty": ("pack.yaml", "Almen fysioterapi", "Almen"),
    "start": ("pack.yaml", "start: 2024-01-01", "start: 2024-01-02"),
}
LAYOUTS = {
    "comments": (
        "courses.yaml",
        COURSES,
        f"# Kommentar\n{COURSES.replace('status: undecided', 'status: undecided  # ikke afgjort')}",
    ),
    "blank lines": ("courses.yaml", COURSES, COURSES.replace("\n", "\n\n")),
    "line ends": ("general.yaml", RULES, RULES.replace("\n", "\r\n")),
    "quotation marks": ("courses.yaml", "[L84, L86]", "[\"L84\", 'L86']"),
    "block list": ("courses.yaml", "codes: [L84, L86]", "codes:\n          - L84\n          - L86"),
    "order of keys": (
        "courses.yaml",
        "        status: undecided\n        source: moede\n",
        "        source: moede\n        status: undecided\n",
    ),
    "order of courses": (
        "courses.yaml",
        COURSES,
        "courses:\n"
        + COURSES[COURSES.index("  parkinson") :]
        + COURSES[COURSES.index("  laenderyg") : COURSES.index("  parkinson")],
    ),
    "folded text": ("general.yaml", '{da: "Vælg en mere præcis kode.", en:', '{da: "Vælg en mere\n        præcis kode.", en:'),
    "default written out": (
        "courses.yaml",
        COURSES,
        COURSES.replace("status: undecided", "status: undecided\n        running: keep"),
    ),
    "what is current": ("pack.yaml", PACK, PACK.replace("status: current", "status: current  # fra i dag")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_content_changes_the_digest(what: str, folder: RuleFolder) -> None:
    before = folder.release().digest(EDITION)
    folder.edit(*CHANGES[what])
    assert folder.release().digest(EDITION) != before


@pytest.mark.parametrize("what", LAYOUTS)
def test_layout_and_comments_do_not_change_the_digest(what: str, folder: RuleFolder) -> None:
    before = folder.release().digest(EDITION)
    folder.edit(*LAYOUTS[what])
    assert folder.release().digest(EDITION) == before


def test_the_digest_depends_on_the_edition_of_the_catalogue(folder: RuleFolder) -> None:
    release = folder.release()
    assert release.digest(EDITION) != release.digest("kodevagt-2026-12")
    assert release.digest(EDITION) == folder.release().digest(EDITION)


def test_the_digest_is_a_sha_256(folder: RuleFolder) -> None:
    name, _, figures = folder.release().digest(EDITION).partition(":")
    assert name == "sha256"
    assert len(figures) == 64
    assert int(figures, 16) > 0


def test_the_order_of_files_does_not_change_the_digest(folder: RuleFolder) -> None:
    before = folder.release().digest(EDITION)
    folder.path("courses.yaml").rename(folder.path("a-courses.yaml"))
    assert folder.release().digest(EDITION) == before


def test_activating_another_release_changes_no_digest(folder: RuleFolder) -> None:
    folder.write("dk/anden-2026/pack.yaml", PACK.replace("lille-2025", "anden-2026").replace("status: current", "status: draft"))
    before = folder.release().digest(EDITION)
    folder.edit("pack.yaml", "status: current", "status: published")
    folder.edit("dk/anden-2026/pack.yaml", "status: draft", "status: current")
    assert folder.release().digest(EDITION) == before
