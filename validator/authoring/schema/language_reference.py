"""The reference page of the rule language, in Danish and English.

It is built from the tables that the readers of rule files use.
"""

import textwrap
from collections.abc import Iterable, Iterator

from validator.authoring.schema.reference_texts import TEXTS
from validator.contract.finding_kinds import BUILT_IN_KINDS, KINDS
from validator.rulebook.normal_form import MAX_BRANCHES
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES, VOCABULARY, Field
from validator.rulebook.yaml.file_keys import INHERITED_KEYS, KEYS, RuleFileKey
from validator.rulebook.yaml.value_reader import MAX_MESSAGE_LENGTH, PLACEHOLDERS

_LINE = 120  # characters
_SHAPES = ("pack", "source", "file", "course", "main_diagnosis", "referral", "phases", "services", "rule", "suggestion", "example")
# Of each pair of keys, a file has exactly one.
_ALTERNATIVES = {"course": ("main_diagnosis", "referral"), "rule": ("each", "at"), "suggestion": ("code", "table")}


def render_reference(language: str) -> str:
    """Return the page as Markdown; `language` is da or en."""
    return "\n".join(_lines(language))


def _lines(language: str) -> Iterator[str]:
    texts = TEXTS[language]
    yield f"# {texts['title']}\n"
    yield texts["intro"].format(language=language)
    yield f"\n## {texts['files']}\n"
    yield texts["files-intro"]
    for shape in _SHAPES:
        yield f"\n### {texts[shape]}\n"
        keys = [(f"`{key.name}`", _requirement(shape, key, texts), key.meaning[language]) for key in KEYS[shape]]
        yield from _table((texts["key"], texts["required"], texts["meaning"]), keys)
    yield f"\n## {texts['conditions']}\n"
    yield texts["conditions-intro"].format(branches=MAX_BRANCHES)
    yield f"\n### {texts['tests']}\n"
    yield from _table(
        (texts["type"], texts["allowed"]), [(texts[kind], texts[f"{kind}-tests"]) for kind in ("text", "integer", "flag", "list")]
    )
    yield f"\n## {texts['vocabulary']}"
    for scope in ("encounter", "diagnosis"):
        yield f"\n### {texts[f'of-{scope}']}\n"
        yield f"{texts[f'of-{scope}-intro']}\n"
        fields = [field for field in VOCABULARY.values() if field.scope == scope]
        rows = [(f"`{field.name}`", texts[field.type], _values(field, texts["range"]), field.meaning[language]) for field in fields]
        yield from _table((texts["field"], texts["type"], texts["values"], texts["meaning"]), rows)
    yield f"\n## {texts['rest']}"
    yield from _paragraphs(
        texts["rest-text"].format(
            places=_join(PLACES),
            exceptions=_join(EXCEPTIONS),
            placeholders=_join(f"{{{name}}}" for name in PLACEHOLDERS),
            limit=MAX_MESSAGE_LENGTH,
        )
    )
    yield f"\n## {texts['kinds']}\n"
    yield f"{texts['kinds-intro']}\n"
    kinds = sorted(KINDS.keys() - BUILT_IN_KINDS)
    yield from _table(
        (texts["kind"], texts["severity"], texts["audience"]),
        [(f"`{name}`", f"`{KINDS[name].severity}`", f"`{KINDS[name].audience}`") for name in kinds],
    )


def _requirement(shape: str, key: RuleFileKey, texts: dict[str, str]) -> str:
    """Return when a key is required, or nothing for an optional key."""
    if key.required:
        return texts["yes"]
    if shape == "pack" and key.name in INHERITED_KEYS:
        return texts["without-extends"]
    return texts["one-of-them"] if key.name in _ALTERNATIVES.get(shape, ()) else ""


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield f"\n{textwrap.fill(paragraph, _LINE, break_on_hyphens=False)}"


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _values(field: Field, range_text: str) -> str:
    if field.values is not None:
        return _join(field.values)
    low, high = field.bounds
    return (
        range_text.format(low=low, high=high) if field.type == "integer" and high < VOCABULARY["contact_number"].bounds[1] else ""
    )


def _join(items: Iterable[str]) -> str:
    return ", ".join(f"`{item}`" for item in items)
