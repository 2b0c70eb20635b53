"""The reference page of the rule language, in Danish and English, from the tables that read the files."""

from collections.abc import Iterable, Iterator

from validator.authoring.schema.reference_texts import TEXTS
from validator.contract.finding_kinds import BUILT_IN, KINDS
from validator.rulebook.normal_form import MAX_BRANCHES
from validator.rulebook.vocabulary import EXCEPTIONS, PLACES, VOCABULARY, Field
from validator.rulebook.yaml.file_keys import KEYS, RuleFileKey
from validator.rulebook.yaml.node_reader import MAX_MESSAGE_LENGTH, PLACEHOLDERS

_SHAPES = ("pack", "source", "file", "course", "main_diagnosis", "referral", "phases", "services", "rule", "suggestion", "example")
_ONE_OF_THEM = {
    (shape, key)
    for shape, keys in {
        "course": ("main_diagnosis", "referral"),
        "rule": ("each", "at"),
        "suggestion": ("code", "table"),
    }.items()
    for key in keys
}


def reference(language: str) -> str:
    """The page as Markdown; `language` is da or en."""
    return "\n".join(_lines(language))


def _lines(language: str) -> Iterator[str]:
    texts = TEXTS[language]
    yield f"# {texts['title']}\n"
    yield texts["intro"].format(language=language)
    yield f"\n## {texts['files']}\n"
    yield texts["files-intro"]
    for shape in _SHAPES:
        yield f"\n### {texts[shape]}\n"
        keys = [(f"`{key.name}`", _need(shape, key, texts), key.meaning[language]) for key in KEYS[shape]]
        yield from _table((texts["key"], texts["required"], texts["meaning"]), keys)
    yield f"\n## {texts['conditions']}\n"
    yield texts["conditions-intro"].format(branches=MAX_BRANCHES)
    yield f"\n### {texts['tests']}\n"
    yield from _table(
        (texts["type"], texts["allowed"]), [(texts[kind], texts[f"{kind}-tests"]) for kind in ("text", "integer", "flag", "list")]
    )
    yield f"\n## {texts['vocabulary']}\n"
    for scope in ("encounter", "diagnosis"):
        yield f"\n### {texts[f'of-{scope}']}\n"
        yield f"{texts[f'of-{scope}-intro']}\n"
        fields = [field for field in VOCABULARY.values() if field.scope == scope]
        words = [
            (f"`{field.name}`", texts[field.type], _values(field, texts["whole"]), field.meaning[language]) for field in fields
        ]
        yield from _table((texts["field"], texts["type"], texts["values"], texts["meaning"]), words)
    yield f"\n## {texts['rest']}\n"
    yield texts["rest-text"].format(
        places=_listed(PLACES),
        exceptions=_listed(EXCEPTIONS),
        placeholders=_listed(f"{{{name}}}" for name in PLACEHOLDERS),
        limit=MAX_MESSAGE_LENGTH,
    )
    yield f"\n## {texts['kinds']}\n"
    yield f"{texts['kinds-intro']}\n"
    own = sorted(KINDS.keys() - BUILT_IN)
    rows = [(f"`{name}`", f"`{KINDS[name].severity}`", f"`{KINDS[name].audience}`") for name in own]
    yield from _table((texts["kind"], texts["severity"], texts["audience"]), rows)


def _need(shape: str, key: RuleFileKey, texts: dict[str, str]) -> str:
    """Whether a key must be there."""
    if key.required:
        return texts["yes"]
    if shape == "pack" and key.name != "extends":
        return texts["without-extends"]
    return texts["one-of-them"] if (shape, key.name) in _ONE_OF_THEM else ""


def _table(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    headings = tuple(headings)
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _values(field: Field, whole: str) -> str:
    if field.values is not None:
        return _listed(field.values)
    low, high = field.bounds
    return whole.format(low=low, high=high) if field.type == "integer" and high < VOCABULARY["contact_number"].bounds[1] else ""


def _listed(items: Iterable[str]) -> str:
    return ", ".join(f"`{item}`" for item in items)
