"""Folders of rule files: which of them are releases, and which names must be unique."""

import pytest

from tests.rulebook.rule_folder import COURSES, DRAFT, NAME, PACK, RULES, RuleFolder
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_folder
from validator.rulebook.yaml.problems import RulebookError


def test_a_release_can_be_read_by_its_own_or_a_parent_folder(folder: RuleFolder) -> None:
    for path in (folder.root, folder.root / "dk", folder.root / "dk" / NAME):
        (release,) = read_folder(path, folder.catalogue)
        assert (release.pack, release.name, release.status) == ("dk", NAME, "current")


def test_a_release_has_the_content_of_its_files(folder: RuleFolder) -> None:
    release = folder.release()
    assert release.languages == ("da", "en")
    assert release.language == "da"
    assert list(release.courses) == ["laenderyg", "parkinson"]
    assert [rule.id for rule in release.rules] == ["dk.restkode"]
    assert (release.sources["moede"].title, release.sources["moede"].date) == ("Møde", "2024-11-01")
    assert release.main_diagnosis_codes == {"L84", "L86"}


def test_a_course_can_have_two_specialties_and_is_named_after_the_first(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", '"51"', '["51", "62"]')
    course = folder.release().courses["laenderyg"]
    assert (course.specialties, course.specialty) == (("51", "62"), "51")


def test_rules_and_courses_can_be_in_any_files(folder: RuleFolder) -> None:
    whole = folder.release()
    folder.write("alt.yaml", COURSES + RULES)
    for file in ("courses.yaml", "general.yaml"):
        folder.path(file).unlink()
    assert folder.release() == whole


def test_a_single_release_need_not_be_current(folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "status: current", "status: published")
    folder.write("dk/anden-2026/pack.yaml", PACK.replace("lille-2025", "anden-2026"))
    (release,) = read_folder(folder.root / "dk" / NAME, folder.catalogue)
    assert release.status == "published"


def test_an_empty_folder_is_reported(folder: RuleFolder) -> None:
    empty = folder.root / "tom"
    empty.mkdir()
    with pytest.raises(RulebookError, match=r"tom/pack\.yaml:1:1: filen mangler"):
        read_folder(empty, folder.catalogue)


def test_the_shipped_rules_have_one_current_release_per_pack(releases: list[Release], catalogue: Catalogue) -> None:
    assert [(release.pack, release.name, release.status) for release in releases] == [
        ("dk", "ekm-2024-11", "current"),
        ("dk", "ekm-2025-06", "draft"),
        ("se", "varmland-2023-12", "current"),
    ]
    assert all(release.digest(catalogue.edition) for release in releases)


def test_the_dates_of_the_shipped_current_release_are_unconfirmed(release: Release) -> None:
    entries = [entry for course in release.courses.values() for entry in (*course.main_diagnosis, *course.referral)]
    assert {release.sources[entry.source].status for entry in entries} == {"unconfirmed"}


@pytest.fixture
def with_draft(folder: RuleFolder) -> RuleFolder:
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    return folder


def test_drafts_are_only_read_on_request(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/courses.yaml", "courses: [ikke en tabel")
    (release,) = read_folder(with_draft.root, with_draft.catalogue, drafts=False)
    assert release.name == NAME
    assert {problem.id for problem in with_draft.problems()} == {"yaml"}


def test_a_mistake_in_the_head_of_a_draft_does_not_affect_other_releases(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/pack.yaml", f"{DRAFT}ejer: EKM\n")
    (release,) = read_folder(with_draft.root, with_draft.catalogue, drafts=False)
    assert release.name == NAME


def test_a_draft_that_is_a_base_is_always_read(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L03]"))
    head = DRAFT.replace("kladde-2026", "ny-2027").replace("lille-2025", "kladde-2026").replace(": draft", ": published")
    with_draft.write("dk/ny-2027/pack.yaml", head)
    releases = {release.name: release for release in read_folder(with_draft.root, with_draft.catalogue, drafts=False)}
    assert releases.keys() == {NAME, "ny-2027"}
    assert releases["ny-2027"].courses["laenderyg"].main_diagnosis[0].codes == ("L03",)
    with_draft.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L21]"))
    with pytest.raises(RulebookError, match="L21"):
        read_folder(with_draft.root, with_draft.catalogue, drafts=False)


def test_a_pack_of_drafts_alone_is_reported(folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "status: current", "status: draft")
    with pytest.raises(RulebookError, match="ingen udgave"):
        read_folder(folder.root, folder.catalogue, drafts=False)


def test_a_single_draft_can_be_read(folder: RuleFolder) -> None:
    """A single draft is not checked for a current release of its pack."""
    folder.edit("pack.yaml", "status: current", "status: draft")
    (release,) = read_folder(folder.path("pack.yaml").parent, folder.catalogue)
    assert release.status == "draft"
    assert [problem.id for problem in folder.problems()] == ["no-current"]
