"""`kodevagt catalog import` names the codes of courses and rules that an edition ends or lacks."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.catalogue.editions import csv_text, titles
from tests.cli.test_catalog_import import Here, titles_without
from validator.catalogue.catalogue import Catalogue
from validator.rulebook.release import Release
from validator.store.releases import activate_release, publish_release

REFERRALS = ("DG35", "DG20", "DI60", "DI61", "DI62", "DI63", "DI64", "DI69", "DM05", "DM06")


@pytest.fixture
def codes(catalogue: Catalogue) -> dict[str, str]:
    return titles(catalogue)


@pytest.fixture
def here(tmp_path: Path, releases: list[Release]) -> Here:
    return Here(tmp_path, releases)


def warnings(shown: Result) -> list[str]:
    return [line for line in shown.stdout.splitlines() if "Advarsel" in line]


def lacking(here: Here, path: str, start: str, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(here.take(path, start, *words, "--format", "json").stdout)["lacking"]
    return found


def sks(here: Here, *rows: str, name: str = "sks.csv") -> str:
    """Write an edition with every code of the shipped referrals, except those that the rows give other days."""
    given = {row[:4] for row in rows}
    kept = [f"{code},Made up,," for code in REFERRALS if code not in given]
    lines = [row for row in rows if "," in row]
    return here.write(name, "\n".join(["code,title_da,valid_from,valid_to", *kept, *lines, ""]))


def test_a_code_of_courses_that_an_edition_leaves_out(here: Here, codes: dict[str, str]) -> None:
    path = here.write("ny.csv", csv_text(titles_without(codes, "L84", "A01")))
    (warning,) = warnings(here.take(path, "2027-01-01"))
    courses = ["Lumbal spinal stenose", "Smerter i lænderyg"]
    assert warning.startswith(
        f'Advarsel: L84 gælder ikke i udgaven, men nævnes i forløbet "{courses[0]}", forløbet "{courses[1]}", '
    )
    assert warning.endswith(". Ret reglerne, før udgaven gælder.")
    answer = json.loads(here.take(path, "2027-01-01", "--format", "json").stdout)
    assert [(one["code"], one["courses"]) for one in answer["gone"]] == [("A01", []), ("L84", courses)]
    (code,) = answer["lacking"]
    assert (code["code"], code["beginning"], code["valid"]) == ("L84", False, [])
    assert [course["title"] for course in code["courses"]] == courses
    assert code["rules"]
    assert all(f"reglen {rule}" in warning for rule in code["rules"])


def test_a_code_of_a_rule_alone(here: Here, codes: dict[str, str]) -> None:
    path = here.write("ny.csv", csv_text(titles_without(codes, "L95")))
    (warning,) = warnings(here.take(path, "2027-01-01"))
    (code,) = lacking(here, path, "2027-01-01")
    assert (code["courses"], len(code["rules"])) == ([], 1)
    assert warning == (
        f"Advarsel: L95 gælder ikke i udgaven, men nævnes i reglen {code['rules'][0]}. Ret reglerne, før udgaven gælder."
    )


def test_a_code_ended_or_begun_within_the_edition(here: Here, codes: dict[str, str]) -> None:
    days = {"L90": ",,2027-06-30", "L83": ",2027-07-01,", "L87": ",,2027-06-30"}
    rows = [f'{code},"{title}"{days.get(code, ",,")}' for code, title in codes.items()]
    path = here.write("ny.csv", "\n".join(["code,title_da,valid_from,valid_to", *rows, ""]))
    shown = warnings(here.take(path, "2027-01-01"))
    assert [line.partition(", men nævnes i ")[0] for line in shown] == [
        "Advarsel: L83 gælder kun fra 2027-07-01",
        "Advarsel: L90 gælder kun til 2027-06-30",
    ]
    assert [code["valid"] for code in lacking(here, path, "2027-01-01")] == [
        [{"from": "2027-07-01", "to": None}],
        [{"from": None, "to": "2027-06-30"}],
    ]


def test_an_edition_of_sks_that_has_every_code_gives_no_warning(here: Here) -> None:
    assert warnings(here.take(sks(here), "2020-01-01", "--system", "sks")) == []
    finer = sks(here, "DG35", "DG359A,Made up,,")
    assert warnings(here.take(finer, "2020-01-01", "--system", "sks")) == []


def test_the_first_edition_of_sks_lacks_a_code_of_a_referral(here: Here) -> None:
    path = sks(here, "DG35")
    shown = here.take(path, "2020-01-01", "--system", "sks")
    assert "Det er den første udgave af dette kodesystem." in shown.stdout
    assert warnings(shown) == [
        'Advarsel: ingen kode, der begynder med DG35, gælder i udgaven, men DG35 nævnes i forløbet "Sklerose". '
        "Ret reglerne, før udgaven gælder."
    ]
    assert lacking(here, path, "2020-01-01", "--system", "sks") == [
        {"code": "DG35", "beginning": True, "valid": [], "courses": [{"id": "sklerose", "title": "Sklerose"}], "rules": []}
    ]


def test_codes_of_a_referral_that_end_in_the_edition(here: Here) -> None:
    path = sks(here, "DG350,Made up,,2027-06-30", "DG351,Made up,2027-01-01,2027-09-30")
    (warning,) = warnings(here.take(path, "2027-01-01", "--system", "sks"))
    assert "koder, der begynder med DG35, gælder kun til 2027-09-30, men DG35 nævnes" in warning


def test_a_code_that_has_ended_before_the_edition(here: Here) -> None:
    path = sks(here, "DG35,Made up,,2019-12-31")
    (warning,) = warnings(here.take(path, "2020-01-01", "--system", "sks"))
    assert "ingen kode, der begynder med DG35, gælder i udgaven" in warning


def test_a_period_of_a_course_that_comes_later(here: Here) -> None:
    (warning,) = warnings(here.take(sks(here, "DM05,Made up,,2026-12-31"), "2026-01-01", "--system", "sks"))
    assert 'DM05 nævnes i forløbet "Kronisk leddegigt"' in warning


def test_an_edition_that_ends_before_a_period_begins(here: Here) -> None:
    here.take(sks(here, name="b.csv"), "2027-01-01", "--system", "sks", "--yes")
    assert warnings(here.take(sks(here, "DM05,Made up,,2025-12-31"), "2026-01-01", "--system", "sks")) == []
    assert warnings(here.take(sks(here, "DG35,Made up,,2025-12-31"), "2026-01-01", "--system", "sks")) != []


def test_a_category_of_the_swedish_rules(here: Here) -> None:
    path = here.write("se.csv", "code,title_sv\nM17.1,Made up\n")
    (warning,) = warnings(here.take(path, "2027-01-01", "--system", "icd-10-se"))
    assert "ingen kode, der begynder med M16, gælder i udgaven, men M16 nævnes i reglen se.artros-ej-registrerad" in warning


def test_a_system_that_no_rule_names_gives_no_warning(here: Here) -> None:
    path = here.write("icd.csv", "code,title_da\nM17.1,Made up\n")
    assert warnings(here.take(path, "2027-01-01", "--system", "icd-10")) == []


def test_the_current_rules_are_those_of_the_store(here: Here, codes: dict[str, str], catalogue: Catalogue) -> None:
    draft = next(release for release in here.releases if release.status == "draft")
    path = here.write("ny.csv", csv_text(titles_without(codes, "L01")))
    assert warnings(here.take(path, "2027-01-01")) == []
    publish_release(here.database, draft, edition=catalogue.identity, note="A test", actor="test")
    activate_release(here.database, draft.name, actor="test")
    assert ["L01 gælder ikke" in warning for warning in warnings(here.take(path, "2027-01-01"))] == [True]


def test_an_edition_can_be_corrected_after_one_that_lacks_everything(here: Here) -> None:
    here.take(here.write("fejl.csv", "code,title_da\nDM17,Made up\n"), "2020-01-01", "--system", "sks", "--yes")
    assert warnings(here.take(sks(here), "2020-01-01", "--system", "sks", "--yes")) == []
