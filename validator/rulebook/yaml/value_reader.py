"""Read located YAML into values and collect all problems."""

import datetime
import re
from collections.abc import Callable, Collection
from typing import TypeVar

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, NAMES, SKS, canonical_form, lookup_key, without_add_ons
from validator.catalogue.rubric import is_process_code, looks_like_icpc, normal_form
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.likely_slips import key_without_blank
from validator.rulebook.yaml.located_yaml import UNREAD, Located
from validator.rulebook.yaml.problems import MAX_PROBLEMS, Place, Problem, hint, lookalike_hint, nearest_hint
from validator.rulebook.yaml.value_hints import (
    ISO_DATE,
    codes_hint,
    date_hint,
    is_blank,
    is_quoted_number,
    list_example,
    shorten,
    show_value,
    text_example,
    unquoted_hint,
)
from validator.support.lookalikes import find_lookalikes, replace_lookalikes
from validator.texts import danish_text

T = TypeVar("T")
Row = dict[str, Located]

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # other than tabulator and line break

MAX_NAME_LENGTH = 64
MAX_TITLE_LENGTH = MAX_MESSAGE_LENGTH = 200
MAX_TEXT_LENGTH = 4000
_CATEGORY_LENGTH = 3
PLACEHOLDERS = ("code", "codes", "course", "title")
_MAX_NUMBER = 1_000_000
_OTHER_SYSTEMS = (ICD10, SKS)  # likely mistakes in Danish rules
_NEVER_SHORTENED = ("hint", "allowed", "first", "way")


def is_identifier(value: str) -> bool:
    """Return whether a text may name a release, a course or a rule."""
    return _ID.fullmatch(value) is not None and len(value) <= MAX_NAME_LENGTH


def is_name(value: str) -> bool:
    """Return whether a text may name a source or a specialty, which are parts of addresses and ids."""
    return bool(value.strip()) and value.isprintable() and "/" not in value and len(value) <= MAX_NAME_LENGTH


