"""Read a stored release: whatever `dump_release` wrote, and nothing else."""

import json
from dataclasses import replace
from typing import Any

from validator.rulebook.release import Release, ReleaseStatus
from validator.rulebook.rule import Texts
from validator.rulebook.stored.codecs import LOAD_ERRORS, PartError
from validator.rulebook.stored.dump import FORMAT, VERSION
from validator.rulebook.stored.release_codec import RELEASE
from validator.support.errors import UserError
from validator.support.json_pointer import escape_token, is_nested_deeper
from validator.texts import danish_text

_MAX_DEPTH = 100  # levels; what walks a condition recurses
_MAX_POINTER = 200  # characters


class ReleaseLoadError(UserError):
    """A text that is not a stored release, or not readable by this version.

    The message is one Danish sentence.
    """


def load_release(text: str, status: ReleaseStatus = "published") -> Release:
    """Return the release in the text. Raises ReleaseLoadError."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ReleaseLoadError(danish_text("rules.stored.not-a-release"))
        if json.dumps(content.get("version")) != str(VERSION):
            raise ReleaseLoadError(danish_text("rules.stored.unknown-version"))
        if is_nested_deeper(content, _MAX_DEPTH):
            raise ReleaseLoadError(danish_text("rules.stored.too-deep", limit=_MAX_DEPTH))
        return _load(content, status)
    except PartError as error:
        raise ReleaseLoadError(danish_text("rules.stored.bad-part", pointer=_pointer(error.path))) from error
    except (*LOAD_ERRORS, RecursionError) as error:
        raise ReleaseLoadError(danish_text("rules.stored.damaged")) from error


def _load(content: dict[str, Any], status: ReleaseStatus) -> Release:
    release: Release = replace(RELEASE.load(content), status=status)
    _check_names(release)
    return release


def _check_names(release: Release) -> None:
    """Raise PartError where a name or a language that pages and findings look up is missing."""
    if not release.languages:
        raise PartError(("languages",))
    for name, texts in release.specialties.items():
        _check_languages(release, texts, "specialties", name)
    for number, rule in enumerate(release.rules):
        if rule.source not in release.sources:
            raise PartError(("rules", number, "source"))
        _check_languages(release, rule.message, "rules", number, "message")
        _check_languages(release, rule.explanation, "rules", number, "explanation")
    for number, course in enumerate(release.courses.values()):
        if not course.specialties or not release.specialties.keys() >= set(course.specialties):
            raise PartError(("courses", number, "specialties"))
        _check_languages(release, course.title, "courses", number, "title")
        for column in ("main_diagnosis", "referral", "phases", "services"):
            for index, entry in enumerate(getattr(course, column)):
                if entry.source not in release.sources:
                    raise PartError(("courses", number, column, index, "source"))


def _check_languages(release: Release, texts: Texts, *path: str | int) -> None:
    for language in release.languages:
        if language not in texts:
            raise PartError((*path, language))


def _pointer(path: tuple[str | int, ...]) -> str:
    """Return a path as a JSON Pointer on one printable line, since its names may come from anybody."""
    pointer = "".join(f"/{escape_token(str(key))}" for key in path)
    shown = "".join(character if character.isprintable() else "·" for character in pointer)
    return shown if len(shown) <= _MAX_POINTER else f"{shown[:_MAX_POINTER]}…"
