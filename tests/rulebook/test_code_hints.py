"""What the problem of a code in a rule file says: invisible characters, and remedies made of what was written."""

import pytest

from tests.rulebook.rule_folder import RuleFolder


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (
            "[L84, L86]",
            "[L84, L8\u200b6]",
            'koden "L8·6" findes ikke i kataloget. Her står et usynligt tegn (U+200B). Mente du L86?',
        ),
        (
            "[L84, L86]",
            "[L84, L86\u00ad]",
            'koden "L86·" findes ikke i kataloget. Her står et usynligt tegn (U+00AD). Mente du L86?',
        ),
        (
            "[L84, L86]",
            '[L84, "L86\u00a0"]',
            'koden "L86·" findes ikke i kataloget. Her står et usynligt tegn (U+00A0). Mente du L86?',
        ),
        (
            "[L84, L86]",
            "[L84, L86\ufe0f]",
            'koden "L86·" findes ikke i kataloget. Her står et usynligt tegn (U+FE0F). Mente du L86?',
        ),
        (
            "[L84, L86]",
            "[L84, \uff2c86]",
            'koden "Ｌ86" findes ikke i kataloget. Her står det brede Ｌ (U+FF2C) i stedet for L. Mente du L86?',
        ),
        (
            "[L84, L86]",
            "[L84, \u041c54.5]",
            'koden "М54.5" findes ikke i kataloget. Her står det kyrilliske М (U+041C) i stedet for M. '
            "I ICPC-2 svarer den til L03.",
        ),
        (
            "[DG20]",
            "[DG20\u200d]",
            'koden "DG20·" findes ikke i SKS. Her står et usynligt tegn (U+200D). Mente du DG20?',
        ),
    ],
)
def test_a_character_that_only_looks_right_is_named(old: str, new: str, text: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", old, new)
    (problem,) = folder.problems()
    assert problem.text == text


@pytest.mark.parametrize(
    ("file", "old", "new", "text"),
    [
        (
            "courses.yaml",
            "status: undecided",
            "st\u0430tus: undecided",
            'nøglen "stаtus" kendes ikke her. Her står det kyrilliske а (U+0430) i stedet for a. Mente du "status"?',
        ),
        (
            "courses.yaml",
            "status: undecided",
            "status: undecided\u200b",
            '"undecided·" kan ikke stå her. Skriv en af: decided, afklaret, afgjort, undecided, under afklaring, '
            "unconfirmed, ubekræftet. Her står et usynligt tegn (U+200B). "
            'Mente du "undecided"?',
        ),
        (
            "general.yaml",
            "      role: main\n    message",
            "      ro\u00adle: main\n    message",
            'feltet "ro·le" findes ikke i ordlisten. Her står et usynligt tegn (U+00AD). Mente du "role"?',
        ),
    ],
)
def test_words_are_named_alike(file: str, old: str, new: str, text: str, folder: RuleFolder) -> None:
    folder.edit(file, old, new)
    assert text in [problem.text for problem in folder.problems()]


def test_conditions_and_suggestions_name_it_too(folder: RuleFolder) -> None:
    folder.edit("general.yaml", "[A29, A99]", "[A29, \u041099]")
    (problem,) = folder.problems()
    assert "det kyrilliske А (U+0410) i stedet for A. Mente du A99?" in problem.text
    assert problem.place.line == 7


@pytest.mark.parametrize("written", ["[DM073A]", "[DG359, DI109]", "[DG20]"])
def test_a_code_that_sks_divides_further_is_right(written: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "sks: [DG20]", f"sks: {written}")
    assert folder.problems() == []


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("[G20]", "Mente du DG20?"),
        ("[g20]", "Mente du DG20?"),
        ("[dg20]", "Mente du DG20?"),
        ("[DM17.1]", "Mente du DM171?"),
        ("[DM27]", "Skriv D og en kode fra ICD-10 uden punktum."),
        ("[Parkinson]", "Skriv D og en kode fra ICD-10 uden punktum."),
        ("DG20", "Skriv en liste, fx [DG20]."),
        ("'DG20, DG21'", "Skriv en liste, fx [DG20, DG21]."),
        ("{kode: DG20}", "Skriv en liste, fx [{kode: DG20}]."),
        ("", "Skriv en liste, fx [værdi, værdi]."),
        ("[20]", 'Sæt anførselstegn om, fx "20".'),
        ("[[DG20]]", 'Sæt anførselstegn om, fx "kode".'),
    ],
)
def test_a_remedy_is_made_of_what_was_written(written: str, advice: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "sks: [DG20]", f"sks: {written}")
    (problem,) = folder.problems()
    assert problem.instead == advice


def test_a_list_of_codes_is_made_of_the_code(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "codes: [L84, L86]", "codes: L90")
    (problem,) = folder.problems()
    assert problem.instead == "Skriv en liste, fx [L90]."


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("L90", "[{action: replace, code: L90}]"),
        ("{action: add, code: L90}", "[{action: add, code: L90}]"),
        ("true", "[{action: replace, code: kode}]"),
    ],
)
def test_a_list_of_suggestions_is_made_of_the_code(written: str, example: str, folder: RuleFolder) -> None:
    folder.edit("general.yaml", "suggest: [{action: replace, code: L84}]", f"suggest: {written}")
    (problem,) = folder.problems()
    assert problem.instead == f"Skriv en liste, fx {example}."


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"L86 "', 'koden "L86·" findes ikke i kataloget. Hver prik (·) er et mellemrum, som ikke skal være der. Mente du L86?'),
        ('"  L86"', 'koden "··L86" findes ikke i kataloget. Hver prik (·) er et mellemrum, som ikke skal være der. Mente du L86?'),
        ('"L84  L86"', 'koden "L84··L86" findes ikke i kataloget. '),
    ],
)
def test_blanks_in_a_value_are_shown(written: str, text: str, folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "[L84, L86]", f"[{written}]")
    (problem,) = folder.problems()
    assert problem.text.startswith(text)


def test_every_faulty_code_of_a_list_is_reported(folder: RuleFolder) -> None:
    folder.edit("courses.yaml", "[L84, L86]", "[L84, L8E, L86, L9E, L8E]")
    assert [(problem.id, problem.values["code"], problem.place.column) for problem in folder.problems()] == [
        ("unknown-code", "L8E", 22),
        ("unknown-code", "L9E", 32),
        ("unknown-code", "L8E", 37),
    ]
