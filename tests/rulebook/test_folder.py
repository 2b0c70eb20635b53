"""The folders of rule files: which of them is a release, and what may not stand in two of them."""

import pytest

from tests.rulebook.rule_folder import COURSES, DRAFT, NAME, PACK, RULES, RuleFolder
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.rulebook.yaml.folder import read_folder
from validator.rulebook.yaml.problems import RulebookError


def test_the_whole_folder_a_pack_and_a_release_are_read_alike(folder: RuleFolder) -> None:
    for path in (folder.root, folder.root / "dk", folder.root / "dk" / NAME):
        (release,) = read_folder(path, folder.catalogue)
        assert (release.pack, release.name, release.status) == ("dk", NAME, "current")


def test_a_release_holds_what_its_files_say(folder: RuleFolder) -> None:
    release = folder.release()
    assert release.languages == ("da", "en")
    assert release.language == "da"
    assert list(release.courses) == ["laenderyg", "parkinson"]
    assert [rule.id for rule in release.rules] == ["dk.restkode"]
    assert (release.sources["moede"].title, release.sources["moede"].date) == ("Møde", "2024-11-01")
    assert release.main_diagnosis_codes == {"L84", "L86"}


def test_a_course_may_belong_to_two_specialties_and_is_named_after_the_first(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", '"51"', '["51", "62"]')
    course = folder.release().courses["laenderyg"]
    assert (course.specialties, course.specialty) == (("51", "62"), "51")


def test_rules_and_courses_may_be_spread_over_any_files(folder: RuleFolder) -> None:
    whole = folder.release()
    folder.write("alt.yaml", COURSES + RULES)
    for file in ("courses.yaml", "general.yaml"):
        folder.path(file).unlink()
    assert folder.release() == whole


def test_a_release_read_alone_need_not_be_current(folder: RuleFolder) -> None:
    folder.edit("pack.yaml", "status: current", "status: published")
    folder.write("dk/anden-2026/pack.yaml", PACK.replace("lille-2025", "anden-2026"))
    (release,) = read_folder(folder.root / "dk" / NAME, folder.catalogue)
    assert release.status == "published"


def test_a_folder_with_nothing_in_it_is_reported(folder: RuleFolder) -> None:
    empty = folder.root / "tom"
    empty.mkdir()
    with pytest.raises(RulebookError, match=r"tom/pack\.yaml:1:1: filen mangler"):
        read_folder(empty, folder.catalogue)


def test_the_shipped_rules_read_as_one_current_release_of_each_pack(releases: list[Release], catalogue: Catalogue) -> None:
    assert [(release.pack, release.name, release.status) for release in releases] == [
        ("dk", "ekm-2024-11", "current"),
        ("dk", "ekm-2025-06", "draft"),
        ("se", "varmland-2023-12", "current"),
    ]
    assert all(release.digest(catalogue.edition) for release in releases)


def test_the_shipped_current_release_shows_that_its_dates_are_unconfirmed(release: Release) -> None:
    entries = [entry for course in release.courses.values() for entry in (*course.main_diagnosis, *course.referral)]
    assert {release.sources[entry.source].status for entry in entries} == {"unconfirmed"}


@pytest.fixture
def with_draft(folder: RuleFolder) -> RuleFolder:
    folder.write("dk/kladde-2026/pack.yaml", DRAFT)
    return folder


def test_a_draft_is_left_unread_where_it_is_not_asked_for(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/courses.yaml", "courses: [ikke en tabel")
    (release,) = read_folder(with_draft.root, with_draft.catalogue, drafts=False)
    assert release.name == NAME
    assert {problem.id for problem in with_draft.problems()} == {"yaml"}


def test_a_mistake_in_the_head_of_a_draft_is_its_own(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/pack.yaml", f"{DRAFT}ejer: EKM\n")
    (release,) = read_folder(with_draft.root, with_draft.catalogue, drafts=False)
    assert release.name == NAME


def test_a_draft_that_a_release_builds_on_is_read_all_the_same(with_draft: RuleFolder) -> None:
    with_draft.write("dk/kladde-2026/courses.yaml", COURSES.replace("[L84, L86]", "[L03]"))
    head = DRAFT.replace("kladde-2026", "ny-2027").replace("lille-2025", "kladde-2026").replace("draft", "published")
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


def test_a_draft_alone_in_its_folder_can_be_read(folder: RuleFolder) -> None:
    """Whether its pack has a current release is no question to the draft."""
    folder.edit("pack.yaml", "status: current", "status: draft")
    (release,) = read_folder(folder.path("pack.yaml").parent, folder.catalogue)
    assert release.status == "draft"
    assert [problem.id for problem in folder.problems()] == ["no-current"]
