"""Maps from ICD-10 to ICPC-2: what is read, what is refused with its place, and how the bridges compare."""

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.editions import edition, titles
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import BRIDGES, ICD10, ICPC, SKS
from validator.catalogue.editions.catalogue_export import export_concept_map, system_uri
from validator.catalogue.editions.edition import Edition, parse_edition
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.editions.formats.code_map import CodeMap, read_map
from validator.catalogue.editions.formats.distribution import BrokenFileError
from validator.catalogue.editions.map_comparison import BridgeChange, Deviation, bridge_changes, compare_map

DIAGNOSES = {"L03", "L84", "L83", "L86", "L90"}
TODAY = datetime.date(2027, 6, 1)


def concept_map(*groups: dict[str, Any], **members: Any) -> str:
    return json.dumps({"resourceType": "ConceptMap", "group": groups, **members}, indent=1)


def group(
    elements: dict[str, list[str]], source: str = ICD10, target: str = ICPC, equivalence: str = "relatedto"
) -> dict[str, Any]:
    """A group of a ConceptMap."""
    return {
        "source": system_uri(source),
        "target": system_uri(target),
        "element": [
            {"code": code, "target": [{"code": target_code, "equivalence": equivalence} for target_code in targets]}
            for code, targets in elements.items()
        ],
    }


def read(folder: Path, content: str | bytes) -> CodeMap:
    path = folder / "kort"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_map(path, DIAGNOSES)


@pytest.mark.parametrize(
    "content",
    [
        "icd10,icpc2\nM54.5,L03\nM48.0,L84\nM48.0,L83\n",
        "icd10,icpc2\nM54.5,L03\nM48.0,L84\nM48.0,L83",
        "\ufefficd10;icpc2\r\nM545;L03\r\n\r\nm48.0; l84\r\nM48.0;L83\r\n",
        concept_map(group({"M54.5": ["L03"], "M48.0": ["L84", "L83"]})),
        concept_map(group({"DM545": ["L03"], "DM480": ["L84", "L83"]}, SKS)),
        concept_map({"element": [{"code": "M54.5", "target": [{"code": "L03"}]}]}, group({"M48.0": ["L84", "L83"]})),
        concept_map(*(group({f"{d}M545": ["L03"], f"{d}M480": ["L84", "L83"]}, system) for d, system in (("", ICD10), ("D", SKS)))),
        concept_map(group({"M54.5": ["L03"], "M48.0": ["L84", "L83"]}), group({"M17.1": ["M17.10"]}, ICD10, "icd-10-se")),
    ],
    ids=["csv", "no last line break", "semicolons", "concept map", "sks", "no systems", "icd-10 and sks", "another group"],
)
def test_a_map_is_read_with_the_preferred_target_first(content: str, tmp_path: Path) -> None:
    assert read(tmp_path, content).targets == {"M54.5": ("L03",), "M48.0": ("L84", "L83")}


def test_a_concept_map_has_a_title_and_a_day_and_codes_without_a_target(tmp_path: Path) -> None:
    unmatched = {"code": "Z76.3", "target": [{"equivalence": "unmatched"}]}
    one = {"element": [unmatched, {"code": "A98.1"}, {"code": "M54.5", "target": [{"code": "L03"}]}]}
    code_map = read(tmp_path, concept_map(one, title="Mit  kort", date="2027-01-01T08:00:00Z"))
    assert code_map == CodeMap("Mit kort", "2027-01-01", {"M54.5": ("L03",)})


def test_what_the_catalogue_exports_is_read_again(tmp_path: Path, catalogue: Catalogue) -> None:
    (tmp_path / "broer.json").write_bytes(export_concept_map(catalogue, TODAY))
    assert read_map(tmp_path / "broer.json", catalogue.rubrics).targets == catalogue.bridges


