"""A broken file for every problem that a rule file can have; § marks the expected place of the problem."""

from dataclasses import dataclass

from tests.rulebook.rule_folder import COURSES, DRAFT, PACK, RULES

SIGN = "§"
SWEDEN = "se/liten-2025/visits.yaml"


@dataclass(frozen=True)
class Case:
    """A replacement of `old` by `new` in `file` of the small release; without `old`, `new` is the whole file."""

    id: str
    file: str
    old: str | None
    new: str
    encoding: str = "utf-8"


def in_pack(id: str, old: str, new: str) -> Case:
    return Case(id, "pack.yaml", old, new)


def in_courses(id: str, old: str, new: str) -> Case:
    return Case(id, "courses.yaml", old, new)


def in_rule(id: str, old: str, new: str) -> Case:
    return Case(id, "general.yaml", old, new)


LAST_TEST = "role: main\n    message"
CONDITION = "    each: diagnosis\n    when:\n      code: [A29, A99]\n      role: main\n"
TITLE = '{da: "Smerter i lænderyg", en: "Low back pain"}'
NOTE = '        note: {da: "Under afklaring.", en: "Undecided."}\n'
ENTRY = "{from: %s, codes: [L84], status: decided, source: moede}"
FIRST_COURSE = COURSES.partition("  parkinson:")[0]
FOUND, PASSED = "- finds: {diagnoses: [{code: A29, role: main}]}", "- passes: {diagnoses: [{code: L84, role: main}]}"
EXAMPLES = f"      {FOUND}\n      {PASSED}\n"
NINE = "[" + ", ".join(f"{{patient.age: {age}}}" for age in range(9)) + "]"
EIGHT = "{phase: 1, contact_number: 1, patient.sex: male, specialty: '51', course: laenderyg, plan: true, measures: {empty: true}, visits_last_year: 1}"  # noqa: E501


def in_sweden(id: str, old: str, new: str) -> Case:
    """Return a change of the rule in the small Swedish release."""
    return Case(id, SWEDEN, old, new)


def of_contact(id: str, asked: str) -> Case:
    """Return the rule about the contact, without the texts and suggestions that need a diagnosis."""
    rules = RULES.replace(CONDITION, asked).replace("{code} er", "Det er").replace("{code} is", "This is")
    return Case(id, "general.yaml", None, rules.replace("    suggest: [{action: replace, code: L84}]\n", ""))


def with_test(id: str, test: str) -> Case:
    """Return the rule with its last test replaced."""
    return in_rule(id, LAST_TEST, f"{test}\n    message")


VISITS = ", ".join(f"{{contact_number: {number}}}" for number in range(1, 65))
ANY_AGE = "not: {any: [%s]}"
NOT_SUGGESTED = "code: {not: L84}"


def costly(id: str, asked: str, *, number: int = 1, suggest: str = "", explanation: str = "Vælg en mere præcis kode.") -> Case:
    """Return `number` rules that find almost every diagnosis, each at another contact where there are several."""
    rules = RULES.replace("code: [A29, A99]\n      role: main", asked).replace("Vælg en mere præcis kode.", explanation)
    rules = rules.replace("    suggest: [{action: replace, code: L84}]\n", f"    suggest: [{suggest}]\n" if suggest else "")
    head, _, rule = rules.partition("\n")
    more = (
        rule.replace("dk.restkode", f"dk.restkode{other}").replace("contact_number: 1", f"contact_number: {other}")
        for other in range(2, number + 1)
    )
    return Case(id, "general.yaml", None, f"{head}\n{rule.replace('- id', f'- {SIGN}id')}{''.join(more)}")


