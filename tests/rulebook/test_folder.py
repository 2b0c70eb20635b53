"""The folders of rule files: which of them is a release, and what may not stand in two of them."""

import pytest

from tests.rulebook.rule_folder import COURSES, NAME, PACK, RULES, RuleFolder
from validator.catalogue import Catalogue
from validator.rulebook import Release, RulebookError, read_folder


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
    assert release.named_codes == {"L84", "L86"}


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


def test_a_folder_with_nothing_in_it_is_told(folder: RuleFolder) -> None:
    empty = folder.root / "tom"
    empty.mkdir()
    with pytest.raises(RulebookError, match=r"tom/pack\.yaml:1:1: filen mangler"):
        read_folder(empty, folder.catalogue)


def test_the_shipped_rules_read_as_one_current_release_of_each_pack(releases: list[Release], catalogue: Catalogue) -> None:
    assert [release.name for release in releases if release.pack == "dk" and release.status == "current"] == ["ekm-2024-11"]
    assert all(release.digest(catalogue.edition) for release in releases)


def test_the_shipped_current_release_shows_that_its_dates_are_unconfirmed(release: Release) -> None:
    entries = [entry for course in release.courses.values() for entry in (*course.main_diagnosis, *course.referral)]
    assert {release.sources[entry.source].status for entry in entries} == {"unconfirmed"}
