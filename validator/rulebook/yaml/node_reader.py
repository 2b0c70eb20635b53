"""Reads located YAML into values, and collects every problem on the way instead of stopping at the first."""

import datetime
import re
from collections.abc import Callable, Collection
from typing import TypeVar

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, NAMES, SKS, as_icd10, canonical_form
from validator.catalogue.rubric import is_process_code, looks_like_icpc, normal_form
from validator.rulebook.rule import Texts
from validator.rulebook.yaml.located_yaml import UNREAD, Located
from validator.rulebook.yaml.problems import Place, Problem, hint

T = TypeVar("T")
Row = dict[str, Located]

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_FIRST = re.compile(r"([0-3]?\d)[-./ ]([01]?\d)[-./ ](\d{4})")
_NUMBER = re.compile(r"0|[1-9]\d{0,17}")
_PLACEHOLDER = re.compile(r"\{(\w*)\}")

MAX_MESSAGE_LENGTH = 200
_CATEGORY = 3  # characters
PLACEHOLDERS = ("code", "codes", "course", "title")
_LARGEST = 1_000_000
_LONGEST_SHOWN = 60
_UNQUOTED = ", uden anførselstegn"
_OTHERS = (ICD10, SKS)  # what a Danish rule is likely to be written in by mistake
_WHOLE = ("hint", "allowed", "first", "way")


def is_identifier(value: str) -> bool:
    """Whether a text may name a release, a course or a rule."""
    return _ID.fullmatch(value) is not None