CASES = (
    # The file
    Case("not-utf8", "general.yaml", None, f"# Regler\n# {SIGN}én regel\nrules: []\n", "latin-1"),
    in_courses("yaml", "status: undecided", "status: undecided§: igen"),
    in_courses("yaml", "codes: [L84, L86]\n        status:", "codes: §[L84, L86\n        status:"),
    in_rule("yaml", 'da: "Vælg en', "da: §'Vælg en"),
    in_rule("yaml", "    source: moede", "§\tsource: moede"),
    Case("yaml", "general.yaml", None, "rules: []\n§---\nrules: []\n"),
    in_courses("no-blank", "codes: [L84, L86]", "§codes:[L84, L86]"),
    in_courses("no-blank", "status: undecided", "§status:undecided"),
    in_courses("no-blank", "from: 2025-01-01, sks", "§from:2025-01-01, sks"),
    in_courses("no-blank", TITLE, "§da:Smerter"),
    in_courses("curly-quotes", '"Smerter i lænderyg"', "§“Smerter i lænderyg”"),
    in_courses("curly-quotes", '"Smerter i lænderyg"', "§”Smerter: lænderyg”"),
    in_courses("curly-quotes", '"Smerter i lænderyg"', "§„Smerter, lænderyg“"),
    in_courses("curly-quotes", '"Smerter i lænderyg"', '"Smerter i lænderyg§”'),
    in_courses("curly-quotes", "[L84, L86]", "[L84, §“L86”]"),
    in_rule("personal-data", "source: moede", "source: §010190-1234"),
    Case("too-deep", "general.yaml", None, SIGN + "[" * 600),
    in_courses("anchor", "codes: [L84, L86]", "codes: §&koder [L84, L86]"),
    in_courses("tag", '"Smerter i lænderyg"', '§!!python/name:os.system ""'),
    in_courses("tag", '"62"', "§!!str 62"),
    in_courses("tag", "[L84, L86]", "§!!set [L84, L86]"),
    in_courses("tag", "{1: [individual, video]}", "§!by {1: [individual, video]}"),
    Case("empty", "general.yaml", None, SIGN),
    # Keys and values
    in_rule("key-not-text", LAST_TEST, "§{a: b}: main\n    message"),
    in_rule("key-not-text", LAST_TEST, "? §[a, b]\n      : main\n    message"),
    in_courses("double-key", "        status: undecided\n", "        status: undecided\n        §status: decided\n"),
    in_courses(
        "unknown-key",
        "    main_diagnosis:",
        "    referral: [{from: 2025-01-01, sks: [DG20], icpc: [N87], source: moede}]\n    §hoved:",
    ),
    in_pack("unknown-key", "start: 2024-01-01", "start: 2024-01-01\n§stop: 2025-01-01"),
    in_rule("unknown-key", EXAMPLES, f"{EXAMPLES}      - §passer: {{course: laenderyg}}\n"),
    in_rule("missing-key", "  - id: dk.restkode\n    kind: residual-code\n", "  - §id: dk.restkode\n"),
    Case("missing-key", "pack.yaml", None, SIGN + PACK.replace("start: 2024-01-01\n", "")),
    in_courses("missing-language", TITLE, '§{da: "Smerter i lænderyg"}'),
    in_courses("not-mapping", TITLE, '§"Smerter i lænderyg"'),
    in_rule("not-mapping", EXAMPLES, f"{EXAMPLES}      - finds: §L84\n"),
    in_courses("not-list", "codes: [L84, L86]", "codes: §L84"),
    in_rule("not-list", "[{action: replace, code: L84}]", "§{action: replace, code: L84}"),
    in_courses("empty", "codes: [L84, L86]", "codes: §[]"),
    in_courses("empty", '"Smerter i lænderyg"', '§""'),
    in_rule("empty", "      code: [A29, A99]\n      role: main\n", "      §{}\n"),
    in_courses("not-text", '"51"', "§51"),
    in_rule("not-text", "source: moede", "source: §[moede]"),
    with_test("not-number", "patient.age: {at_most: §17.5}"),
    with_test("not-number", 'contact_number: §"6"'),
    with_test("bounds-as-text", "patient.age: §18-30"),
    with_test("bounds-as-text", 'patient.age: §"< 18"'),
    with_test("not-truth", "observations.radiating_pain: §ja"),
    in_courses("not-allowed", "status: undecided", "status: §måske"),
    in_rule("not-allowed", "severity: information", "severity: §infomation"),
    with_test("not-allowed", "role: §hoved"),
    in_courses("not-date", "from: 2025-10-01", "from: §2025-15-04"),
    in_courses("empty", "from: 2025-10-01", "from:§"),
    in_rule("empty", '"{code} er en restkode."', '§"   "'),
    in_courses("bad-id", "  laenderyg:", "  §lænderyg:"),
    in_rule("bad-id", "id: dk.restkode", "id: §DK restkode"),
    in_rule("bad-id", "id: dk.restkode", f"id: §dk.{'a' * 62}"),
    in_pack("bad-name", "sources:\n", f"sources:\n  §{'m' * 65}: {{title: Møde, date: null, status: decided}}\n"),
    in_pack("bad-name", "specialties:\n", 'specialties:\n  §"6/2": {da: Seks, en: Six}\n'),
    in_pack("bad-name", "specialties:\n", 'specialties:\n  §"6\\n2": {da: Seks, en: Six}\n'),
    in_rule("control-character", '"Vælg en mere præcis kode."', '§"Vælg en mere\\e[31m præcis kode."'),
    in_rule("control-character", '"Vælg en mere præcis kode."', '§"Vælg en mere\\x00 præcis kode."'),
    in_rule("long-text", '"Vælg en mere præcis kode."', f'§"{"a" * 4001}"'),
    in_pack("long-text", '"Møde"', f'§"{"m" * 201}"'),
    in_courses("long-text", '"Smerter i lænderyg"', f'§"{"s" * 201}"'),
    in_courses("unknown-code", "[L84, L86]", "[L84, §L21]"),
    in_rule("unknown-code", "[A29, A99]", "[A29, §a99]"),
    in_courses("process-code", "[N87]", "[§A30]"),
    in_courses("process-code", "[L84, L86]", "[§L45]"),
    in_courses("other-system", "[L84, L86]", "[§M54.5]"),
    in_courses("other-system", "[L84, L86]", "[§DM545]"),
    in_courses("unknown-sks", "[DG20]", "[§G20]"),
    in_courses("unknown-sks", "[DG20]", "[DG20, §DM279]"),
    in_courses("unknown-sks", "[DG20]", "[§DG20.1]"),
    in_courses("sks-add-on", "[DG20]", "[§DG209A+TUL1]"),
    Case("missing-key", "courses.yaml", None, COURSES.replace(NOTE, "").replace("- from: 2025-10-01", f"- {SIGN}from: 2025-10-01")),
    in_courses("start-code-no-symptom", "        status: undecided", "        start_codes: [L03, §L92]\n        status: undecided"),
    in_courses("start-code-required", "        status: undecided", "        start_codes: [§L84]\n        status: undecided"),
    in_sweden("unknown-code", "{category: [M16, M17]}", "{code: §M171}"),
    in_sweden("unknown-code", "{category: [M16, M17]}", "{code: §m17.1}"),
    in_sweden("unknown-code", "[M16, M17]", "[M16, §L15]"),
    in_sweden("not-category", "[M16, M17]", "[M16, §M17.1]"),
    in_sweden("only-icpc", "{category: [M16, M17]}", "{§chapter: L}"),
    in_courses("double-value", "[L84, L86]", "[L84, L86, §L84]"),
    in_rule("unknown-source", "source: moede", "source: §møde"),
    in_courses("unknown-specialty", '"62"', '§"26"'),
    in_courses("unknown-specialty", '"62"', '["62", §"26"]'),
    in_courses("double-value", '"62"', '["62", §"62"]'),
    with_test("unknown-specialty", 'specialty: §"26"'),
    with_test("unknown-course", "course: [parkinson, §lænderyg]"),
    # Courses
    in_courses("wrong-column", NOTE, f"{NOTE}    §phases: [{{from: 2025-01-01, range: [1, 5], source: moede}}]\n"),
    in_courses("no-column", "  parkinson:\n", '  §tom: {title: {da: "Tom", en: "Empty"}, specialty: "51"}\n  parkinson:\n'),
    in_courses("both-columns", NOTE, f"{NOTE}    §referral: [{{from: 2025-01-01, sks: [DM54], icpc: [L03], source: moede}}]\n"),
    in_courses("entries-order", NOTE, f"{NOTE}      - §{ENTRY % '2025-04-01'}\n"),
    in_courses("entries-overlap", NOTE, f"{NOTE}        to: 2026-06-30\n      - §{ENTRY % '2026-06-30'}\n"),
    in_courses("entries-same-day", NOTE, f"{NOTE}      - §{ENTRY % '2025-10-01'}\n"),
    in_courses("entries-gap", NOTE, f"{NOTE}        to: 2026-06-29\n      - §{ENTRY % '2026-07-01'}\n"),
    in_courses("ends-before-start", "- from: 2025-10-01", "- §from: 2025-10-01\n        to: 2025-09-30"),
    in_rule("ends-before-start", "    source: moede", "    source: moede\n    from: 2025-10-01\n    to: §2025-09-30"),
    in_courses("phase-range", "range: [1, 5]", "range: §[5, 1]"),
    in_courses("phase-range", "range: [1, 5]", "range: §[1]"),
    in_courses("unknown-phase", "{1: [individual, video]}", "{1: [individual], §6: [video]}"),
    in_courses("unknown-phase", "{1: [individual, video]}", "{1: [individual], §to: [video]}"),
    Case("double-course", "courses2.yaml", None, FIRST_COURSE.replace("  laenderyg:", "  §laenderyg:")),
    # Rules
    in_rule("long-message", '"{code} er en restkode."', f'§"{"a" * 201}"'),
    in_rule("unknown-placeholder", '"{code} er en restkode."', '§"{kode} er en restkode."'),
    in_rule("stray-brace", '"{code} er en restkode."', '§"{ code } er en restkode."'),
    in_rule("stray-brace", '"{code} er en restkode."', '§"{code:>9} er en restkode."'),
    in_rule("stray-brace", '"{code} er en restkode."', '§"{{code}} er en restkode."'),
    in_rule("unknown-kind", "kind: residual-code", "kind: §restkode"),
    in_rule("wrong-severity", "severity: information", "severity: §error"),
    in_rule("built-in-kind", "kind: residual-code\n    severity: information", "kind: §unknown-code\n    severity: error"),
    in_rule("reserved-id", "id: dk.restkode", "id: §core.restkode"),
    Case("same-rule", "general2.yaml", None, RULES.replace("id: dk.restkode", "id: dk.igen").replace("  - id", "  - §id")),
    Case("file-ending", "mere.yml", None, SIGN),
    Case("double-rule", "general2.yaml", None, RULES.replace("id: ", "id: §")),
    in_rule("each-and-at", "each: diagnosis", "each: diagnosis\n    at: §course"),
    Case("no-place", "general.yaml", None, of_contact("", "    when: {patient.age: 1}\n").new.replace("id:", "§id:")),
    of_contact("unless-without-each", "    at: course\n    §unless: course-names-code\n    when: {patient.age: 1}\n"),
    with_test("unknown-field", "§rolle: main"),
    of_contact("unknown-field", "    at: §code\n    when: {patient.age: 1}\n"),
    of_contact("field-out-of-place", "    at: course\n    when: {patient.age: 1, §role: main}\n"),
    with_test("only-own-fields", "no_diagnosis: {code: L84, §patient.age: 1}"),
    with_test("test-mismatch", "role: {§at_least: main}"),
    with_test("only-own-fields", "diagnosis: {code: L84, §diagnosis: {code: L86}}"),
    with_test("test-mismatch", "observations.joints: §hip"),
    of_contact("too-many-branches", f"    at: course\n    when: §{{any: {NINE}, not: {EIGHT}}}\n"),
    with_test("never-fires", "§patient.age: {at_least: 18, at_most: 17}"),
    in_rule("bad-example", EXAMPLES, f"{EXAMPLES}      - finds: §{{diagnoses: [{{code: A29, rolle: main}}]}}\n"),
    in_rule("bad-example", EXAMPLES, f"{EXAMPLES}      - passes: §{{phase: to}}\n"),
    in_rule("suggests-itself", "[{action: replace, code: L84}]", "[§{action: replace, code: A99}]"),
    in_rule("no-examples", EXAMPLES, f"      §{FOUND}\n"),
    in_rule("no-examples", f"examples:\n{EXAMPLES}", "examples: §[]\n"),
    in_rule("code-or-table", "[{action: replace, code: L84}]", "[§{action: replace}]"),
    in_rule("code-or-table", "[{action: replace, code: L84}]", "[§{action: replace, code: L84, table: course-set}]"),
    Case(
        "placeholder-without-each",
        "general.yaml",
        None,
        of_contact("", "    at: course\n    when: {patient.age: 1}\n").new.replace('"Det er en', '§"{code} er en'),
    ),
    Case(
        "suggestion-without-each",
        "general.yaml",
        None,
        of_contact("", "    at: course\n    when: {patient.age: 1}\n    suggest: [§{action: remove, code: L84}]\n").new,
    ),
    Case(
        "suggestion-without-each",
        "general.yaml",
        None,
        of_contact("", "    at: course\n    when: {patient.age: 1}\n    suggest: [§{action: add, table: sex-pairs}]\n").new,
    ),
    # The cost of a contact
    costly("too-many-tests", ANY_AGE % ", ".join(f"{{patient.age: {age}}}" for age in range(101))),
    costly("costly-tests", f"any: [{VISITS}]\n      {ANY_AGE}" % ", ".join(f"{{patient.age: {age}}}" for age in range(32))),
    costly("costly-findings", "contact_number: 1", number=51),
    costly("costly-suggestions", NOT_SUGGESTED, suggest=", ".join(["{action: replace, code: L84}"] * 101)),
    costly("costly-texts", NOT_SUGGESTED, explanation="{title} " * 490),
    # The release
    in_pack("wrong-folder", "release: lille-2025", "release: §lille-2024"),
    in_pack("wrong-folder", "pack: dk", "pack: §se"),
    in_pack("bad-id", "release: lille-2025", "release: §Lille 2025"),
    in_pack("not-address", "url: null", 'url: §"javascript:alert(1)"'),
    in_pack("not-address", "url: null", "url: §ekm.dk"),
    in_pack("not-address", "url: null", "url: §https://"),
    in_pack("not-address", "url: null", 'url: §"https://ekm.dk/a b"'),
    in_pack("not-address", "url: null", 'url: §"HTTPS:ekm.dk"'),
    Case("unknown-pack", "no/lille-2025/pack.yaml", None, PACK.replace("dk", "§no")),
    in_pack("no-current", "status: current", "status: §published"),
    Case(
        "two-current",
        "dk/lille-2026/pack.yaml",
        None,
        DRAFT.replace("kladde", "lille").replace(": draft", ": §current"),
    ),
    Case("extends-itself", "dk/kladde-2026/pack.yaml", None, DRAFT.replace("lille-2025", "§kladde-2026")),
    in_pack("not-allowed", "languages: [da, en]", "languages: [da, en, §no]"),
    Case("unknown-base", "dk/kladde-2026/pack.yaml", None, DRAFT.replace("lille-2025", "§lille-2024")),
    Case("unknown-base", "dk/kladde-2026/pack.yaml", None, DRAFT.replace("lille-2025", "§../dk/lille-2025")),
)