FAULTS: dict[str, tuple[str | bytes, int, str]] = {
    "empty": ("", 1, "tom"),
    "only a header": ("icd10,icpc2\n", 1, "ingen koder"),
    "another header": ("code,title\nM54.5,L03\n", 1, "icd10,icpc2"),
    "more columns": ("icd10,icpc2,preferred\nM54.5,L03,1\n", 1, "icd10,icpc2"),
    "short line": ("icd10,icpc2\nM54.5,L03\nM48.0\n", 3, "2 felter"),
    "long line": ("icd10,icpc2\nM54.5,L03,1\n", 2, "2 felter"),
    "no target": ("icd10,icpc2\nM54.5,\n", 2, "ICPC-2"),
    "unknown target": ("icd10,icpc2\nM54.5,L21\n", 2, "L21"),
    "process code": ("icd10,icpc2\nM54.5,-57\n", 2, "-57"),
    "no origin": ("icd10,icpc2\n,L03\n", 2, "ICD-10"),
    "no code": ("icd10,icpc2\nlænd,L03\n", 2, "lænd"),
    "long value": (f"icd10,icpc2\n{'9' * 100000},L03\n", 2, "9" * 40),
    "control characters": ("icd10,icpc2\n\x1b[31mM54.5,L03\n", 2, "U+001B"),
    "an invisible character": ("icd10,icpc2\nM54.5,L03\u200b\n", 2, 'koden "L03" indeholder et usynligt tegn (U+200B)'),
    "a Cyrillic letter": ("icd10,icpc2\n\u041c54.5,L03\n", 2, 'koden "M54.5" indeholder det kyrilliske М (U+041C)'),
    "twice": ("icd10,icpc2\nM54.5,L03\nM545,L03\n", 3, "to gange"),
    "personal data": ("icd10,icpc2\n0101901234,L03\n", 2, "CPR"),
    "another encoding": ("icd10,icpc2\nM54.5,L03\nÆ,L03\n".encode("latin-1"), 3, "UTF-8"),
    "unclosed quotation mark": ('icd10,icpc2\nM54.5,"L03\n', 2, "anførselstegn"),
    "no json": ('{"resourceType": "ConceptMap",\n oops}', 2, ""),
    "another resource": ('{"resourceType": "CodeSystem"}', 1, "ConceptMap"),
    "a list": ("[1]", 1, "ConceptMap"),
    "deep": ("[" * 100000, 1, ""),
    "group of text": (concept_map().replace("[]", '"x"'), 1, "group"),
    "elements of text": (concept_map({"element": ["x"]}), 4, "element"),
    "target of text": (concept_map({"element": [{"code": "M54.5", "target": "L03"}]}), 6, "target"),
    "code of number": (concept_map({"element": [{"code": 5, "target": [{"code": "L03"}]}]}), 9, "tekst"),
    "other systems": (concept_map(group({"M54.5": ["L03"]}, "icd-10-se")), 1, "ingen koder"),
    "groups that disagree": (concept_map(group({"M54.5": ["L03"]}), group({"DM545": ["L84"]}, SKS)), 19, "M54.5"),
    "title of thousands": (concept_map(group({"M54.5": ["L03"]}), title="x" * 5000), 1, "500"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_map_is_refused_with_its_line(fault: str, tmp_path: Path) -> None:
    content, line, word = FAULTS[fault]
    with pytest.raises(BrokenFileError) as refused:
        read(tmp_path, content)
    text = str(refused.value)
    assert text.startswith(f"{tmp_path / 'kort'}:{line}: ")
    assert word in text
    assert len(text) < 500
    assert text.isprintable()


def test_a_huge_file_and_what_is_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match="større"):
        read(tmp_path, b"x" * (2**23 + 1))
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (("pipe", "ikke en almindelig fil"), ("", "mappe"), ("mangler", "findes ikke")):
        with pytest.raises(BrokenFileError, match=reason):
            read_map(tmp_path / name, DIAGNOSES)


def test_a_deviation_has_both_sides_and_the_reason_of_the_file(catalogue: Catalogue) -> None:
    theirs = {"M54.5": ("L84", "L03"), "M17.1": ("L91",), "M21.3": ("L98",), "A98.1": ("A77",)}
    comparison = compare_map(catalogue, theirs)
    assert (comparison.compared, comparison.without_bridge) == (3, 1)
    assert comparison.deviations == (
        Deviation("M17.1", ("L90",), ("L91",), ""),
        Deviation("M21.3", ("N18", "L98"), ("L98",), catalogue.bridge_reasons["M21.3", "N18"]),
    )


def test_a_subcategory_has_the_reason_of_its_category(catalogue: Catalogue) -> None:
    (deviation,) = compare_map(catalogue, {"M60.1": ("L18",)}).deviations
    assert deviation.reason == catalogue.bridge_reasons["M60", "L99"]


def test_the_bridges_agree_with_themselves(catalogue: Catalogue) -> None:
    assert compare_map(catalogue, catalogue.bridges) == (len(catalogue.bridges), 0, ())


def map_edition(name: str, **targets: tuple[str, ...]) -> Edition:
    bridges = {f"{code[:3]}.{code[3:]}": codes for code, codes in targets.items()}
    return Edition(name, BRIDGES, "Kort", "2027-01-01", datetime.date.min, True, (), bridges)


def test_a_map_replaces_every_bridge_on_every_day(catalogue: Catalogue) -> None:
    later = edition("b", "2027-01-01", titles(catalogue))
    mapped = add_editions(catalogue, [map_edition("a", M545=("L84", "L03")), later])
    for view in mapped.timeline.views:
        assert view.bridges == {"M54.5": ("L84", "L03")}
        assert (view.bridge_origins("L84"), view.bridge_targets("M17.1"), view.bridge_reasons) == (["M54.5"], (), {})
    assert mapped.timeline.base is catalogue
    assert catalogue.bridge_targets("M54.5") == ("L03",)
    assert mapped.identity not in (catalogue.identity, add_editions(catalogue, [later]).identity)


def test_of_two_maps_the_last_is_used(catalogue: Catalogue) -> None:
    mapped = add_editions(catalogue, [map_edition("a", M545=("L84",)), map_edition("b", M545=("L86",))])
    assert mapped.bridge_targets("M54.5") == ("L86",)


def test_a_map_is_the_same_when_read_from_the_store() -> None:
    one = map_edition("a", M545=("L84", "L03"))
    assert (parse_edition(one.json_text()), one.size) == (one, 1)
    assert one.digest != map_edition("a", M545=("L03", "L84")).digest


def test_the_changes_of_a_map_are_those_of_every_code(catalogue: Catalogue) -> None:
    mapped = catalogue.with_bridges({"M54.5": ("L84",), "A98.1": ("A77",)})
    changes = {change.icd10: change for change in bridge_changes(catalogue, mapped)}
    assert changes["M54.5"] == BridgeChange("M54.5", ("L03",), ("L84",))
    assert changes["A98.1"] == BridgeChange("A98.1", (), ("A77",))
    assert changes["M17"] == BridgeChange("M17", ("L90",), ())
