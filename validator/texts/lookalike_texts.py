"""Names of the invisible and look-alike characters of a code, in three languages."""

from collections.abc import Mapping, Sequence

from validator.support.lookalikes import Lookalike
from validator.texts import LANGUAGES, LOOKALIKES, enumeration

_MAX_NAMED = 2


def lookalike_text(found: Sequence[Lookalike], language: str) -> str:
    """Return the characters for the middle of a sentence; an invisible one is named by its number and never shown."""
    texts = LOOKALIKES[language]
    names = [_name(item, language) for item in found[:_MAX_NAMED]]
    return enumeration((*names, texts["more"]) if len(found) > _MAX_NAMED else tuple(names), language)


def lookalike_texts(found: Sequence[Lookalike]) -> Mapping[str, str]:
    """Return the same by language."""
    return {language: lookalike_text(found, language) for language in LANGUAGES}


def _name(item: Lookalike, language: str) -> str:
    texts = LOOKALIKES[language]
    text = texts["invisible"] if not item.meant else texts.get(item.alphabet) or texts["other"]
    return text.format(character=item.character, point=item.code_point, meant=item.meant)
