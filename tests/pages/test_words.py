"""Every text of the pages has a Danish translation with the same placeholders and Danish letters."""

import re
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import validator.web.pages as pages
from tests.each import naming
from tests.test_texts import DANISH, SUBSTITUTES
from validator.web.pages.translations import FOLDER, read_translations

ROOT = Path(pages.__file__).parent
FILLED = re.compile(r"%\(\w+\)s")


def written() -> set[object]:
    """Return the texts of templates and views; a text with a plural counts as two."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    return {text for _, _, text, _, _ in extract_from_dir(ROOT, methods, options)}


def translated() -> list[Message]:
    found = []
    for path in (FOLDER / "da" / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            found += [message for message in read_po(file, locale="da", abort_invalid=True) if message.id]
    return found


def both(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text),)


def test_every_text_has_a_danish_translation_and_no_other_exists() -> None:
    every = [message.id for message in translated()]
    assert len(every) == len(set(every)) > 100
    assert set(every) == written()


def test_a_translation_has_the_same_placeholders() -> None:
    for message in translated():
        with naming(message.id):
            assert not message.fuzzy
            danish = both(message.string)
            assert len(danish) == len(both(message.id))
            for text, original in zip(danish, both(message.id), strict=True):
                assert text.strip() == text != ""
                assert set(FILLED.findall(text)) == set(FILLED.findall(original))
                assert (text[-1] in ".:?") == (original[-1] in ".:?")
                assert not re.search("[“”]|  ", text)


def test_danish_is_written_with_its_own_letters() -> None:
    words = {word for message in translated() for text in both(message.string) for word in re.findall(r"[^\W\d_]+", text.lower())}
    assert [word for word in words if SUBSTITUTES.search(word) and word not in {*DANISH, "datoer"}] == []
    assert [word for word in words if re.search("[äöü]", word)] == []


def test_translations_are_read_from_the_compiled_catalogue() -> None:
    danish = read_translations("da")
    assert danish.gettext("Main diagnosis") == "Hoveddiagnose"
    assert [danish.ngettext("%(num)s code", "%(num)s codes", number) for number in (1, 2)] == ["%(num)s kode", "%(num)s koder"]
    assert read_translations("en").gettext("Main diagnosis") == "Main diagnosis"