class NodeReader:
    """Each method converts a located value, or notes a problem and returns None.

    `system` is the code system of the pack. `languages`, `sources`, `specialties` and `courses` are those of the release, set
    as they are read; None where they are unreadable: then every name is accepted.
    """

    problem: type[Problem] = Problem

    def __init__(self, catalogue: Catalogue, system: str) -> None:
        self.catalogue = catalogue
        self.system = system
        self.problems: list[Problem] = []
        self.noted = 0  # problems, also those beyond MAX_PROBLEMS, which are counted only
        self.languages: tuple[str, ...] | None = None
        self.sources: Collection[str] | None = None
        self.specialties: Collection[str] | None = None
        self.courses: Collection[str] | None = None

    def note(self, problem: str, place: Place, **values: object) -> None:
        """Note a problem; values from the file are shortened, advice is not."""
        texts = {key: str(value) if key in _NEVER_SHORTENED else shorten(str(value)) for key, value in values.items()}
        self.add(self.problem(problem, place, texts))

    def add(self, problem: Problem) -> None:
        """Add a problem; beyond MAX_PROBLEMS, the last one says how many more there are."""
        self.noted += 1
        if self.noted > MAX_PROBLEMS:
            more = str(self.noted - MAX_PROBLEMS)
            self.problems[MAX_PROBLEMS:] = [self.problem("more-problems", problem.place, {"number": more})]
        else:
            self.problems.append(problem)

    def row(self, node: Located, required: Collection[str] = (), optional: Collection[str] = ()) -> Row:
        """Read a mapping with these keys only."""
        rows = self.mapping(node)
        allowed = [*required, *optional]
        for key in rows:
            if key not in allowed:
                self.note("unknown-key", node.keys[key], key=key, hint=hint(key, allowed))
        for key in required:
            if key not in rows and isinstance(node.value, dict):
                self.note("missing-key", node.place, key=key)
        return {key: value for key, value in rows.items() if key in allowed}

    def mapping(self, node: Located) -> Row:
        """Read a mapping; empty where the value is none."""
        if isinstance(node.value, dict):
            return node.value
        key = key_without_blank(node.value)
        if key is None:
            self._note_value("not-mapping", node)
        else:
            self.note("no-blank", node.place, key=key)
        return {}

    def items(self, node: Located, *, empty: bool = False, example: str = "") -> list[Located]:
        """Read a list; `example` is one that would be correct, by default made of what was written."""
        if not isinstance(node.value, list):
            self._note_value("not-list", node, example=example or list_example(node.value, node.written()))
            return []
        if not node.value and not empty:
            self.note("empty", node.place)
        return node.value

    def text(self, node: Located, example: str = "") -> str | None:
        if isinstance(node.value, str) and node.value.strip():
            if _CONTROL.search(node.value):
                self.note("control-character", node.place)
            elif len(node.value) > MAX_TEXT_LENGTH:
                self.note("long-text", node.place, length=len(node.value), limit=MAX_TEXT_LENGTH)
            return node.value
        example = text_example(node.value) or example or danish_text("rules.example.text")
        self._note_value("empty" if is_blank(node.value) else "not-text", node, example=example)
        return None

    def identifier(self, value: str, place: Place) -> str | None:
        if is_identifier(value):
            return value
        self.note("bad-id", place, given=value)
        return None

    def title(self, node: Located) -> str | None:
        """Read a text that is shown as a heading or in a list."""
        text = self.text(node)
        if text is not None and MAX_TITLE_LENGTH < len(text) <= MAX_TEXT_LENGTH:
            self.note("long-text", node.place, length=len(text), limit=MAX_TITLE_LENGTH)
        return text

    def named(self, node: Located) -> Row:
        """Read a mapping whose keys are names of sources or specialties."""
        rows = self.mapping(node)
        for name in rows:
            if not is_name(name):
                self.note("bad-name", node.keys[name], given=name, limit=MAX_NAME_LENGTH)
        return rows

    def choice(self, node: Located, allowed: Collection[str]) -> str | None:
        value = self.text(node, next(iter(allowed), ""))
        if value is None or value in allowed:
            return value
        self.note("not-allowed", node.place, given=value, allowed=", ".join(allowed), hint=nearest_hint(value, allowed))
        return None

    def truth(self, node: Located) -> bool | None:
        if isinstance(node.value, bool):
            return node.value
        self._note_value("not-truth", node, plain=unquoted_hint(node.value in ("true", "false")))
        return None

    def number(self, node: Located, low: int = 0, high: int = _MAX_NUMBER) -> int | None:
        if isinstance(node.value, int) and not isinstance(node.value, bool) and low <= node.value <= high:
            return node.value
        self._note_value("not-number", node, low=low, high=high, plain=unquoted_hint(is_quoted_number(node.value)))
        return None

    def date(self, node: Located) -> datetime.date | None:
        value = node.value if isinstance(node.value, str) else show_value(node.value).strip('"')
        parts = ISO_DATE.fullmatch(value)
        try:
            if parts:
                return datetime.date(*map(int, parts.groups()))
        except ValueError:
            pass  # no such day; noted below
        self._note_value("empty" if is_blank(node.value) else "not-date", node, given=value, hint=date_hint(value))
        return None

    def sks_code(self, node: Located) -> str | None:
        """Read the code of a hospital's referral in the notation of SKS."""
        value = self.text(node, danish_text("rules.example.code"))
        if value is None or (value == lookup_key(normal_form(value), SKS) and self._is_member(value, SKS)):
            return value
        if value != without_add_ons(value) and self._is_member(value, SKS):
            self.note("sks-add-on", node.place, code=value, compared=without_add_ons(value))
            return None
        written = normal_form(replace_lookalikes(value)).replace(".", "")
        meant = [code for code in (written, f"D{written}") if self._is_member(code, SKS)]
        self.note("unknown-sks", node.place, code=value, hint=lookalike_hint(value, codes_hint(meant[:1], "rules.hint.sks")))
        return None

    def code(self, node: Located) -> str | None:
        """Read a diagnosis code of the pack's system in its notation."""
        value = self.text(node, danish_text("rules.example.code"))
        if value is None:
            return None
        if value != canonical_form(normal_form(value), self.system) or not self._is_member(value, self.system):
            self._note_unknown(value, node.place)
        elif self.system == ICPC and is_process_code(value):
            self.note("process-code", node.place, code=value)
        else:
            return value
        return None

    def _is_member(self, code: str, system: str) -> bool:
        """Return whether a code belongs to a system on any day; on which days is left to the warnings."""
        return any(view.is_member(code, system) for view in self.catalogue.timeline.views)

    def _note_unknown(self, code: str, place: Place) -> None:
        """Note an unknown code, with its equivalent or similar codes."""
        if self.noted >= MAX_PROBLEMS:  # counted, not shown: similar codes are not searched for
            self.note("unknown-code", place)
            return
        written = normal_form(replace_lookalikes(code))
        systems = _OTHER_SYSTEMS if self.system == ICPC and not looks_like_icpc(written) else ()
        other = next((name for name in systems if self.catalogue.is_member(written, name)), None)
        advice = self._bridge_hint(written, other) if other else codes_hint(self.similar_codes(written), "rules.hint.code")
        if other is not None and not find_lookalikes(code):
            self.note("other-system", place, code=code, system=NAMES[other], hint=advice)
        elif self.system == ICPC and code == written and is_process_code(code):
            self.note("process-code", place, code=code)
        else:
            self.note("unknown-code", place, code=code, hint=lookalike_hint(code, advice))

    def similar_codes(self, written: str) -> list[str]:
        """Return the code itself where only its form is wrong, else at most three that it may be mistyped for."""
        code = canonical_form(written, self.system)
        return [code] if self.catalogue.is_member(code, self.system) else self.catalogue.nearest_codes(written, self.system)[:3]

    def _bridge_hint(self, code: str, system: str) -> str:
        here = self.catalogue.bridges_of(code, system)
        return danish_text("rules.hint.bridge" if here else "rules.hint.no-bridge", codes=", ".join(here))

    def category(self, node: Located) -> str | None:
        """Read a category: the first three characters of a diagnosis code."""
        value = self.code(node)
        if value is None or len(value) == _CATEGORY_LENGTH:
            return value
        self.note("not-category", node.place, code=value, category=value[:_CATEGORY_LENGTH])
        return None

    def several(
        self, node: Located, read: Callable[[Located], T | None], *, empty: bool = False, example: str = ""
    ) -> tuple[T, ...]:
        """Read a list of like values without duplicates."""
        values: list[T] = []
        for item in self.items(node, empty=empty, example=example):
            value = read(item)
            if value is not None and value in values:
                self.note("double-value", item.place, value=value)
            elif value is not None:
                values.append(value)
        return tuple(values)

    def one_or_several(self, node: Located, read: Callable[[Located], T | None]) -> tuple[T, ...]:
        """Read a single value or a list of them."""
        if isinstance(node.value, list):
            return self.several(node, read)
        value = read(node)
        return () if value is None else (value,)

    def titles(self, node: Located) -> Texts:
        """Read a title in each language of the pack."""
        return self.texts(node, self.title)

    def texts(self, node: Located, read: Callable[[Located], str | None] | None = None, *, message: bool = False) -> Texts:
        """Read a text in each language of the pack with `read`; a message is short and may have placeholders."""
        rows = self.mapping(node) if self.languages is None else self.row(node, optional=self.languages)
        for language in self.languages or ():
            if language not in rows and isinstance(node.value, dict):
                self.note("missing-language", node.place, language=language)
        texts: dict[str, str] = {}
        for language, item in rows.items():
            text = (read or self.text)(item)
            if text is None:
                continue
            texts[language] = text
            if message and len(text) > MAX_MESSAGE_LENGTH:
                self.note("long-message", item.place, length=len(text), limit=MAX_MESSAGE_LENGTH)
            for name in _PLACEHOLDER.findall(text):
                if name not in PLACEHOLDERS:
                    self.note("unknown-placeholder", item.place, name=name, allowed=", ".join(PLACEHOLDERS))
            if message and re.search("[{}]", _PLACEHOLDER.sub("", text)):
                self.note("stray-brace", item.place)
        return texts

    def source(self, node: Located) -> str | None:
        return self.known(node, self.sources, "unknown-source")

    def specialty(self, node: Located) -> str | None:
        return self.known(node, self.specialties, "unknown-specialty")

    def known(self, node: Located, known: Collection[str] | None, problem: str) -> str | None:
        """Read a name defined elsewhere.

        `problem` is unknown-source, unknown-specialty or unknown-course.
        """
        name = self.text(node, next(iter(known or ()), danish_text("rules.example.name")))
        if name is None or known is None or name in known:
            return name
        self.note(problem, node.place, **{problem.removeprefix("unknown-"): name}, hint=hint(name, set(known)))
        return None

    def _note_value(self, problem: str, node: Located, **values: object) -> None:
        """Note an unexpected value, unless its problem was noted when the file was read."""
        if node.value is not UNREAD:
            self.note(problem, node.place, **{"given": show_value(node.value), **values})
