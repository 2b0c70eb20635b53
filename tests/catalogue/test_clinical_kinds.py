"""Kinds of clinical fault in the catalogue's own words, each looked for in all terms of all languages.

The catalogue was checked against what each rubric includes and excludes (PROVENANCE.md). These tests keep the kinds of fault that
were found then from coming back. Each exception has its reason.
"""

import re
from collections.abc import Iterable, Mapping

import pytest

from tests.catalogue.queries import CATALOG, rows
from validator.catalogue.search.spelling import split_words

# A term may stand on a second rubric, too, for those who look for it there; the first one is judged here.
TERMS = [row for row in rows(CATALOG / "synonyms.csv") if row["preferred"] == "1"]
RUBRICS = {row["code"]: row for row in rows(CATALOG / "icpc2.csv")}


def named(pattern: str) -> list[dict[str, str]]:
    return [row for row in TERMS if re.search(pattern, row["term"], re.IGNORECASE)]


def folded(text: str) -> str:
    return " ".join(split_words(text))


def elsewhere(found: Iterable[Mapping[str, str]], codes: set[str], exceptions: Mapping[str, str] | None = None) -> list[str]:
    """Return the terms that stand elsewhere; `exceptions` are terms with their codes."""
    allowed = exceptions or {}
    return [
        f"{row['code']} {row['language']} {row['term']}"
        for row in found
        if row["code"] not in codes and allowed.get(row["term"]) != row["code"]
    ]


def test_what_follows_a_treatment_is_a_complication_of_it() -> None:
    after = named(
        r"(efter|after|post)[ -]?(operat|kirurgi|surgery|bestrål|stråle|radiother)"
        r"|postoperati|incisional|\barbrok|brok i arret|cicatricalis"
    )
    exceptions = {
        "nedsat funktionsniveau efter operation": "L28",  # the loss of function, not a complication
        "reduced function after surgery": "L28",
        "forvirring efter operation": "P71",  # delirium is coded as such, of any cause
    }
    assert len(after) > 10
    assert elsewhere(after, {"A87", "A89"}, exceptions) == []
    assert elsewhere(named(r"arm efter (brystkræft|fjernelse)|after (breast surgery|removal of lymph)"), {"A87"}) == []


def test_a_secondary_tumour_of_unknown_origin_is_a79() -> None:
    found = named("metasta")
    assert len(found) > 5
    assert elsewhere(found, {"A79"}) == []


def test_a_deficiency_without_anaemia_is_t91() -> None:
    found = named(r"(\b|jern|b12|fol\w*|vitamin\w*|järn)[ -]?(mangel|deficiency|brist)\b|underernær|undernär|malnutri")
    deficiencies = [
        row for row in found if re.search(r"jern|iron|järn|b12|fol|vitamin|ernær|nutri|när", row["term"], re.IGNORECASE)
    ]
    anaemia = re.compile("anæmi|anemi|anaemi|blodmangel|blodbrist", re.IGNORECASE)
    assert len(deficiencies) > 5
    assert elsewhere([row for row in deficiencies if not anaemia.search(row["term"])], {"T91"}) == []


def test_functional_symptoms_of_nerves_and_muscles_are_p75() -> None:
    found = named(r"\bfunktionel|\bfunctional|dissociativ|konversion|conversion")
    nervous = [
        row
        for row in found
        if re.search(
            r"neurolog|anfald|seizure|lamm|paralys|weakness|bevæge|movement|svimmel|dizz|disorder|konversion|conversion|dissoc",
            row["term"],
            re.IGNORECASE,
        )
    ]
    assert len(nervous) > 5
    assert elsewhere(nervous, {"P75"}, {"functional limitation from neurological disease": "N28"}) == []


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("artrit", "L91"),
        ("arthritis", "L91"),
        ("ledbetændelse", "L91"),
        ("leverbetændelse", "D97"),
        ("nedre luftvejsinfektion", "R78"),
        ("knæskade", "L81"),
        ("ankelskade", "L81"),
        ("benbrud", "L76"),
        ("neuralgi", "N99"),
        ("angst", "P01"),
    ],
)
def test_not_otherwise_specified_goes_where_the_rubric_says(term: str, code: str) -> None:
    preferred = {row["code"] for row in TERMS if row["term"] == term}
    assert preferred == {code}


def test_a_symptom_by_its_own_name_is_not_in_a_rubric_of_other_diseases() -> None:
    symptoms = {folded(row[column]) for row in RUBRICS.values() if row["kind"] == "symptom" for column in ("title_da", "title_en")}
    symptoms |= {folded(row["term"]) for row in TERMS if RUBRICS[row["code"]]["kind"] == "symptom"}
    assert [row["term"] for row in TERMS if row["code"].endswith("99") and folded(row["term"]) in symptoms] == []


def test_what_looks_like_a_fracture_or_a_dislocation_is_l99() -> None:
    found = named(
        r"stress ?(fra[kc]tur|brud)|træthedsbrud|marchfraktur|patologisk fraktur|pathological fracture"
        r"|(led|skulder|ankel|knæ|patella|joint|shoulder|ankle|axel)\w*[ -]?instabilit|(løs|ustabil)t? (skulder|led|ankel)"
    )
    assert len(found) > 10
    assert elsewhere(found, {"L99"}) == []


def test_an_amputation_is_l99_unless_it_is_the_injury_itself() -> None:
    found = named("amput")
    traumatic = [row for row in found if re.search("traum", row["term"], re.IGNORECASE)]
    exceptions = {"fantomsmerter efter amputation": "N94"}
    assert elsewhere(traumatic, {"L81"}) == []
    assert elsewhere([row for row in found if row not in traumatic], {"L99", "A82"}, exceptions) == []


def test_a_chronic_or_old_condition_is_not_a_fresh_injury() -> None:
    found = [row for row in named(r"\bkroni|\bchroni|\bgammel|\bgammalt?\b|\bold\b") if RUBRICS[row["code"]]["kind"] == "injury"]
    assert elsewhere(found, {"A82"}) == []


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        ("D29", ["tænderskæren", "teeth grinding", "tandgnissling"]),
        ("L18", ["træningsømhed", "delayed onset muscle soreness", "träningsvärk"]),
        ("N29", ["halten", "limping", "hälta"]),
        ("L99", ["lav knoglemasse", "low bone density", "låg bentäthet"]),
        ("L99", ["stressfraktur", "stress fracture"]),
        ("L84", ["sakroiliitis", "sacroiliitis", "sakroiliit"]),
        ("A85", ["medicinoverforbrugshovedpine", "medication overuse headache", "läkemedelsutlöst huvudvärk"]),
        ("N18", ["cauda equina-syndrom", "cauda equina syndrome"]),
        ("K95", ["kronisk venøs insufficiens", "chronic venous insufficiency", "venös insufficiens"]),
        ("A78", ["neuroborreliose", "neuroborreliosis", "neuroborrelios"]),
        ("L99", ["skulderinstabilitet", "shoulder instability", "axelinstabilitet"]),
    ],
)
def test_a_decision_is_the_same_in_every_language(code: str, terms: list[str]) -> None:
    for term in terms:
        assert {row["code"] for row in TERMS if row["term"] == term} == {code}, term