class NodeReader:
    """Each method takes a located value and gives the plain one, or None after it has noted a problem.

    `system` is the code system of the pack. `languages`, `sources`, `specialties` and `courses` are those of the release, filled
    in as they are read; None where they cannot be known, because what names them cannot be read: then anything may be one.
    """

    problem: type[Problem] = Problem

    def __init__(self, catalogue: Catalogue, system: str) -> None:
        self.catalogue = catalogue
        self.system = system
        self.problems: list[Problem] = []
        self.languages: tuple[str, ...] | None = None
        self.sources: Collection[str] | None = None
        self.specialties: Collection[str] | None = None
        self.courses: Collection[str] | None = None

    def note(self, problem: str, place: Place, **values: object) -> None:
        """Notes a problem; what is quoted from the file is quoted short, what the author may write instead is told whole."""
        told = {key: str(value) if key in _WHOLE else _short(str(value)) for key, value in values.items()}
        self.problems.append(self.problem(problem, place, told))

    def row(self, node: Located, required: Collection[str] = (), optional: Collection[str] = ()) -> Row:
        """A mapping with just these keys."""
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
        if isinstance(node.value, dict):
            return node.value
        self._note_value("not-mapping", node)
        return {}

    def items(self, node: Located, *, empty: bool = False, example: str = "[L84, L86]") -> list[Located]:
        """A list; `example` is one that could stand there."""
        if not isinstance(node.value, list):
            self._note_value("not-list", node, example=example)
            return []
        if not node.value and not empty:
            self.note("empty", node.place)
        return node.value

    def text(self, node: Located, example: str = "tekst") -> str | None:
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        example = str(node.value) if isinstance(node.value, int) and not isinstance(node.value, bool) else example
        self._note_value("empty" if _is_blank(node) else "not-text", node, example=example)
        return None

    def identifier(self, value: str, place: Place) -> str | None:
        if is_identifier(value):
            return value
        self.note("bad-id", place, given=value)
        return None

    def choice(self, node: Located, allowed: Collection[str]) -> str | None:
        value = self.text(node, next(iter(allowed), "tekst"))
        if value is None or value in allowed:
            return value
        meant = hint(value, set(allowed))
        meant = meant if meant.startswith("Mente") else ""
        self.note("not-allowed", node.place, given=value, allowed=", ".join(allowed), hint=meant)
        return None

    def truth(self, node: Located) -> bool | None:
        if isinstance(node.value, bool):
            return node.value
        self._note_value("not-truth", node, plain=_UNQUOTED if node.value in ("true", "false") else "")
        return None

    def number(self, node: Located, low: int = 0, high: int = _LARGEST) -> int | None:
        if isinstance(node.value, int) and not isinstance(node.value, bool) and low <= node.value <= high:
            return node.value
        self._note_value("not-number", node, low=low, high=high, plain=_UNQUOTED if _is_quoted_number(node) else "")
        return None

    def date(self, node: Located) -> datetime.date | None:
        value = node.value if isinstance(node.value, str) else _show(node).strip('"')
        parts = _DATE.fullmatch(value)
        try:
            if parts:
                return datetime.date(*map(int, parts.groups()))
        except ValueError:
            pass  # said below, together with every other text that is no date
        self._note_value("empty" if _is_blank(node) else "not-date", node, given=value, hint=_meant_date(value))
        return None

    def sks_code(self, node: Located) -> str | None:
        """The code of a hospital's referral, as SKS writes it."""
        value = self.text(node, "DG35")
        if value is None or (value == normal_form(value) and "." not in value and self.catalogue.is_member(value, SKS)):
            return value
        meant = f"D{normal_form(value).replace('.', '')}"
        known = self.catalogue.is_member(meant, SKS)
        self.note("unknown-sks", node.place, code=value, hint=f"Mente du {meant}?" if known else "Skriv den som DG35.")
        return None

    def code(self, node: Located) -> str | None:
        """A diagnosis code of the pack's system, as that writes it."""
        value = self.text(node, "L84")
        if value is None:
            return None
        if value != canonical_form(normal_form(value), self.system) or not self.catalogue.is_member(value, self.system):
            self._note_unknown(value, node.place)
        elif self.system == ICPC and is_process_code(value):
            self.note("process-code", node.place, code=value)
        else:
            return value
        return None

    def _note_unknown(self, code: str, place: Place) -> None:
        """A code of another system is told with what it is here, a process code as one, and any other with those like it."""
        written = normal_form(code)
        systems = _OTHERS if self.system == ICPC and not looks_like_icpc(written) else ()
        other = next((name for name in systems if self.catalogue.is_member(written, name)), None)
        if other is not None:
            here = self.catalogue.bridge_targets(as_icd10(written, other) or "")
            meant = f"I ICPC-2 svarer den til {', '.join(here)}." if here else "Vælg en kode i ICPC-2."
            self.note("other-system", place, code=code, system=NAMES[other], hint=meant)
        elif self.system == ICPC and code == written and is_process_code(code):
            self.note("process-code", place, code=code)
        else:
            near = self.catalogue.nearest_codes(code.upper(), self.system)[:3]
            self.note("unknown-code", place, code=code, hint=f"Mente du {', '.join(near)}?" if near else "Ret koden.")

    def category(self, node: Located) -> str | None:
        """The first three characters of a diagnosis code."""
        value = self.code(node)
        if value is None or len(value) == _CATEGORY:
            return value
        self.note("not-category", node.place, code=value, category=value[:_CATEGORY])
        return None

    def several(
        self, node: Located, read: Callable[[Located], T | None], *, empty: bool = False, example: str = "[L84, L86]"
    ) -> tuple[T, ...]:
        """A list of things of one sort, none of them twice."""
        values: list[T] = []
        for item in self.items(node, empty=empty, example=example):
            value = read(item)
            if value is not None and value in values:
                self.note("double-value", item.place, value=value)
            elif value is not None:
                values.append(value)
        return tuple(values)

    def one_or_several(self, node: Located, read: Callable[[Located], T | None]) -> tuple[T, ...]:
        if isinstance(node.value, list):
            return self.several(node, read)
        value = read(node)
        return () if value is None else (value,)

    def texts(self, node: Located, *, message: bool = False) -> Texts:
        """A text in each of the pack's languages; a message is short and may have placeholders."""
        rows = self.mapping(node) if self.languages is None else self.row(node, optional=self.languages)
        for language in self.languages or ():
            if language not in rows and isinstance(node.value, dict):
                self.note("missing-language", node.place, language=language)
        texts: dict[str, str] = {}
        for language, item in rows.items():
            text = self.text(item)
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
        """A name that stands elsewhere in the release: `problem` is unknown-source, unknown-specialty or unknown-course."""
        name = self.text(node, next(iter(known or ()), "navn"))
        if name is None or known is None or name in known:
            return name
        self.note(problem, node.place, **{problem.removeprefix("unknown-"): name}, hint=hint(name, set(known)))
        return None

    def _note_value(self, problem: str, node: Located, **values: object) -> None:
        """Notes what stands where something else should; nothing more of what was told when the file was read."""
        if node.value is not UNREAD:
            self.note(problem, node.place, **{"given": _show(node), **values})


def _is_blank(node: Located) -> bool:
    return node.value is None or (isinstance(node.value, str) and not node.value.strip())


def _is_quoted_number(node: Located) -> bool:
    """Whether a number is text only because of its quotes; 08 is text without them."""
    return isinstance(node.value, str) and _NUMBER.fullmatch(node.value) is not None


def _meant_date(value: str) -> str:
    """The date that was probably meant, where day and month are swapped or the day comes first."""
    if parts := _DATE.fullmatch(value):
        year, month, day = parts.groups()
        swapped = int(month) > 12 and 1 <= int(day) <= 12
        return f"Er dag og måned byttet om? Skriv {year}-{day}-{month}." if swapped else ""
    parts = _DAY_FIRST.fullmatch(value)
    return f"Året skrives først: {parts[3]}-{int(parts[2]):02}-{int(parts[1]):02}." if parts else ""


def _show(node: Located) -> str:
    match node.value:
        case dict():
            return "nøgler med værdier"
        case list():
            return "en liste"
        case None:
            return "ingenting"
        case bool():
            return str(node.value).lower()
        case value:
            return f'"{_short(value)}"' if isinstance(value, str) else _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
