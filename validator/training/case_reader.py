"""Read one case file, and note every problem in it with its place."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import ROLES, Role
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.problems import lookalike_hint
from validator.rulebook.yaml.value_hints import codes_hint
from validator.rulebook.yaml.value_reader import NodeReader, Row
from validator.support.lookalikes import replace_lookalikes
from validator.texts import danish_text
from validator.training.case import Answer, Case, CodedDiagnosis, CodeRemark, main_codes
from validator.training.case_content_checks import check_encounter, check_length, check_texts
from validator.training.case_file_keys import keys_of
from validator.training.case_problems import CaseProblem
from validator.training.levels_and_grades import APPROVALS, LEVELS

_REQUIRED_LANGUAGES, _OPTIONAL_LANGUAGES = ("da",), ("en",)


class CaseReader(NodeReader):
    """A reader whose texts are in Danish, and optionally in English."""

    problem = CaseProblem

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue, ICPC)

    def translated(self, node: Located) -> Texts:
        """Read a text by language."""
        row = self.row(node, _REQUIRED_LANGUAGES, _OPTIONAL_LANGUAGES)
        read = {language: self.text(item) for language, item in row.items()}
        return {language: text for language, text in read.items() if text is not None}

    def any_code(self, node: Located) -> str | None:
        """Read a code that a learner might choose: of ICPC-2, ICD-10 or SKS."""
        code = self.text(node, danish_text("rules.example.code"))
        if code is None or self._is_any_code(normal_form(code)):
            return None if code is None else normal_form(code)
        written = normal_form(replace_lookalikes(code))
        similar = [written] if self._is_any_code(written) else self.similar_codes(written)
        self.note("unknown-code", node.place, code=code, hint=lookalike_hint(code, codes_hint(similar, "rules.hint.code")))
        return None

    def _is_any_code(self, code: str) -> bool:
        return any(self.catalogue.is_member(code, system) for system in (ICPC, ICD10, SKS))


def read_case(reader: CaseReader, node: Located, name: str, noted: int) -> Case | None:
    """Return the case in the file `name`.yaml; None after its errors have been noted.

    `noted` is the number of problems before the file was read.
    """
    row = reader.row(node, *keys_of("case"))
    values = {key: read(row[key]) for key, read in _value_readers(reader).items() if key in row}
    key = values.get("key", ())
    values["equally_right"] = tuple(_equally_right(reader, row, key))
    right_answers = (key, *values["equally_right"])
    single_codes = frozenset().union(*(codes for codes in map(main_codes, right_answers) if len(codes) == 1))
    for remarks in ("alternatives", "near_misses"):
        values[remarks] = tuple(_remarks(reader, row, remarks, single_codes))
    id = values.get("id")
    if id is not None and reader.identifier(id, row["id"].place) and id != name:
        reader.note("wrong-case-name", row["id"].place, given=id, file=name)
    if "phase" in row and "phase" in values.get("given", {}):
        reader.note("phase-twice", row["phase"].place)
    check_texts(reader, row, right_answers)
    if reader.noted > noted:
        return None
    case = Case(**values)
    check_length(reader, row, case)
    return case if check_encounter(reader, row, case) else None


def _value_readers(reader: CaseReader) -> dict[str, Callable[[Located], Any]]:
    """Return the reader of each key whose value depends on no other key."""
    return {
        **dict.fromkeys(("id", "specialty", "course", "author", "release"), reader.text),
        **dict.fromkeys(("title", "vignette", "question", "rationale", "why_it_matters"), reader.translated),
        **dict.fromkeys(("date", "reviewed"), reader.date),
        **dict.fromkeys(("version", "phase"), lambda node: reader.number(node, 1)),
        "level": lambda node: reader.choice(node, LEVELS),
        "status": lambda node: reader.choice(node, APPROVALS),
        "rules": lambda node: reader.several(node, reader.text, empty=True),
        "given": lambda node: {name: item.plain() for name, item in reader.row(node, *keys_of("given")).items()},
        "key": lambda node: _answer(reader, node),
    }


def _answer(reader: CaseReader, node: Located) -> Answer:
    """Read an answer: no code twice, and at least one main diagnosis unless it is empty."""
    answer: list[CodedDiagnosis] = []
    for item in reader.items(node, empty=True):
        row = reader.row(item, *keys_of("coded"))
        code = reader.code(row["code"]) if "code" in row else None
        role = reader.choice(row["role"], ROLES) if "role" in row else None
        if code is not None and code in {diagnosis.code for diagnosis in answer}:
            reader.note("double-value", item.place, value=code)
        elif code is not None and role is not None:
            answer.append(CodedDiagnosis(code, cast(Role, role)))
    if answer and not main_codes(answer):
        reader.note("no-main", node.place)
    return tuple(answer)


def _equally_right(reader: CaseReader, row: Row, key: Answer) -> Iterator[Answer]:
    seen = [set(key)]
    for item in reader.items(row["equally_right"]) if "equally_right" in row else ():
        answer = _answer(reader, item)
        if set(answer) in seen:
            reader.note("same-answer", item.place)
        seen.append(set(answer))
        yield answer


def _remarks(reader: CaseReader, row: Row, key: str, right_codes: frozenset[str]) -> Iterator[CodeRemark]:
    seen: set[str] = set()
    for item in reader.items(row[key]) if key in row else ():
        remark = reader.row(item, *keys_of("remark"))
        read_code = reader.code if key == "alternatives" else reader.any_code
        code = read_code(remark["code"]) if "code" in remark else None
        reason = reader.translated(remark["reason"]) if "reason" in remark else {}
        if code is None:
            continue
        if code in right_codes:
            reader.note("right-is-remarked", remark["code"].place, code=code)
        if code in seen:
            reader.note("double-remark", remark["code"].place, code=code)
        seen.add(code)
        yield CodeRemark(code, reason)
