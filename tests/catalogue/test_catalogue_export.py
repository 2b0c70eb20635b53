"""Exports of codes, which can be imported again without a change, and of bridges."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.catalogue.editions import day, edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, sks_to_icd10, to_icd10
from validator.catalogue.editions.catalogue_export import (
    UnknownSystemError,
    export_code_system,
    export_concept_map,
    export_csv,
    export_spreadsheet,
)
from validator.catalogue.editions.edition_changes import compare_editions
from validator.catalogue.editions.edition_import import build_edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.formats import read_distribution

TODAY = day("2026-11-22")
FORMS = {"x.csv": export_csv, "regneark.csv": export_spreadsheet, "x.json": export_code_system}
OWN = "https://example.org/koder"


@pytest.mark.parametrize("name", FORMS)
def test_an_export_is_imported_without_a_change(name: str, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / name
    path.write_bytes(FORMS[name](catalogue, ICPC, TODAY))
    distribution = read_distribution(path, "da")
    prepared = build_edition(distribution, name="a", title="t", system=distribution.system or ICPC, start=day("2027-01-01"))
    changes = compare_editions(catalogue, add_editions(catalogue, [prepared.edition]), prepared.edition)
    assert (changes.added, changes.removed, changes.retitled) == ((), (), ())
    assert len(prepared.edition.concepts) == 726
    assert prepared.skipped == {"proceskoder med kapitelbogstav": ["A30", "A31", "A43", "A44", "A45", "A49", "A62", "W30", "X37"]}


@pytest.mark.parametrize("name", FORMS)
def test_the_day_decides_which_codes_are_exported(name: str, catalogue: Catalogue) -> None:
    view = add_editions(catalogue, [edition("b", "2027-01-01", titles(catalogue, ["L84"], A22="Ny klage"))])
    before, after = (FORMS[name](view.on(day(date)), ICPC, day(date)).decode() for date in ("2026-12-31", "2027-01-01"))
    assert ("L84" in before, "A22" in before, "L84" in after, "A22" in after) == (True, False, False, True)
    assert '"version": "b"' in after or name.endswith(".csv")


def test_the_validity_of_a_code_is_exported(catalogue: Catalogue) -> None:
    view = add_editions(catalogue, [edition("b", "2027-01-01", titles(catalogue, ["L84"]))]).on(TODAY)
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(export_csv(view, ICPC, TODAY).decode()))}
    assert rows["L84"]["valid_to"] == "2026-12-31"
    assert rows["L86"]["valid_to"] == ""
    concepts = {concept["code"]: concept for concept in json.loads(export_code_system(view, ICPC, TODAY))["concept"]}
    assert {"code": "valid-to", "valueDateTime": "2026-12-31"} in concepts["L84"]["property"]


def test_an_imported_system_is_exported(catalogue: Catalogue) -> None:
    view = add_editions(catalogue, [edition("egne", "2026-01-01", {"K1": "Knæ"}, system=OWN)]).on(TODAY)
    resource = json.loads(export_code_system(view, OWN, TODAY))
    first_day = {"code": "valid-from", "valueDateTime": "2026-01-01"}
    assert (resource["url"], resource["version"]) == (OWN, "egne")
    assert resource["concept"] == [{"code": "K1", "display": "Knæ", "property": [first_day]}]
    assert export_csv(view, OWN, TODAY).decode().splitlines()[1] == "K1,,,,Knæ,2026-01-01,"
    with pytest.raises(UnknownSystemError, match=OWN):
        export_csv(view, ICD10, TODAY)


def test_a_spreadsheet_opens_as_a_table_and_is_imported_as_it_was(tmp_path: Path, catalogue: Catalogue) -> None:
    own = {"K1": "Knæ; højre", "K2": "=1+1", "-30": "-skade", "K3": "'skade"}
    view = add_editions(catalogue, [edition("egne", "2026-01-01", own, system=OWN)]).on(TODAY)
    path = tmp_path / "regneark.csv"
    path.write_bytes(export_spreadsheet(view, OWN, TODAY))
    head, *rows = path.read_bytes().decode().splitlines()
    assert head == "\ufeffcode;chapter;component;kind;title_da;valid_from;valid_to"
    assert rows[0] == 'K1;;;;"Knæ; højre";2026-01-01;'
    assert [row.split(";")[0::4][:2] for row in rows[1:]] == [["K2", "'=1+1"], ["-30", "'-skade"], ["K3", "'skade"]]
    assert {row.code: row.titles["da"] for row in read_distribution(path, "da").rows} == own


def test_a_code_system_declares_its_content(catalogue: Catalogue) -> None:
    resource = json.loads(export_code_system(catalogue, ICPC, TODAY))
    assert (resource["content"], resource["count"], len(resource["concept"])) == ("complete", 735, 735)
    declared = {item["code"] for item in resource["property"]}
    assert {item["code"] for concept in resource["concept"] for item in concept["property"]} == declared
    assert next(concept for concept in resource["concept"] if concept["code"] == "L86")["designation"][0]["language"] == "en"


def test_the_concept_map_has_the_bridges_of_the_catalogue(catalogue: Catalogue) -> None:
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


def test_bridges_to_retired_codes_are_left_out(catalogue: Catalogue) -> None:
    view = add_editions(catalogue, [edition("b", "2026-01-01", titles(catalogue, ["L84"]))]).on(TODAY)
    elements = {
        element["code"]: element["target"] for element in json.loads(export_concept_map(view, TODAY))["group"][0]["element"]
    }
    assert "L84" not in json.dumps(elements)
    assert [target["code"] for target in elements["M48.0"]] == ["L83"]
