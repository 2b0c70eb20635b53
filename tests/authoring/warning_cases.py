"""A case for every warning. The sign § marks the place where it is reported."""

from dataclasses import dataclass

from tests.rulebook.problem_cases import CONDITION, LAST_TEST, NOTE, Case, in_courses, in_pack, in_rule, of_contact
from tests.rulebook.rule_folder import RULES

AS_OF = "2026-06-01"


@dataclass(frozen=True)
class WarningCase:
    """A case, further edits of the same release, and a code with the last day on which it is valid."""

    case: Case
    also: tuple[Case, ...] = ()
    valid_until: tuple[str, str] | None = None


def when(id: str, tests: str) -> Case:
    """Replace the condition of the small release's rule."""
    return in_rule(id, "when:\n      code: [A29, A99]\n      role: main\n", f"when:\n      §{tests}\n")


def second_rule(id: str, tests: str, **changed: str) -> Case:
    """Add another rule of the same kind in a second file."""
    text = RULES.replace("id: dk.restkode", "id: dk.anden").replace("code: [A29, A99]\n      role: main", tests)
    for old, new in {"suggest: [{action: replace, code: L84}]": "", **changed}.items():
        text = text.replace(old, new)
    return Case(id, "general2.yaml", None, text)


def marked(case: Case, old: str) -> Case:
    return Case(case.id, case.file, case.old, case.new.replace(old, f"§{old}", 1))


NO_SUGGESTION = in_rule("", "    suggest: [{action: replace, code: L84}]\n", "")
NEXT = "      - {from: 2026-01-01, codes: [L03], status: decided, source: §gammel}\n"
OLD_SOURCE = in_pack("", "specialties:", '  gammel: {title: "Brev", date: 2024-01-01, url: null, status: decided}\nspecialties:')
COURSE_TEST = "course: laenderyg\n      code: A29\n      role: main"

CASES = (
    WarningCase(when("rule-never-fires", "code: [A29, A99]\n      chapter: K")),
    WarningCase(when("rule-never-fires", "course: parkinson\n      specialty: '51'"), (NO_SUGGESTION,)),
    WarningCase(when("rule-never-fires", "code: A29\n      kind: neoplasm")),
    WarningCase(when("rule-never-fires", "code: A29\n      diagnosis: {code: A29, component: 7}")),
    WarningCase(when("rule-never-fires", "code: A29\n      no_diagnosis: {chapter: A}")),
    WarningCase(when("rule-never-fires", "code: A29\n      any: [{course: parkinson, course_names_code: true}]")),
    WarningCase(
        in_rule(
            "rule-never-fires",
            CONDITION,
            "    each: diagnosis\n    unless: course-names-code\n" + "    when:\n      §code: L84\n      course: laenderyg\n",
        ),
        (in_rule("", "[{action: replace, code: L84}]", "[{action: replace, code: L03}]"),),
    ),
    WarningCase(
        in_rule("rule-never-fires", CONDITION, "    each: diagnosis\n    specialty: '62'\n    when:\n      §course: laenderyg\n"),
        (NO_SUGGESTION,),
    ),
    WarningCase(when("branch-never-fires", "any: [{code: A29}, {code: A99, chapter: K}]")),
    WarningCase(when("branch-never-fires", "any: [{code: A29}, {course: parkinson, specialty: '51'}]")),
    WarningCase(marked(second_rule("rule-covered", "code: A29\n      role: main"), "id: dk.anden")),
    WarningCase(
        marked(second_rule("rule-covered", "category: A99\n      role: main\n      patient.age: {at_most: 17}"), "id: dk.anden")
    ),
    WarningCase(marked(second_rule("rule-covered", "code: [A29, A99]\n      component: 1\n      role: main"), "id: dk.anden")),
    WarningCase(
        in_rule("suggestion-found", "[{action: replace, code: L84}]", "[§{action: replace, code: L84}]"),
        (second_rule("", "code: [L84, L86]"),),
    ),
    WarningCase(
        in_rule("suggestion-found", "[{action: replace, code: L84}]", "[§{action: replace, code: L84}]"),
        (second_rule("", "any: [{chapter: L, role: main}, {patient.sex: male, chapter: K}]"),),
    ),
    WarningCase(
        in_rule("suggestion-refused", "[{action: replace, code: L84}]", "[§{action: replace, code: L90}]"),
        (in_rule("", "code: [A29, A99]\n      role: main", COURSE_TEST),),
    ),
    WarningCase(
        in_rule("suggestion-there", "[{action: replace, code: L84}]", "[§{action: replace, code: L84}]"),
        (in_rule("", "role: main\n    message", "diagnosis: {code: L84}\n    message"),),
    ),
    WarningCase(
        of_contact(
            "suggestion-there", "    at: course\n    when: {diagnosis: {code: L84}}\n    suggest: [§{action: add, code: L84}]\n"
        )
    ),
    WarningCase(in_rule("placeholder-empty", '"{code} er en restkode."', '§"{code} hører ikke til {course}."')),
    WarningCase(
        in_rule("placeholder-empty", '"{code} er en restkode."', '§"{code} er ikke {codes}."'),
        (in_rule("", LAST_TEST, "course: parkinson\n    message"),),
    ),
    WarningCase(in_courses("code-not-valid", "[L84, L86]", "[L84, §L86]"), (), ("L86", "2026-12-31")),
    WarningCase(
        in_rule("code-not-valid", "[{action: replace, code: L84}]", "[§{action: replace, code: L03}]"), (), ("L03", "2020-12-31")
    ),
    WarningCase(
        in_courses("source-older", "from: 2025-10-01", "from: 2025-11-02"),
        (in_courses("", "source: moede\n        note", "source: §moede\n        note"),),
    ),
    WarningCase(in_rule("source-older", "    source: moede\n", "    source: §moede\n    from: 2026-01-01\n")),
    WarningCase(in_courses("source-replaced", NOTE, NOTE + NEXT), (OLD_SOURCE,)),
    WarningCase(
        in_courses("undecided-long", "from: 2025-10-01", "from: 2025-05-31"),
        (in_courses("", "status: undecided", "status: §undecided"),),
    ),
)

