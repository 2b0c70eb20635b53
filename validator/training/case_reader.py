"""Reads one case file, with every problem in it and the place of each."""

from collections.abc import Iterator
from typing import Any, cast

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS
from validator.catalogue.rubric import normal_form
from validator.contract.encounter import ROLES, Role
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.located_yaml import Located
from validator.rulebook.yaml.node_reader import NodeReader, Row
from validator.training.case import Answer, Case, Coded, Remark, mains
from validator.training.case_checks import check_contact, check_length, check_texts
from validator.training.case_file_keys import keys_of
from validator.training.case_problems import CaseProblem
from validator.training.closed_lists import APPROVALS, LEVELS, Approval, Level

_LANGUAGES = ("da",), ("en",)  # those that must be there, and those that may be
_HIGHEST = 1_000_000


class CaseReader(NodeReader):
    """A reader whose texts are in Danish, and in English where the author wrote that too."""

    problem = CaseProblem

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue, ICPC)

    def translated(self, node: Located) -> Texts:
        """A text by language."""
        read = {language: self.text(item) for language, item in self.row(node, *_LANGUAGES).items()}
        return {language: text for language, text in read.items() if text is not None}

    def any_code(self, node: Located) -> str | None:
        """A code as a learner might write it: of ICPC-2, ICD-10 or SKS."""
        code = self.text(node, "L90")
        if code is None or any(self.catalogue.is_member(normal_form(code), system) for system in (ICPC, ICD10, SKS)):
            return None if code is None else normal_form(code)
        near = self.catalogue.nearest_codes(code.upper())[:3]
        self.note("unknown-code", node.place, code=code, hint=f"Mente du {', '.join(near)}?" if near else "Ret koden.")
        return None


def read_case(reader: CaseReader, node: Located, name: str) -> Case | None:
    """The case in a file called `name` (without its ending); None after its problems have been noted."""
    noted = len(reader.problems)
    row = reader.row(node, *keys_of("case"))
    read = _Read(reader, row)
    given = _given(reader, row)
    key = _answer(reader, row["key"]) if "key" in row else ()
    equally_right = tuple(_equally_right(reader, row, key))
    right = frozenset(code for answer in (key, *equally_right) for code in mains(answer) if len(mains(answer)) == 1)
    values: dict[str, Any] = {
        "id": read.text("id"),
        "version": reader.number(row["version"], 1, _HIGHEST) if "version" in row else None,
        "title": read.texts("title"),
        "specialty": read.text("specialty"),
        "course": read.text("course"),
        "level": cast(Level, read.choice("level", LEVELS)),
        "date": read.date("date"),
        "vignette": read.texts("vignette"),
        "question": read.texts("question"),
        "given": given,
        "key": key,
        "phase": reader.number(row["phase"], 1, _HIGHEST) if "phase" in row else None,
        "equally_right": equally_right,
        "alternatives": tuple(_remarks(reader, row, "alternatives", right)),
        "near_misses": tuple(_remarks(reader, row, "near_misses", right)),
        "rationale": read.texts("rationale"),
        "rules": reader.several(row["rules"], reader.text, empty=True) if "rules" in row else (),
        "why_it_matters": read.texts("why_it_matters"),
        "author": read.text("author"),
        "reviewed": read.date("reviewed"),
        "status": cast(Approval, read.choice("status", APPROVALS)),
        "release": read.text("release"),
    }
    if values["id"] is not None and reader.identifier(values["id"], row["id"].place) and values["id"] != name:
        reader.note("wrong-case-name", row["id"].place, given=values["id"], file=name)
    if "phase" in row and "phase" in given:
        reader.note("phase-twice", row["phase"].place)
    check_texts(reader, node, row, (key, *equally_right))
    if len(reader.problems) > noted:
        return None
    case = Case(**values)
    check_contact(reader, row, case)
    errors = any(problem.severity == "error" for problem in reader.problems[noted:])
    check_length(reader, row, case)
    return None if errors else case


class _Read:
    """The values of a row that may lack them."""

    def __init__(self, reader: CaseReader, row: Row) -> None:
        self._reader, self._row = reader, row

    def text(self, key: str) -> str | None:
        return self._reader.text(self._row[key]) if key in self._row else None

    def texts(self, key: str) -> Texts:
        return self._reader.translated(self._row[key]) if key in self._row else {}

    def choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        return self._reader.choice(self._row[key], allowed) if key in self._row else None

    def date(self, key: str) -> Any:
        return self._reader.date(self._row[key]) if key in self._row else None


def _given(reader: CaseReader, row: Row) -> dict[str, Any]:
    if "given" not in row:
        return {}
    return {name: item.plain() for name, item in reader.row(row["given"], *keys_of("given")).items()}


def _answer(reader: CaseReader, node: Located) -> Answer:
    """A whole answer: none of its codes twice, and a main diagnosis among them where there are any."""
    answer: list[Coded] = []
    for item in reader.items(node, empty=True):
        row = reader.row(item, *keys_of("coded"))
        code = reader.code(row["code"]) if "code" in row else None
        role = reader.choice(row["role"], ROLES) if "role" in row else None
        if code is not None and code in {coded.code for coded in answer}:
            reader.note("double-value", item.place, value=code)
        elif code is not None and role is not None:
            answer.append(Coded(code, cast(Role, role)))
    if answer and not mains(answer):
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


def _remarks(reader: CaseReader, row: Row, key: str, right: frozenset[str]) -> Iterator[Remark]:
    seen: set[str] = set()
    for item in reader.items(row[key]) if key in row else ():
        own = reader.row(item, *keys_of("remark"))
        read_code = reader.code if key == "alternatives" else reader.any_code
        code = read_code(own["code"]) if "code" in own else None
        reason = reader.translated(own["reason"]) if "reason" in own else {}
        if code is None:
            continue
        if code in right:
            reader.note("right-is-remarked", own["code"].place, code=code)
        if code in seen:
            reader.note("double-remark", own["code"].place, code=code)
        seen.add(code)
        yield Remark(code, reason)
