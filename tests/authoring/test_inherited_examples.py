"""A draft is not refused for lines that are its base's own, after an edition that ends a code."""

from pathlib import Path

from tests.authoring.test_warnings import check
from tests.catalogue.editions import edition, titles
from tests.rulebook.rule_folder import NAME, RuleFolder
from validator.authoring.checks.release_check import check_folder
from validator.authoring.draft import Draft
from validator.authoring.publishing import TrialReport, try_draft, try_folder
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SKS
from validator.catalogue.editions.edition_timeline import add_editions
from validator.rulebook.yaml.problems import Problem

DRAFT = 'pack: dk\nrelease: kladde-2026\nstatus: published\nextends: lille-2025\nowner: {da: "Andre", en: "Others"}\n'


def without_a29(catalogue: Catalogue) -> Catalogue:
    return add_editions(catalogue, [edition("a", "2024-01-01", titles(catalogue, ["A29"]))])


def draft_of(folder: RuleFolder) -> Path:
    """Write a draft that changes a text only, and return its folder."""
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    return folder.path("dk/kladde-2026/pack.yaml").parent


def of_examples(tried: TrialReport) -> list[Problem]:
    return [problem for problem in tried.warnings if problem.id == "inherited-examples"]


def try_draft_folder(folder: RuleFolder, catalogue: Catalogue) -> TrialReport:
    return try_folder(draft_of(folder), catalogue, ())


def test_examples_of_the_base_that_fail_since_an_edition_are_warnings(folder: RuleFolder) -> None:
    tried = try_draft_folder(folder, without_a29(folder.catalogue))
    assert (tried.passed, tried.wrong, tried.unreached, tried.errors) == (True, (), (), [])
    (problem,) = of_examples(tried)
    assert (problem.place.file, problem.place.line) == (str(folder.path("general.yaml")), 14)
    assert problem.line == "      - finds: {diagnoses: [{code: A29, role: main}]}"
    for word in ("dk.restkode", NAME, "retired-code"):
        assert word in problem.text


def test_the_base_itself_is_refused(folder: RuleFolder) -> None:
    tried = try_folder(folder.path("pack.yaml").parent, without_a29(folder.catalogue), ())
    assert (tried.passed, len(tried.wrong)) == (False, 1)


def test_a_rule_of_the_draft_is_refused_for_its_own_examples(folder: RuleFolder) -> None:
    rules = folder.path("general.yaml").read_text("utf-8")
    folder.write("dk/kladde-2026/general.yaml", rules.replace("er en restkode", "er en anden restkode"))
    tried = try_draft_folder(folder, without_a29(folder.catalogue))
    assert (tried.passed, [example.rule for example in tried.wrong]) == (False, ["dk.restkode"])


def test_a_draft_is_refused_when_it_spoils_an_example_of_its_base(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "role: main\n    message", "course: laenderyg\n    message")
    folder.edit("general.yaml", "code: A29, role: main}]}", "code: A29, role: main}], course: laenderyg}")
    folder.edit("general.yaml", "    source: moede\n", '    specialty: "51"\n    source: moede\n')
    draft = draft_of(folder)
    assert try_folder(draft, folder.catalogue, ()).passed
    course = folder.path("courses.yaml").read_text("utf-8").partition("  parkinson:")[0]
    folder.write("dk/kladde-2026/courses.yaml", course.replace('specialty: "51"', 'specialty: "62"'))
    tried = try_folder(draft, folder.catalogue, ())
    assert (tried.passed, [example.rule for example in tried.wrong], of_examples(tried)) == (False, [], [])
    assert tried.unaccepted == ["example-changed"]


def test_a_draft_that_is_sent_points_to_what_it_extends(folder: RuleFolder) -> None:
    base = folder.release()
    draft = Draft("dk", {"pack.yaml": DRAFT.encode()}, {NAME: base}, base)
    tried = try_draft(draft, without_a29(folder.catalogue), ())
    assert tried.passed
    assert [(problem.place.file, problem.line) for problem in of_examples(tried)] == [("pack.yaml", "extends: lille-2025")]


def test_a_referral_code_that_an_edition_lacks_is_a_warning_in_the_base(folder: RuleFolder) -> None:
    catalogue = add_editions(folder.catalogue, [edition("a", "2026-01-01", {"DM17": "Slidgigt"}, system=SKS)])
    assert check_folder(draft_of(folder), catalogue, catalogue.timeline.starts[0]).problems == ()
    base = folder.path("pack.yaml").parent
    report = check_folder(base, catalogue, catalogue.timeline.starts[0])
    assert (report.errors, [(problem.id, problem.place.file) for problem in report.warnings]) == (
        [],
        [("code-not-valid", str(folder.path("courses.yaml")))],
    )
    assert report.warnings[0].line.strip() == "- {from: 2025-01-01, sks: [DG20], icpc: [N87], source: moede}"
    assert "DG20 bruges fra 2025-01-01, men kataloget har den kun til 2025-12-31" in report.warnings[0].text
    assert try_folder(draft_of(folder), catalogue, ()).passed


def test_a_code_of_a_period_that_is_over_is_no_warning(folder: RuleFolder) -> None:
    folder.catalogue = add_editions(folder.catalogue, [edition("a", "2027-01-01", titles(folder.catalogue, ["L84"]))])
    folder.edit("general.yaml", "    suggest: [{action: replace, code: L84}]\n", "")
    assert [problem.id for problem in check(folder).problems] == ["code-not-valid"]
    later = "      - {from: 2027-01-01, codes: [L86], status: decided, source: moede}\n"
    folder.edit("courses.yaml", '"Undecided."}\n', f'"Undecided."}}\n{later}')
    assert [problem.id for problem in check(folder).problems if problem.id == "code-not-valid"] == []