# These come close to a warning but give none.
CLOSE_CASES = (
    WarningCase(in_rule("", "      role: main\n", "      chapter: A\n")),
    WarningCase(second_rule("", "code: A29\n      role: secondary")),
    WarningCase(second_rule("", "code: [A29, L29]\n      role: main")),
    WarningCase(
        second_rule("", "code: A29\n      role: main", **{"    source: moede": "    source: moede\n    from: 2025-02-01"}),
        (in_rule("", "    source: moede\n", "    source: moede\n    from: 2025-03-01\n"),),
    ),
    WarningCase(
        second_rule("", "code: A29\n      role: main"),
        (in_rule("", "    source: moede\n", '    source: moede\n    specialty: "51"\n'),),
    ),
    WarningCase(second_rule("", "code: A29\n      role: main", **{"kind: residual-code": "kind: age-implausible"})),
    WarningCase(
        second_rule("", "code: A29\n      no_diagnosis: {code: L84}"),
        (in_rule("", "      role: main\n", "      patient.age: {at_most: 17}\n"),),
    ),
    WarningCase(second_rule("", "code: L84\n      patient.age: {at_most: 17}")),
    WarningCase(in_courses("", "from: 2025-10-01", "from: 2025-11-01")),
    WarningCase(in_courses("", "from: 2025-10-01", "from: 2025-06-01")),
    WarningCase(
        in_courses("", "        status: undecided\n", "        status: undecided\n        to: 2026-05-31\n"),
        (in_courses("", "from: 2025-10-01", "from: 2025-01-01"),),
    ),
    WarningCase(in_courses("", "codes: [L84, L86]", "codes: [L84, L86]\n        to: 2026-12-31"), (), ("L86", "2026-12-31")),
    WarningCase(
        in_rule("", '"{code} er en restkode."', '"{code} er ikke {codes} i {course}."'),
        (in_rule("", LAST_TEST, "course: laenderyg\n    message"),),
    ),
)
