"""What is written out can be taken in again and changes nothing; the bridges lead where the catalogue leads."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.catalogue.editions import day, edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, sks_to_icd10, to_icd10
from validator.catalogue.editions.catalogue_export import UnknownSystemError, export_code_system, export_concept_map, export_csv
from validator.catalogue.editions.edition_changes import compare_editions
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.formats import read_distribution

TODAY = day("2026-11-22")
FORMS = {"x.csv": export_csv, "x.json": export_code_system}
OWN = "https://example.org/koder"


@pytest.mark.parametrize("name", FORMS)
def test_what_is_written_out_is_taken_in_again_without_a_change(name: str, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / name
    path.write_text(FORMS[name](catalogue, ICPC, TODAY), encoding="utf-8")
    found = read_distribution(path, "da")
    made = build_edition(found, name="a", title="t", system=found.system or ICPC, start=day("2027-01-01"))
    changed = compare_editions(catalogue, [], made.edition)
    assert (changed.added, changed.removed, changed.retitled) == ((), (), ())
    assert len(made.edition.concepts) == 726
    assert made.skipped == {"proceskoder med kapitelbogstav": ["A30", "A31", "A43", "A44", "A45", "A49", "A62", "W30", "X37"]}


@pytest.mark.parametrize("name", FORMS)
def test_the_day_decides_what_is_written_out(name: str, catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("b", "2027-01-01", titles(catalogue, ["L84"], A22="Ny klage"))])
    before, after = (FORMS[name](held.on(day(date)), ICPC, day(date)) for date in ("2026-12-31", "2027-01-01"))
    assert ("L84" in before, "A22" in before, "L84" in after, "A22" in after) == (True, False, False, True)
    assert '"version": "b"' in after or name == "x.csv"


def test_the_days_of_a_code_are_written_out(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("b", "2027-01-01", titles(catalogue, ["L84"]))]).on(TODAY)
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(export_csv(held, ICPC, TODAY)))}
    assert rows["L84"]["valid_to"] == "2026-12-31"
    assert rows["L86"]["valid_to"] == ""
    concepts = {one["code"]: one for one in json.loads(export_code_system(held, ICPC, TODAY))["concept"]}
    assert {"code": "valid-to", "valueDateTime": "2026-12-31"} in concepts["L84"]["property"]


def test_a_system_of_its_own_is_written_out(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("egne", "2026-01-01", {"K1": "Knæ"}, system=OWN)]).on(TODAY)
    told = json.loads(export_code_system(held, OWN, TODAY))
    first_day = {"code": "valid-from", "valueDateTime": "2026-01-01"}
    assert (told["url"], told["version"]) == (OWN, "egne")
    assert told["concept"] == [{"code": "K1", "display": "Knæ", "property": [first_day]}]
    assert export_csv(held, OWN, TODAY).splitlines()[1] == "K1,,,,Knæ,2026-01-01,"
    with pytest.raises(UnknownSystemError, match=OWN):
        export_csv(held, ICD10, TODAY)


def test_a_code_system_says_what_it_holds(catalogue: Catalogue) -> None:
    told = json.loads(export_code_system(catalogue, ICPC, TODAY))
    assert (told["content"], told["count"], len(told["concept"])) == ("complete", 735, 735)
    declared = {given["code"] for given in told["property"]}
    assert {given["code"] for concept in told["concept"] for given in concept["property"]} == declared
    assert next(one for one in told["concept"] if one["code"] == "L86")["designation"][0]["language"] == "en"


def test_the_bridges_lead_where_the_catalogue_leads(catalogue: Catalogue) -> None:
    from_icd, from_sks = json.loads(export_concept_map(catalogue, TODAY))["group"]
    assert (from_icd["source"], from_sks["source"]) == ("http://hl7.org/fhir/sid/icd-10", "urn:oid:1.2.208.176.2.4.12")
    for element in from_icd["element"]:
        assert to_icd10(element["code"]) == element["code"]
        assert tuple(target["code"] for target in element["target"]) == catalogue.bridge_targets(element["code"])
    for element in from_sks["element"]:
        assert tuple(target["code"] for target in element["target"]) == catalogue.bridge_targets(
            sks_to_icd10(element["code"]) or ""
        )
    assert len(from_icd["element"]) == len(from_sks["element"]) == len(catalogue.bridges)


def test_bridges_to_codes_that_are_gone_are_left_out(catalogue: Catalogue) -> None:
    held = add_editions(catalogue, [edition("b", "2026-01-01", titles(catalogue, ["L84"]))]).on(TODAY)
    elements = {one["code"]: one["target"] for one in json.loads(export_concept_map(held, TODAY))["group"][0]["element"]}
    assert "L84" not in json.dumps(elements)
    assert [target["code"] for target in elements["M48.0"]] == ["L83"]
