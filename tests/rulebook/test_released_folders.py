"""A released folder that ships is never edited: a correction ships as a new release."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from validator.rulebook.yaml.release_files import DIGESTS_FILE, digest_rule_files, is_edited

# A digest is added with a release, and never changed.
RELEASED = {
    "dk/ekm-2024-11": "0cb0110b03d340db3ded3eeb912975050a053bb2c93b355aebd44371e47f5b7b",
    "se/varmland-2023-12": "db10fdd9f12a19bc54a7db4cdb5223ff8e5adf7a1bc83ec43d3a8a9e38eacfa9",
}


@pytest.mark.parametrize("name", RELEASED)
def test_a_released_folder_is_as_it_was_released(name: str) -> None:
    assert digest_rule_files(ROOT / "rules" / name) == RELEASED[name]


def test_the_digests_ship() -> None:
    text = (ROOT / "rules" / DIGESTS_FILE).read_text(encoding="utf-8")
    assert text == "".join(f"{digest}  {name}\n" for name, digest in RELEASED.items())


def test_every_folder_that_is_no_draft_is_pinned() -> None:
    heads = [head for head in (ROOT / "rules").glob("*/*/pack.yaml") if "status: draft" not in head.read_text(encoding="utf-8")]
    assert {f"{head.parent.parent.name}/{head.parent.name}" for head in heads} == set(RELEASED)


def test_an_edit_is_noticed(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "rules", tmp_path / "rules")) / "dk" / "ekm-2024-11"
    assert not is_edited(folder)
    (folder / "more.yaml").write_text("rules: []\n", encoding="utf-8")
    assert is_edited(folder)
    assert not is_edited(folder.parent / "ekm-2025-06")
